package redisstore

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// scriptCall is one call of a script.
type scriptCall struct {
	script *redis.Script
	keys   []string
	args   []any
}

// together sends the script calls that come up at the same time in one round trip. On a slow network, calls of the
// platform end and begin in bursts, and each would need a connection of its own. On a fast one nothing is held back.
type together struct {
	client redis.UniversalClient

	mu    sync.Mutex
	trip  time.Duration // of a round trip, on average
	group *group        // collects calls; nil: none does
}

// group is a round trip to come.
type group struct {
	calls []scriptCall
	ended chan struct{}
	done  []*redis.Cmd // valid when ended is closed
}

const (
	// fastTrip is a round trip from which calls are collected.
	fastTrip = 2 * time.Millisecond

	// collectShare is the part of a round trip for which calls are collected.
	collectShare = 16

	// groupTimeout limits a round trip whose callers may have left.
	groupTimeout = dialTimeout + commandTimeout
)

// run runs scripts in order and returns their replies. Scripts of other callers may run in between.
func (t *together) run(ctx context.Context, calls ...scriptCall) ([]any, error) {
	t.mu.Lock()
	pause := t.trip / collectShare
	if t.trip < fastTrip {
		t.mu.Unlock()
		return replies(t.send(ctx, calls))
	}
	g := t.group
	if g == nil {
		g = &group{ended: make(chan struct{})}
		t.group = g
		time.AfterFunc(pause, func() { t.depart(g) })
	}
	first := len(g.calls)
	g.calls = append(g.calls, calls...)
	t.mu.Unlock()
	select {
	case <-g.ended:
		return replies(g.done[first : first+len(calls)])
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// depart sends a group.
func (t *together) depart(g *group) {
	t.mu.Lock()
	t.group = nil
	t.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), groupTimeout)
	defer cancel()
	g.done = t.send(ctx, g.calls)
	close(g.ended)
}

// send runs scripts in one round trip, and those that the server does not know in a second one each.
func (t *together) send(ctx context.Context, calls []scriptCall) []*redis.Cmd {
	start := time.Now()
	commands := make([]*redis.Cmd, len(calls))
	if len(calls) == 1 {
		commands[0] = calls[0].script.EvalSha(ctx, t.client, calls[0].keys, calls[0].args...)
	} else {
		_, _ = t.client.Pipelined(ctx, func(p redis.Pipeliner) error { // each command has its error
			for i, c := range calls {
				commands[i] = c.script.EvalSha(ctx, p, c.keys, c.args...)
			}
			return nil
		})
	}
	t.measure(time.Since(start))
	for i, c := range calls {
		if redis.HasErrorPrefix(commands[i].Err(), "NOSCRIPT") {
			commands[i] = c.script.Eval(ctx, t.client, c.keys, c.args...)
		}
	}
	return commands
}

// measure takes in how long a round trip took. The shortest is the nearest to the network's own time, but it may
// change.
func (t *together) measure(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if d < t.trip {
		t.trip = d
		return
	}
	t.trip += (min(d, time.Second) - t.trip) / 16
}

func replies(commands []*redis.Cmd) ([]any, error) {
	all := make([]any, len(commands))
	for i, c := range commands {
		var err error
		if all[i], err = c.Result(); err != nil {
			return nil, err
		}
	}
	return all, nil
}
