package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

// errStalled is the cause by which a body is given up of which nothing more comes.
var errStalled = errors.New("the answer's body has stalled")

// released returns body so that the attempt's context is released when it has been read or closed, and not before: that
// context also bounds reading the body, of which something has to come each idle.
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
			err = fmt.Errorf("wire: %w: nothing came for %v: try again later", errStalled, b.idle)
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
