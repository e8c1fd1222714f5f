package redisstore

import (
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// atOnce requires a call to be admitted without a pause.
func atOnce(t *testing.T, s *Store, id string) {
	t.Helper()
	w := &waiter{call: claim(id), nonce: id, changed: make(chan struct{}, 1)}
	turn, err := s.Gate(few(2)).(*gate).decide(t.Context(), w)
	require.NoError(t, err)
	assert.True(t, turn.Go, "%+v", turn.Outlook)
}

func TestNewServer(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	ask := func(query, app string) window.Turn {
		g := open(t, server.URL()+query, app).Gate(few(2)).(*gate)
		turn, err := g.decide(t.Context(), &waiter{call: claim("a"), nonce: "n", changed: make(chan struct{}, 1)})
		require.NoError(t, err)
		return turn
	}
	turn := ask("", "one")
	require.False(t, turn.Go)
	assert.Equal(t, window.Forgotten, turn.Outlook.Reason)
	assert.LessOrEqual(t, time.Until(turn.Outlook.Soonest), time.Minute, "one window at most, from the server's start")
	assert.True(t, ask("?fresh=1", "two").Go)
	assert.False(t, ask("?fresh=0", "three").Go)
	time.Sleep(2500 * time.Millisecond) // the age of a server is known to the second
	assert.True(t, ask("?quarantine=1s", "four").Go, "it has been up for longer")
}

// TestFreshServerForgets: that a server was new does not matter once a process has used it.
func TestFreshServerForgets(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	s := open(t, server.URL()+"?fresh=1", "app")
	g := s.Gate(few(2))
	pass(t, g, "a")
	require.NoError(t, server.Client().FlushAll(t.Context()).Err())
	turn, err := g.(*gate).decide(t.Context(), &waiter{call: claim("b"), nonce: "n", changed: make(chan struct{}, 1)})
	require.NoError(t, err)
	require.False(t, turn.Go)
	assert.Equal(t, window.Forgotten, turn.Outlook.Reason)
}

// TestRestartLongAgo: what a server did not save was lost before it started, so that a pause is counted from its start.
func TestRestartLongAgo(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, "--appendonly", "yes", "--appendfsync", "always")
	pass(t, open(t, server.URL()+"?quarantine=none", "app").Gate(few(2)), "a")
	time.Sleep(3 * time.Second)
	restart(t, server)
	time.Sleep(4 * time.Second)
	atOnce(t, open(t, server.URL()+"?quarantine=3s", "app"), "b")
}

// TestPromotedReplica: a replica that was up all the time may lack what its master counted last.
func TestPromotedReplica(t *testing.T) {
	t.Parallel()
	replica := redistest.Start(t)
	master := redistest.Start(t)
	host, port, err := net.SplitHostPort(master.Addr)
	require.NoError(t, err)
	require.NoError(t, replica.Client().ReplicaOf(t.Context(), host, port).Err())
	pass(t, open(t, master.URL()+"?quarantine=none", "app").Gate(few(2)), "a")
	key := open(t, master.URL(), "app").key("limits")
	c := replica.Client()
	copied := func() bool { return c.Exists(t.Context(), key).Val() == 1 }
	require.Eventually(t, copied, 30*time.Second, 10*time.Millisecond)
	master.Kill()
	require.NoError(t, c.ReplicaOf(t.Context(), "no", "one").Err())
	time.Sleep(3 * time.Second)
	ctx, s := t.Context(), open(t, replica.URL()+"?quarantine=2s", "app")
	start := time.Now()
	turn, err := s.Gate(few(2)).(*gate).decide(ctx, &waiter{call: claim("b"), nonce: "n", changed: make(chan struct{}, 1)})
	require.NoError(t, err)
	require.False(t, turn.Go)
	assert.Equal(t, window.Forgotten, turn.Outlook.Reason)
	assert.Greater(t, turn.Outlook.Soonest.Sub(start), time.Second)
}
