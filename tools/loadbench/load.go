package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// load is the load on one server in one round.
type load struct {
	connections int
	time        time.Duration // of one round
	requests    int           // maximum in one round, over all connections
}

// round is the result of one round.
type round struct {
	took      time.Duration
	latencies []time.Duration // of all requests, sorted
}

func (r round) perSecond() float64 { return float64(len(r.latencies)) / r.took.Seconds() }

// run sends the request until the time is over, one at a time on each connection. A status other than 200 is an error.
func (l load) run(ctx context.Context, address string, request []byte) (round, error) {
	conns := make([]net.Conn, l.connections)
	var d net.Dialer
	for i := range conns {
		c, err := d.DialContext(ctx, "tcp", address)
		if err != nil {
			return round{}, err
		}
		defer c.Close()
		conns[i] = c
	}
	stop := context.AfterFunc(ctx, func() {
		for _, c := range conns {
			_ = c.Close() // aborts the requests in flight; the context has the reason
		}
	})
	defer stop()

	latencies, faults := make([][]time.Duration, len(conns)), make([]error, len(conns))
	began := time.Now()
	var wg sync.WaitGroup
	for i, c := range conns {
		wg.Go(func() {
			latencies[i], faults[i] = hammer(c, request, began.Add(l.time), l.requests/len(conns))
		})
	}
	wg.Wait()
	r := round{took: time.Since(began), latencies: slices.Concat(latencies...)}
	if ctx.Err() != nil {
		return r, context.Cause(ctx)
	}
	if err := errors.Join(faults...); err != nil {
		return r, err
	}
	if len(r.latencies) == 0 {
		return r, errors.New("no request was answered in time: use a longer -time")
	}
	slices.Sort(r.latencies)
	return r, nil
}

// hammer sends on one connection until end or the number of requests is reached, and returns the latency of each.
func hammer(c net.Conn, request []byte, end time.Time, requests int) ([]time.Duration, error) {
	latencies := make([]time.Duration, 0, min(requests, 1<<16))
	answers := newReader(c)
	for at := time.Now(); at.Before(end) && len(latencies) < requests; {
		if _, err := c.Write(request); err != nil {
			return latencies, err
		}
		a, err := answers.next()
		if err != nil {
			return latencies, err
		}
		if a.status != http.StatusOK {
			return latencies, fmt.Errorf("the server answers %d instead of 200: %.200s", a.status, a.body)
		}
		now := time.Now()
		latencies = append(latencies, now.Sub(at))
		at = now
	}
	return latencies, nil
}

// get returns the bytes of a GET request.
func get(host, path, token string) []byte {
	auth := ""
	if token != "" {
		auth = "Authorization: Bearer " + token + "\r\n"
	}
	return []byte("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + auth + "\r\n")
}
