package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// outcome is the result of one process.
type outcome struct {
	Arrivals  map[string][]int64 // by app: when the platform counted a call, in ns of the machine's clock
	Decisions []int64            // how long each took, in µs
}

// drive runs the shards of this process.
func (p plan) drive(ctx context.Context, out io.Writer) error {
	o := outcome{Arrivals: make(map[string][]int64)}
	var mu sync.Mutex
	var shards sync.WaitGroup
	var faults []error
	for i := p.part; i < p.apps*p.shards; i += p.processes {
		shards.Go(func() {
			app := fmt.Sprintf("app-%d", i%p.apps)
			s := shard{plan: p, app: app, name: fmt.Sprintf("%s-%d", app, i)}
			err := s.run(ctx)
			mu.Lock()
			defer mu.Unlock()
			o.Arrivals[app] = append(o.Arrivals[app], s.arrivals...)
			o.Decisions = append(o.Decisions, s.watch.took...)
			faults = append(faults, err)
		})
	}
	shards.Wait()
	if err := errors.Join(faults...); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(o)
}

// shard simulates a process on its own machine: it has its own connections.
type shard struct {
	plan
	app, name string
	watch     stopwatch

	mu       sync.Mutex
	arrivals []int64
}

func (s *shard) run(ctx context.Context) error {
	options, err := redis.ParseURL(s.redis)
	if err != nil {
		return errors.New("the Redis URL cannot be parsed: write it like redis://localhost:6379/0")
	}
	options.MaxRetries, options.PoolSize = -1, s.workers
	client := redis.NewClient(options)
	defer client.Close()
	client.AddHook(&s.watch)
	store, err := redisstore.New(client, s.app, redisstore.Config{Quarantine: -1})
	if err != nil {
		return err
	}
	defer store.Close()
	gate := store.Gate(map[string]window.Limit{"g": {Calls: s.limit, Per: s.window, Penalty: s.window}})
	calls := make(chan int, s.calls)
	for i := range s.calls {
		calls <- i
	}
	close(calls)
	faults := make([]error, s.workers)
	var workers sync.WaitGroup
	for w := range s.workers {
		workers.Go(func() {
			for i := range calls {
				if err := s.call(ctx, store, gate, fmt.Sprintf("%s-%d", s.name, i)); err != nil {
					faults[w] = err
					return
				}
			}
		})
	}
	workers.Wait()
	return errors.Join(faults...)
}

// call simulates one call over a network with a delay of 1 to 10 ms in each direction.
func (s *shard) call(ctx context.Context, store *redisstore.Store, gate window.Gate, id string) error {
	c := window.Call{ID: id, Groups: []string{"g"}, Op: "readExtension", Timeout: 5 * time.Second}
	if err := gate.Admit(ctx, c); err != nil {
		return err
	}
	sent := time.Now()
	travel()
	s.mu.Lock()
	s.arrivals = append(s.arrivals, time.Now().UnixNano())
	s.mu.Unlock()
	travel()
	at := time.Now()
	r := ledger.Record{
		Kind: ledger.Done, ID: id, At: at.UTC(), Sent: sent.UTC(), Op: "readExtension", Method: "GET",
		Path:   "/restapi/v1.0/account/{accountId}/extension/{extensionId}",
		Groups: []string{"light"}, Scopes: []string{"ReadAccounts"}, Status: 200,
	}
	if err := store.Append(ctx, r); err != nil {
		return err
	}
	return gate.Settle(ctx, c, window.Answer{At: at})
}

func travel() { time.Sleep(time.Millisecond + rand.N(9*time.Millisecond)) }

// stopwatch measures the latency of the limiter's scripts at the client. Appends are not measured.
type stopwatch struct {
	mu   sync.Mutex
	took []int64
}

func (w *stopwatch) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (w *stopwatch) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

func (w *stopwatch) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		start := time.Now()
		err := next(ctx, cmd)
		// The limiter's scripts have three keys.
		if args := cmd.Args(); cmd.Name() == "evalsha" && len(args) > 3 && fmt.Sprint(args[2]) == "3" {
			w.mu.Lock()
			w.took = append(w.took, time.Since(start).Microseconds())
			w.mu.Unlock()
		}
		return err
	}
}
