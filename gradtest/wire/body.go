package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// errStalled is the cause of the cancelled context of an answer whose body does not go on.
var errStalled = errors.New("the answer's body stalled")

// released wraps body so that the attempt's context is cancelled when body has been read or closed, and not earlier:
// the context also bounds reading the body. Reading fails when no data arrive for idle.
func released(ctx context.Context, body io.ReadCloser, cancel context.CancelCauseFunc, idle time.Duration) io.ReadCloser {
	if body == http.NoBody {
		cancel(nil)
		return body
	}
	b := &releasing{ReadCloser: body, ctx: ctx, cancel: cancel, idle: idle}
	if w, ok := body.(io.Writer); ok { // the connection after 101 Switching Protocols
		return struct {
			io.ReadCloser
			io.Writer
		}{b, w}
	}
	return b
}

type releasing struct {
	io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	idle   time.Duration
}

func (b *releasing) Read(p []byte) (int, error) {
	timer := time.AfterFunc(b.idle, func() { b.cancel(errStalled) })
	n, err := b.ReadCloser.Read(p)
	timer.Stop()
	if err != nil {
		if err != io.EOF && context.Cause(b.ctx) == errStalled {
			err = fmt.Errorf("wire: %w: no data arrived for %v: try again later", errStalled, b.idle)
		}
		b.cancel(nil)
	}
	return n, err
}

func (b *releasing) Close() error {
	err := b.ReadCloser.Close()
	b.cancel(nil)
	return err
}
