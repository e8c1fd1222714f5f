// Command loadtest drives many shards of many apps through one Redis and checks that no app ever exceeded its limit.
//
//	go run ./tools/loadtest                 # 50 apps × 20 shards, in 4 processes
//	go run ./tools/loadtest -apps 1 -shards 200 -calls 20
//
// It starts its own redis-server, unless -redis names one, and several processes, each in the role of a machine. A call
// takes a slot, travels for some milliseconds, and is recorded and settled. The simulated platform is only a list of
// arrival times. A sliding window that shares no code with package window checks that list at the end. The exit status
// is 1 if a window ever held more calls than the limit, and 2 if the run failed.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// plan is the configuration from the flags.
type plan struct {
	apps, shards, calls, workers int
	limit                        int
	window                       time.Duration
	most                         time.Duration
	processes                    int
	redis                        string
	part                         int // index of this process; negative: the parent
}

func main() {
	p := plan{}
	flag.IntVar(&p.apps, "apps", 50, "apps, each with its own limits")
	flag.IntVar(&p.shards, "shards", 20, "shards of each app")
	flag.IntVar(&p.calls, "calls", 20, "calls of each shard")
	flag.IntVar(&p.workers, "workers", 4, "calls that a shard has in flight or queued at a time")
	flag.IntVar(&p.limit, "limit", 40, "calls that an app may send in a window")
	flag.DurationVar(&p.window, "window", time.Second, "the sliding window")
	flag.DurationVar(&p.most, "for", 3*time.Minute, "give up after this")
	flag.IntVar(&p.processes, "processes", 4, "processes that the shards are spread over")
	flag.StringVar(&p.redis, "redis", "", "URL of a Redis (default: a redis-server is started)")
	flag.IntVar(&p.part, "part", -1,
		"run the shards of this process only and print their results as JSON (used internally)")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, p.most)
	defer cancel()
	ok, err := true, error(nil)
	if p.part >= 0 {
		err = p.drive(ctx, os.Stdout)
	} else {
		ok, err = p.run(ctx, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}
