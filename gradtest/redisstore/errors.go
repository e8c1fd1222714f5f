package redisstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// ErrClosed is the error of a [Store] that is used after Close. It matches [ledger.ErrClosed].
var ErrClosed error = closedError{}

type closedError struct{}

func (closedError) Error() string {
	return "redisstore: the store is closed: open it again with redisstore.Open"
}

func (closedError) Is(target error) bool { return target == ledger.ErrClosed }

// Error says that Redis could not be used, and what to do. It holds no password.
type Error struct {
	Op    string        // what was tried
	Addr  string        // of the server
	Tried time.Duration // for how long
	Act   string        // what to do about it
	Err   error
}

// Error says what failed and what to do.
func (e *Error) Error() string {
	for_ := ""
	if e.Tried >= time.Second {
		for_ = fmt.Sprintf(" for %v", e.Tried.Round(time.Second))
	}
	return fmt.Sprintf("redisstore: %s: Redis at %s fails%s: %v: %s", e.Op, e.Addr, for_, e.Err, e.Act)
}

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is [ledger.ErrUnavailable].
func (e *Error) Is(target error) bool { return target == ledger.ErrUnavailable }

const noDatabase = "it has no database of that number: end the URL in GRADTEST_REDIS with /0"

// failings are what a server says, by the words that it begins with.
var failings = []struct {
	word    string
	passing bool // worth another try
	act     string
}{
	{"LOADING", true, "it reads its data: try again later"},
	{"MASTERDOWN", true, "its master is down: see to the failover, then run again"},
	{"READONLY", true, "it is a replica: set GRADTEST_REDIS to the master, or see to the failover"},
	{"CLUSTERDOWN", true, "the cluster is incomplete: mend it, then run again"},
	{"TRYAGAIN", true, "the cluster is being moved: try again later"},
	{"BUSY", true, "a script of somebody else's holds it up: see redis-cli SCRIPT KILL"},
	{"NOAUTH", false, "it wants a password: put it into GRADTEST_REDIS, as redis://user:password@host:6379/0"},
	{"WRONGPASS", false, "user or password are wrong: mend GRADTEST_REDIS"},
	{"NOPERM", false, "the user may not do this: allow EVAL, EVALSHA, PUBLISH, SUBSCRIBE, INFO and the data commands on gradtest:*"},
	{"ERR max number of clients", true, "it takes no more connections: raise its maxclients, or let fewer processes run at a time"},
	{"ERR DB index", false, noDatabase},
	{"ERR SELECT is not allowed", false, noDatabase},
	{"OOM", false, "its memory is used up: raise maxmemory, or use another"},
	{"MISCONF", false, "it cannot save to its disk: free space there, or switch saving off"},
	{"NOREPLICAS", true, "too few replicas are in step: mend them, then run again"},
}

// failing tells whether err may pass, and what to do about it.
func failing(err error) (passing bool, act string) {
	const unreachable = "nothing is sent without it: start it, or mend GRADTEST_REDIS, then run again; what was recorded is kept there"
	for _, f := range failings {
		if strings.HasPrefix(err.Error(), f.word) {
			return f.passing, f.act
		}
	}
	var network net.Error
	switch {
	case errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, redis.ErrPoolTimeout),
		errors.Is(err, net.ErrClosed), errors.Is(err, context.DeadlineExceeded):
		return true, unreachable
	case errors.As(err, new(redis.Error)):
		return false, "it does not run what gradtest asks of it: use Redis 6.2 or later"
	}
	return true, unreachable
}

// try calls f until it succeeds, for as long as the store's patience lasts. f may be repeated without harm.
func (s *Store) try(ctx context.Context, op string, f func(context.Context) error) error {
	const shortest, longest = 20 * time.Millisecond, time.Second
	start := time.Now()
	for pause := shortest; ; pause = min(2*pause, longest) {
		if s.closed.Load() {
			return ErrClosed
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		err := f(ctx)
		if err == nil {
			return nil
		}
		if errors.Is(err, redis.ErrClosed) {
			return ErrClosed
		}
		fault := &Error{Op: op, Addr: s.addr, Tried: time.Since(start), Err: s.redact(err)}
		var passing bool
		passing, fault.Act = failing(err)
		switch {
		case ctx.Err() != nil:
			return errors.Join(ctx.Err(), fault)
		case !passing || fault.Tried+pause > s.patience:
			return fault
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return errors.Join(ctx.Err(), fault)
		}
	}
}

// redact takes the password out of what a library or server says.
func (s *Store) redact(err error) error {
	if s.password == "" || !strings.Contains(err.Error(), s.password) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), s.password, "[secret]"))
}
