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

// Error says that Redis could not be used, and how to fix it. It contains no password. It matches
// [ledger.ErrUnavailable].
type Error struct {
	Op    string        // operation that failed, such as append
	Addr  string        // of the server
	Tried time.Duration // how long it was retried
	Fix   string        // what to do
	Err   error
}

// Error says what failed and how to fix it.
func (e *Error) Error() string {
	retried := ""
	if e.Tried >= time.Second {
		retried = fmt.Sprintf(", after %v of retries", e.Tried.Round(time.Second))
	}
	return fmt.Sprintf("redisstore: %s: Redis at %s failed%s: %v: %s", e.Op, e.Addr, retried, e.Err, e.Fix)
}

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is [ledger.ErrUnavailable].
func (e *Error) Is(target error) bool { return target == ledger.ErrUnavailable }

const (
	fixDatabase    = "the database number does not exist: end the URL in GRADTEST_REDIS with /0"
	fixUnreachable = "nothing is sent without Redis: start it, or correct GRADTEST_REDIS, then run again; " +
		"what was recorded before is not affected"
)

// grant is the command of Redis that gives a user, in place of USER, all permissions that a store needs.
const grant = "ACL SETUSER USER ~gradtest:* &gradtest:* " +
	"+ping +info +time +eval +evalsha +script|load +multi +exec +publish +subscribe +unsubscribe " +
	"+cluster|slots +cluster|shards +cluster|nodes +command +readonly +asking " +
	"+get +set +del +exists +incr +expire +pexpire +pttl +hget +hset +hdel +hgetall +hmget " +
	"+zadd +zcard +zcount +zrange +zrem +zremrangebyscore +select"

// serverErrors has what is known about the errors of a server, by the beginning of their text.
var serverErrors = []struct {
	prefix    string
	transient bool // worth a retry
	fix       string
}{
	{"LOADING", true, "it is loading its data: try again later"},
	{"MASTERDOWN", true, "its master is down: complete the failover, then run again"},
	{"READONLY", true, "it is a replica: set GRADTEST_REDIS to the master, or complete the failover"},
	{"CLUSTERDOWN", true, "the cluster is incomplete: repair it, then run again"},
	{"TRYAGAIN", true, "the cluster is moving keys: try again later"},
	{"BUSY", true, "another program's script is blocking it: see redis-cli SCRIPT KILL"},
	{"NOAUTH", false, "it requires a password: add it to GRADTEST_REDIS, as in redis://user:password@host:6379/0"},
	{"WRONGPASS", false, "wrong user or password: correct GRADTEST_REDIS"},
	{"NOPERM", false, "the user lacks a permission: an administrator grants all that gradtest needs in redis-cli with " + grant},
	{"ERR max number of clients", true, "it accepts no more connections: " +
		"raise its maxclients, or run fewer processes at a time"},
	{"ERR DB index", false, fixDatabase},
	{"ERR SELECT is not allowed", false, fixDatabase},
	{"OOM", false, "its memory is full: raise maxmemory, or use another Redis"},
	{"MISCONF", false, "it cannot save to its disk: free some space there, or turn saving off"},
	{"NOREPLICAS", true, "too few replicas are in sync: repair them, then run again"},
}

// classify reports whether err may pass by itself, and returns how to fix it.
func classify(err error) (transient bool, fix string) {
	for _, e := range serverErrors {
		if strings.HasPrefix(err.Error(), e.prefix) {
			return e.transient, e.fix
		}
	}
	if fix, ok := tlsFix(err); ok {
		return false, fix
	}
	var network net.Error
	switch {
	case errors.As(err, &network), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF),
		errors.Is(err, redis.ErrPoolTimeout), errors.Is(err, net.ErrClosed), errors.Is(err, context.DeadlineExceeded):
		return true, fixUnreachable
	case errors.As(err, new(redis.Error)):
		return false, "it rejects a command of gradtest: use Redis 6.2 or later"
	}
	return true, fixUnreachable
}

// retry calls f until it succeeds, with pauses between the calls, for as long as Config.Patience allows. Repeating f
// must be harmless.
func (s *Store) retry(ctx context.Context, op string, f func(context.Context) error) error {
	const shortest, longest = 20 * time.Millisecond, time.Second
	start := time.Now()
	var last error
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
		if ctx.Err() != nil && errors.Is(err, ctx.Err()) { // that Redis has not answered yet is no fault
			return errors.Join(ctx.Err(), last)
		}
		fault := &Error{Op: op, Addr: s.addr, Tried: time.Since(start), Err: s.redact(err)}
		var transient bool
		transient, fault.Fix = classify(err)
		last = fault
		switch {
		case ctx.Err() != nil:
			return errors.Join(ctx.Err(), fault)
		case !transient || fault.Tried+pause > s.patience:
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

// redact removes the password from the error of a library or server.
func (s *Store) redact(err error) error {
	if s.password == "" || !strings.Contains(err.Error(), s.password) {
		return err
	}
	return errors.New(strings.ReplaceAll(err.Error(), s.password, "[secret]"))
}
