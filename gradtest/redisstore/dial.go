package redisstore

import (
	"context"
	"crypto/tls"
	"log/slog"
	"net"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// dialer connects for the clients of a store that Open makes, and reports to the store's log.
//
// go-redis would print a line on standard error for each connection that fails. It offers only one logger for the whole
// program, which belongs to the program, and not to a library in it. So a connection that fails looks to go-redis
// like one that breaks at once: it returns the error, and prints nothing.
type dialer struct {
	dial func(ctx context.Context, network, addr string) (net.Conn, error)
	log  *slog.Logger
	down atomic.Bool // the last connection failed
}

func newDialer(o *redis.Options, log *slog.Logger) *dialer {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	plain := &net.Dialer{Timeout: o.DialTimeout}
	d := &dialer{dial: plain.DialContext, log: log}
	if o.TLSConfig != nil {
		d.dial = (&tls.Dialer{NetDialer: plain, Config: o.TLSConfig}).DialContext
	}
	return d
}

func (d *dialer) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := d.dial(ctx, network, addr)
	if err == nil {
		if d.down.Swap(false) {
			d.log.InfoContext(ctx, "redisstore: connected to Redis again", "addr", addr)
		}
		return c, nil
	}
	level := slog.LevelDebug
	if !d.down.Swap(true) {
		level = slog.LevelWarn
	}
	d.log.Log(ctx, level, "redisstore: no connection to Redis, which is tried again until it answers or patience ends",
		"addr", addr, "err", err)
	return broken{err}, nil
}

// broken is a connection that could not be made.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error)       { return 0, b.err }
func (b broken) Write([]byte) (int, error)      { return 0, b.err }
func (broken) Close() error                     { return nil }
func (broken) LocalAddr() net.Addr              { return &net.TCPAddr{} }
func (broken) RemoteAddr() net.Addr             { return &net.TCPAddr{} }
func (broken) SetDeadline(time.Time) error      { return nil }
func (broken) SetReadDeadline(time.Time) error  { return nil }
func (broken) SetWriteDeadline(time.Time) error { return nil }
