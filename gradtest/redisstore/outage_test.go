package redisstore

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/storetest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

func done(id string) ledger.Record {
	return ledger.Record{Kind: ledger.Done, ID: id, At: time.Now().UTC(), Op: "readExtension", Method: "GET", Path: "/restapi", Status: 200}
}

func ids(t *testing.T, s *Store) (all []string) {
	t.Helper()
	for r, err := range s.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		all = append(all, r.ID)
	}
	return all
}

// TestCutConnections cuts every connection again and again while calls are admitted and recorded.
func TestCutConnections(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL()+"?quarantine=none", "app")
	g := s.Gate(few(3))
	cutter := server.Client()
	stop := make(chan struct{})
	cut := make(chan int)
	go func() {
		n := 0
		defer func() { cut <- n }()
		for {
			select {
			case <-stop:
				return
			case <-time.After(7 * time.Millisecond):
			}
			killed, err := cutter.ClientKillByFilter(context.Background(), "TYPE", "normal", "SKIPME", "yes").Result()
			if err == nil {
				n += int(killed)
			}
			_, _ = cutter.ClientKillByFilter(context.Background(), "TYPE", "pubsub").Result()
		}
	}()
	pass(t, g, "warm")
	type held struct{ from, to time.Time } // a period in which a call certainly held a slot
	slots := make(chan held, 12)
	faults := make(chan error, 12)
	for i := range 12 {
		go func() {
			c := claim(string(rune('a' + i)))
			err := g.Admit(t.Context(), c)
			from := time.Now()
			answer := window.Answer{At: time.Now()}
			err = errors.Join(err, s.Append(t.Context(), done(c.ID))) // settles the call, too
			slots <- held{from, answer.At.Add(span - span/1000)}      // see assertElapsed
			faults <- errors.Join(err, g.Settle(t.Context(), c, answer))
		}()
	}
	var all []held
	for range 12 {
		all = append(all, <-slots)
		require.NoError(t, <-faults)
	}
	close(stop)
	require.Positive(t, <-cut)
	for _, moment := range all {
		inUse := 0
		for _, h := range all {
			if !h.from.After(moment.from) && moment.from.Before(h.to) {
				inUse++
			}
		}
		assert.LessOrEqual(t, inUse, 3)
	}
	assert.Len(t, ids(t, s), 12, "each once")
}

func TestRedisGoesAway(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--appendonly", "yes", "--appendfsync", "always")
	s := open(t, server.URL()+"?quarantine=none&patience=20s", "app")
	g := s.Gate(few(1))
	pass(t, g, "a")
	require.NoError(t, s.Append(t.Context(), done("a")))
	server.Kill()

	short, cancel := context.WithTimeout(t.Context(), span)
	defer cancel()
	err := g.Admit(short, claim("b"))
	_, ok := errors.AsType[*window.WaitError](err)
	assert.True(t, ok, "%v", err)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	assert.ErrorContains(t, err, "nothing is sent without Redis: start it, or correct GRADTEST_REDIS")

	admitted, appended := make(chan error, 1), make(chan error, 1)
	go func() { admitted <- g.Admit(t.Context(), claim("c")) }()
	go func() { appended <- s.Append(t.Context(), done("b")) }()
	select {
	case err := <-admitted:
		t.Fatalf("admitted without Redis: %v", err)
	case <-time.After(span):
	}
	server.Restart()
	require.NoError(t, <-admitted, "a waiting call goes on when Redis is back")
	require.NoError(t, <-appended)
	assert.Equal(t, []string{"a", "b"}, ids(t, s))

	session, err := s.Claims(t.Context(), time.Now())
	require.NoError(t, err)
	defer session.Close()
	server.Kill()
	s.patience = 300 * time.Millisecond
	fault, ok := errors.AsType[*Error](g.Admit(t.Context(), claim("d")))
	require.True(t, ok)
	assert.Equal(t, "admit", fault.Op)
	fault, ok = errors.AsType[*Error](s.Append(t.Context(), done("d")))
	require.True(t, ok)
	assert.Equal(t, "append", fault.Op)
	for _, err := range s.Records(t.Context(), time.Time{}) {
		assert.ErrorAs(t, err, &fault)
	}
	_, learned := g.Limit("g")
	assert.False(t, learned)
	assert.NoError(t, storetest.CheckUnavailable(t.Context(), s))
	assert.NoError(t, storetest.CheckClaimsUnavailable(t.Context(), session))
}

// TestSlowRedis: replies come after the timeout of a command, but the commands have been executed.
func TestSlowRedis(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL()+"?quarantine=none&read_timeout=100ms&write_timeout=100ms", "app")
	g := s.Gate(hourly(3))
	pass(t, g, "warm")
	require.NoError(t, server.Client().Do(t.Context(), "CLIENT", "PAUSE", "600", "ALL").Err())
	fits(t, g, "a")
	fits(t, g, "b")
	full(t, g, "c") // the attempts that timed out have not taken more slots
	require.NoError(t, server.Client().Do(t.Context(), "CLIENT", "PAUSE", "400", "ALL").Err())
	require.NoError(t, s.Append(t.Context(), done("a")))
	assert.Equal(t, []string{"a"}, ids(t, s), "appended several times, stored once")
}

func TestFullRedis(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL(), "app")
	require.NoError(t, server.Client().ConfigSet(t.Context(), "maxmemory", "1").Err())
	start := time.Now()
	err := s.Append(t.Context(), done("a"))
	assert.ErrorContains(t, err, "raise maxmemory")
	assert.Less(t, time.Since(start), patience, "a retry does not help")
}

func TestClosed(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL()+"?quarantine=none", "app")
	g := s.Gate(few(1))
	pass(t, g, "a")
	waiting := make(chan error, 1)
	go func() { waiting <- g.Admit(t.Context(), claim("b")) }()
	require.NoError(t, <-waiting)
	require.NoError(t, s.Close())
	require.NoError(t, s.Close())
	assert.ErrorIs(t, s.Append(t.Context(), done("a")), ErrClosed)
	assert.ErrorIs(t, g.Admit(t.Context(), claim("c")), ErrClosed)
	for _, err := range s.Records(t.Context(), time.Time{}) {
		assert.ErrorIs(t, err, ErrClosed)
	}
}

// TestWrongURL: the error says what to do, and never holds the password.
func TestWrongURL(t *testing.T) {
	t.Parallel()
	plain := redistest.Start(t, "--databases", "1").Addr
	closed := redistest.Start(t, "--requirepass", "right").Addr
	for url, fix := range map[string]string{
		"redis://" + plain + "/7":                           "end the URL in GRADTEST_REDIS with /0",
		"redis://:pass-word@" + plain + "/text":             "write it like redis://",
		"redis://:pass-word@" + plain + "/0?word=pass-word": "unknown parameter word: remove it",
		"redis://user:pass-word@" + plain + "/0":            "wrong user or password",
		"redis://:pass-word@" + closed + "/0":               "wrong user or password",
		"redis://" + closed + "/0":                          "it requires a password",
		"http://:pass-word@" + plain + "/0":                 "does not begin with redis://",
		"redis://:pass-word%zz@" + plain + "/0":             "write it like redis://",
	} {
		_, err := Open(t.Context(), url, "app")
		if assert.ErrorContains(t, err, fix, url) {
			assert.NotContains(t, err.Error(), "pass-word")
			assert.NotContains(t, err.Error(), "6.2", "the version is not at fault")
		}
	}
}

func TestTooManyConnectionsMayPass(t *testing.T) {
	transient, fix := classify(errors.New("ERR max number of clients reached"))
	assert.True(t, transient)
	assert.Contains(t, fix, "maxclients")
}
