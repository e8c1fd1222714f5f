// Package pipenet is an in-memory network over net.Pipe, for tests in virtual time. A goroutine that waits for a socket
// stops the clock of a testing/synctest bubble; one that waits for a channel does not.
package pipenet

import (
	"context"
	"errors"
	"net"
	"sync"
)

// Listener accepts the connections that its own DialContext opens. It is safe for concurrent use.
type Listener struct {
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

// Listen returns a new Listener.
func Listen() *Listener {
	return &Listener{conns: make(chan net.Conn), done: make(chan struct{})}
}

// ErrClosed is the error of Accept and DialContext after Close.
var ErrClosed = errors.New("pipenet: listener closed")

// DialContext connects to the listener and ignores the address, for use as http.Transport.DialContext.
func (l *Listener) DialContext(ctx context.Context, _, _ string) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.done:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept waits for the next connection. After Close it fails with ErrClosed.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, ErrClosed
	}
}

// Close makes Accept and DialContext fail. Existing connections stay open. It may be called again and returns nil.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

// Addr is the same for every listener.
func (l *Listener) Addr() net.Addr { return addr{} }

type addr struct{}

func (addr) Network() string { return "pipe" }
func (addr) String() string  { return "pipe" }
