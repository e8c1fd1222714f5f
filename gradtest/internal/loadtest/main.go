// Command loadtest drives many shards of many apps through one Redis and checks with its own eyes that no app ever sent
// too much.
//
//	go run ./gradtest/internal/loadtest                 # 50 apps × 20 shards, in 4 processes
//	go run ./gradtest/internal/loadtest -apps 1 -shards 200 -calls 20
//
// It starts a redis-server of its own, unless -redis names one, and processes that stand for machines. Each call takes a
// slot, travels for some milliseconds, is counted by a platform that exists only as a list of moments, is answered,
// recorded and settled. Afterwards the moments are judged by a sliding window that shares no code with package window.
// The exit status is 1 if a window ever held more calls than the limit.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
)

// plan is what is driven.
type plan struct {
	apps, shards, calls, workers int
	limit                        int
	window                       time.Duration
	most                         time.Duration
	processes                    int
	redis                        string
	part                         int // of the processes; negative: the one that starts the others
}

func main() {
	p := plan{}
	flag.IntVar(&p.apps, "apps", 50, "apps, each with limits of its own")
	flag.IntVar(&p.shards, "shards", 20, "shards of each app")
	flag.IntVar(&p.calls, "calls", 20, "calls of each shard")
	flag.IntVar(&p.workers, "workers", 4, "calls that a shard has under way or in line at a time")
	flag.IntVar(&p.limit, "limit", 40, "calls that an app may send in a window")
	flag.DurationVar(&p.window, "window", time.Second, "the sliding window")
	flag.DurationVar(&p.most, "for", 3*time.Minute, "give up after this")
	flag.IntVar(&p.processes, "processes", 4, "processes that the shards are spread over")
	flag.StringVar(&p.redis, "redis", "", "URL of a Redis (default: a redis-server is started)")
	flag.IntVar(&p.part, "part", -1, "run the shards of one of the processes and print what happened (used by the program itself)")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
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
