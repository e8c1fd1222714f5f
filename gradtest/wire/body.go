package wire

import (
	"context"
	"io"
	"net/http"
)

// released returns body so that the attempt's context is released when it has been read or closed, and not before: that
// context also bounds reading the body.
func released(body io.ReadCloser, cancel context.CancelCauseFunc) io.ReadCloser {
	if body == http.NoBody {
		cancel(nil)
		return body
	}
	b := &releasing{ReadCloser: body, cancel: cancel}
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
	cancel context.CancelCauseFunc
}

func (b *releasing) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		b.cancel(nil)
	}
	return n, err
}

func (b *releasing) Close() error {
	err := b.ReadCloser.Close()
	b.cancel(nil)
	return err
}
