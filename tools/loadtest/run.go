package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// run starts the processes, checks their results and prints a report. ok is false if a limit was exceeded.
func (p plan) run(ctx context.Context, out io.Writer) (ok bool, err error) {
	if p.redis == "" {
		stop, err := p.serve(ctx)
		if err != nil {
			return false, err
		}
		defer stop()
	}
	options, err := redis.ParseURL(p.redis)
	if err != nil {
		return false, errors.New("the Redis URL cannot be parsed: write it like redis://localhost:6379/0")
	}
	client := redis.NewClient(options)
	defer client.Close()
	before, err := usage(ctx, client)
	if err != nil {
		return false, err
	}
	start := time.Now()
	seen, err := p.spawn(ctx)
	if err != nil {
		return false, err
	}
	took := time.Since(start)
	after, err := usage(ctx, client)
	if err != nil {
		return false, err
	}
	return p.report(out, seen, took, before, after), nil
}

func (p plan) report(out io.Writer, seen []outcome, took time.Duration, before, after used) bool {
	arrivals := make(map[string][]int64)
	var decisions []int64
	for _, o := range seen {
		for app, at := range o.Arrivals {
			arrivals[app] = append(arrivals[app], at...)
		}
		decisions = append(decisions, o.Decisions...)
	}
	slices.Sort(decisions)
	calls, broken, longest := 0, 0, time.Duration(0)
	least := time.Duration(1<<63 - 1)
	for _, at := range arrivals {
		n, apart := violations(at, p.limit, p.window)
		broken += n
		least = min(least, apart)
		calls += len(at)
		longest = max(longest, time.Duration(slices.Max(at)-slices.Min(at)))
	}
	theory := time.Duration((p.shards*p.calls-1)/p.limit) * p.window
	cpu := after.cpu - before.cpu
	fmt.Fprintf(out, "%d apps × %d shards in %d processes, %d calls each, limit %d in %v\n",
		p.apps, p.shards, p.processes, p.calls, p.limit, p.window)
	fmt.Fprintf(out, "calls         %d in %v, all of %d\n",
		calls, took.Round(time.Millisecond), p.apps*p.shards*p.calls)
	fmt.Fprintf(out, "makespan      %v for the slowest app; the limits allow %v at best\n",
		longest.Round(time.Millisecond), theory)
	fmt.Fprintf(out, "decisions     %d, %.0f a second; Redis was busy for %.0f %% of a core, "+
		"which is room for %.0f a second\n",
		len(decisions), float64(len(decisions))/took.Seconds(), 100*cpu/took.Seconds(), float64(len(decisions))/cpu)
	fmt.Fprintf(out, "latency       p50 %v, p99 %v, longest %v\n",
		us(percentile(decisions, 50)), us(percentile(decisions, 99)), us(percentile(decisions, 100)))
	fmt.Fprintf(out, "memory        %.1f MB in Redis, %.1f KB an app, evidence of %d calls included\n",
		float64(after.bytes-before.bytes)/1e6, float64(after.bytes-before.bytes)/1e3/float64(p.apps), calls)
	if least == 1<<63-1 {
		fmt.Fprintln(out, "violations    none possible: no app sent more calls than a window holds; use more -calls")
	} else {
		fmt.Fprintf(out, "violations    %d; the call after %d others came %v after the first of them, at least\n",
			broken, p.limit, least.Round(time.Microsecond))
	}
	return broken == 0 && calls == p.apps*p.shards*p.calls
}

func us(n int64) time.Duration { return time.Duration(n) * time.Microsecond }

// spawn starts the processes and collects their results.
func (p plan) spawn(ctx context.Context) ([]outcome, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	seen, faults := make([]outcome, p.processes), make([]error, p.processes)
	var all sync.WaitGroup
	for i := range p.processes {
		all.Go(func() {
			cmd := exec.CommandContext(ctx, self, "-part", strconv.Itoa(i), "-processes", strconv.Itoa(p.processes),
				"-redis", p.redis, "-apps", strconv.Itoa(p.apps), "-shards", strconv.Itoa(p.shards),
				"-calls", strconv.Itoa(p.calls), "-workers", strconv.Itoa(p.workers),
				"-limit", strconv.Itoa(p.limit), "-window", p.window.String(), "-for", p.most.String())
			var text bytes.Buffer
			cmd.Stdout, cmd.Stderr = &text, os.Stderr
			if faults[i] = cmd.Run(); faults[i] == nil {
				faults[i] = json.Unmarshal(text.Bytes(), &seen[i])
			}
		})
	}
	all.Wait()
	return seen, errors.Join(faults...)
}

// serve starts a redis-server on a free port, without persistence.
func (p *plan) serve(ctx context.Context) (stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := l.Addr().String()
	if err := l.Close(); err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(addr)
	cmd := exec.CommandContext(ctx, "redis-server", "--port", port,
		"--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning")
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%w: apt-get install redis-server, or name one with -redis", err)
	}
	stop = func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	p.redis = "redis://" + addr + "/0"
	client := redis.NewClient(&redis.Options{Addr: addr, MaxRetries: -1})
	defer client.Close()
	for client.Ping(ctx).Err() != nil {
		select {
		case <-ctx.Done():
			stop()
			return nil, ctx.Err()
		case <-time.After(10 * time.Millisecond):
		}
	}
	return stop, nil
}

// used is the resource usage that the server reports.
type used struct {
	bytes int64
	cpu   float64 // seconds
}

func usage(ctx context.Context, client *redis.Client) (u used, err error) {
	for _, section := range []string{"memory", "cpu"} {
		text, err := client.Info(ctx, section).Result()
		if err != nil {
			return u, err
		}
		for line := range strings.Lines(text) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
			switch name {
			case "used_memory_dataset":
				u.bytes, err = strconv.ParseInt(value, 10, 64)
			case "used_cpu_sys", "used_cpu_user":
				var s float64
				s, err = strconv.ParseFloat(value, 64)
				u.cpu += s
			}
			if err != nil {
				return u, err
			}
		}
	}
	return u, nil
}
