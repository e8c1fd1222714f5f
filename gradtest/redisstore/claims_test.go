package redisstore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

func sessionOn(t testing.TB, s *Store) *claims {
	t.Helper()
	c, err := s.Claims(t.Context(), time.Now().Add(-24*time.Hour))
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, c.Close()) })
	return c.(*claims)
}

func booking(c ledger.Claims, id string) ledger.Record {
	return ledger.Record{
		Kind: ledger.Claimed, ID: id, At: time.Now().UTC(), Op: "readExtension", Method: "GET", Path: "/restapi",
		Endpoint: "own", Owner: c.Owner(),
	}
}

func book(t *testing.T, c ledger.Claims, id string) {
	t.Helper()
	err := c.Update(t.Context(), func(ledger.View) []ledger.Record { return []ledger.Record{booking(c, id)} })
	require.NoError(t, err)
}

// TestSessionsBookWhatIsNeededOnce lets 8 sessions on 8 connections book 80 calls while every connection is cut again
// and again, so that replies are lost.
func TestSessionsBookWhatIsNeededOnce(t *testing.T) {
	t.Parallel()
	const sessions, needed = 8, 80
	server := redistest.Start(t)
	ctx, stop := context.WithCancel(t.Context())
	var cutting sync.WaitGroup
	cutter := server.Client()
	cutting.Go(func() {
		for ctx.Err() == nil {
			_, _ = cutter.ClientKillByFilter(ctx, "TYPE", "normal", "SKIPME", "yes").Result()
			time.Sleep(5 * time.Millisecond)
		}
	})
	mine := make([]map[string]bool, sessions)
	var all sync.WaitGroup
	for i := range sessions {
		mine[i] = make(map[string]bool)
		c := sessionOn(t, open(t, server.URL(), "app"))
		all.Go(func() {
			seen := make(map[string]bool)
			for len(seen)+len(mine[i]) < needed {
				var booked []ledger.Record
				err := c.Update(t.Context(), func(v ledger.View) []ledger.Record {
					for _, r := range v.Fresh {
						assert.False(t, seen[r.ID] || mine[i][r.ID], "%s is fresh twice, or to the session that booked it", r.ID)
						seen[r.ID] = true
					}
					if booked = nil; len(seen)+len(mine[i]) < needed {
						booked = append(booked, booking(c, fmt.Sprint(i, "-", len(mine[i]))))
					}
					return booked
				})
				if !assert.NoError(t, err) {
					return
				}
				for _, r := range booked {
					mine[i][r.ID] = true
				}
				time.Sleep(time.Millisecond)
			}
		})
	}
	all.Wait()
	stop()
	cutting.Wait()
	var booked []string
	for _, m := range mine {
		booked = slices.AppendSeq(booked, maps.Keys(m))
	}
	there := ids(t, open(t, server.URL(), "app"))
	slices.Sort(booked)
	slices.Sort(there)
	assert.Len(t, there, needed)
	assert.Equal(t, there, booked)
}

// TestBookingIsOneRoundTrip counts the commands that the server received from a client.
func TestBookingIsOneRoundTrip(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL(), "app")
	c := sessionOn(t, s)
	other := sessionOn(t, s)
	book(t, c, "first")
	book(t, other, "second")
	trips := func(do func()) int64 {
		before := evals(t, server)
		do()
		return evals(t, server) - before
	}
	assert.EqualValues(t, 2, trips(func() { book(t, c, "third") }), "another session has booked meanwhile")
	assert.EqualValues(t, 1, trips(func() { book(t, c, "fourth") }))
	assert.EqualValues(t, 1, trips(func() {
		require.NoError(t, c.Read(t.Context(), func(v ledger.View) { v.Life(other.Owner()) }))
	}))
}

// evals is how many scripts the server has run.
func evals(t testing.TB, server *redistest.Server) (n int64) {
	t.Helper()
	stats, err := server.Client().InfoMap(t.Context(), "commandstats").Result()
	require.NoError(t, err)
	for command, text := range stats["Commandstats"] {
		var calls int64
		_, err := fmt.Sscanf(text, "calls=%d", &calls)
		if err == nil && (command == "cmdstat_evalsha" || command == "cmdstat_eval") {
			n += calls
		}
	}
	return n
}

// TestSessionOnAnEmptiedServer: what a session has seen is gone, and what is appended afterwards is new.
func TestSessionOnAnEmptiedServer(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL(), "app")
	c := sessionOn(t, s)
	require.NoError(t, s.Append(t.Context(), done("a"), done("b")))
	fresh := func(id string) (ids []string) {
		require.NoError(t, c.Update(t.Context(), func(v ledger.View) (records []ledger.Record) {
			for _, r := range v.Fresh {
				ids = append(ids, r.ID)
			}
			if id != "" {
				records = append(records, booking(c, id))
			}
			return records
		}))
		return ids
	}
	assert.Equal(t, []string{"a", "b"}, fresh("mine"))
	require.NoError(t, server.Client().FlushAll(t.Context()).Err())
	assert.Empty(t, fresh("again"))
	assert.Empty(t, fresh(""))
	require.NoError(t, s.Append(t.Context(), done("c")))
	assert.Equal(t, []string{"c"}, fresh(""))
	changed, err := c.changed(t.Context())
	require.NoError(t, err)
	assert.False(t, changed)
}

func TestLife(t *testing.T) {
	kept := func(silent time.Duration) int64 { return (leaseMemory - silent).Milliseconds() }
	for _, tc := range []struct {
		name string
		left int64
		idle time.Duration
		want ledger.Life
	}{
		{"renewed", kept(-livenessLife), 0, ledger.Alive},
		{"just before it runs out", kept(-time.Millisecond), 0, ledger.Alive},
		{"just run out", kept(0), 0, ledger.Silent},
		{"a call may be under way", kept(time.Minute), 0, ledger.Silent},
		{"no call can be under way", kept(leaseGone), 0, ledger.Dead},
		{"given up", leaseGivenUp, 0, ledger.Dead},
		{"no lease, a booking of just now", leaseNone, time.Second, ledger.Silent},
		{"no lease, a booking of yesterday", leaseNone, 24 * time.Hour, ledger.Dead},
	} {
		assert.Equal(t, tc.want, life(tc.left, tc.idle), tc.name)
	}
}

// TestKilledSession kills a process that has booked a call. Another session sees within two seconds that it is gone,
// and books the call.
func TestKilledSession(t *testing.T) {
	if url := os.Getenv("REDISSTORE_TEST_BOOK_AND_HANG"); url != "" {
		bookAndHang(t, url)
		return
	}
	t.Parallel()
	server := redistest.Start(t)
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilledSession$")
	cmd.Env = append(os.Environ(), "REDISSTORE_TEST_BOOK_AND_HANG="+server.URL())
	require.NoError(t, cmd.Start())
	defer cmd.Process.Kill()

	c := sessionOn(t, open(t, server.URL(), "app"))
	owner := ""
	for owner == "" {
		require.NoError(t, c.Wait(t.Context()))
		require.NoError(t, c.Read(t.Context(), func(v ledger.View) {
			for _, r := range v.Fresh {
				owner = r.Owner
			}
		}))
	}
	life := func() (l ledger.Life) {
		require.NoError(t, c.Read(t.Context(), func(v ledger.View) { l = v.Life(owner) }))
		return l
	}
	for range 20 { // longer than a lease
		require.Equal(t, ledger.Alive, life())
		time.Sleep(100 * time.Millisecond)
	}
	require.NoError(t, cmd.Process.Kill())
	killed := time.Now()
	_ = cmd.Wait()
	for life() == ledger.Alive {
		require.Less(t, time.Since(killed), 10*time.Second)
		time.Sleep(10 * time.Millisecond)
	}
	took := time.Since(killed)
	assert.Less(t, took, livenessLife+500*time.Millisecond)
	taken := false
	require.NoError(t, c.Update(t.Context(), func(v ledger.View) []ledger.Record {
		if taken = v.Life(owner) != ledger.Alive; taken {
			return []ledger.Record{booking(c, "mine")}
		}
		return nil
	}))
	assert.True(t, taken)
}

// bookAndHang is the process that is killed.
func bookAndHang(t *testing.T, url string) {
	c := sessionOn(t, open(t, url, "app"))
	book(t, c, "theirs")
	time.Sleep(time.Minute)
}

// TestClosedSessions: a session ends with Close or with its store, and its lease is renewed no longer.
func TestClosedSessions(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL(), "app")
	c := sessionOn(t, s)
	waiting := make(chan error, 1)
	go func() {
		var err error
		for err == nil { // it may return early
			err = c.Wait(t.Context())
		}
		waiting <- err
	}()
	time.Sleep(50 * time.Millisecond)
	require.NoError(t, s.Close())
	select {
	case err := <-waiting:
		assert.ErrorIs(t, err, ErrClosed)
	case <-time.After(5 * time.Second):
		t.Fatal("Wait did not notice that the store was closed")
	}
	assert.Nil(t, s.leases.ended, "its goroutine has ended")
	assert.ErrorIs(t, c.Read(t.Context(), nil), ErrClosed)
	assert.NoError(t, c.Close())
	_, err := s.Claims(t.Context(), time.Now())
	assert.True(t, errors.Is(err, ErrClosed))
}

// BenchmarkBooking is one call of Update that books one call, without other bookings at the same time.
func BenchmarkBooking(b *testing.B) {
	server := redistest.Start(b)
	s, err := Open(b.Context(), server.URL(), "app")
	require.NoError(b, err)
	defer s.Close()
	c, err := s.Claims(b.Context(), time.Now())
	require.NoError(b, err)
	defer c.Close()
	n := 0
	book := func() {
		err := c.Update(b.Context(), func(ledger.View) []ledger.Record {
			n++
			return []ledger.Record{booking(c, fmt.Sprint(n))}
		})
		require.NoError(b, err)
	}
	book()
	before := evals(b, server)
	for b.Loop() {
		book()
	}
	b.ReportMetric(float64(evals(b, server)-before)/float64(n-1), "round-trips/booking")
}
