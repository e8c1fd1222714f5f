package gradtest

import (
	"context"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// writing keeps the requests of one operation that change something apart: the platform refuses an identical one while
// the first is in progress (CMN-304), and calls of Prepare are often identical. A sweep makes the calls of one endpoint
// that writes one after the other anyway; this is for those that other endpoints make of the same operation. The zero
// value is ready. It is safe for concurrent use.
type writing struct {
	mu   sync.Mutex
	busy map[string]chan struct{} // by operation
}

// enter waits until no other request of a writing operation is in progress, and returns the function that ends this
// one.
func (w *writing) enter(ctx context.Context, op rcapi.Operation) (leave func(), err error) {
	if w == nil || op.Reads() {
		return func() {}, nil
	}
	w.mu.Lock()
	if w.busy == nil {
		w.busy = make(map[string]chan struct{})
	}
	turn := w.busy[op.String()]
	if turn == nil {
		turn = make(chan struct{}, 1) // not a mutex, which would stop the clock of a synctest bubble
		w.busy[op.String()] = turn
	}
	w.mu.Unlock()
	select {
	case turn <- struct{}{}:
		return func() { <-turn }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
