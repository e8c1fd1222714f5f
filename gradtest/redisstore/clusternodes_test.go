package redisstore

import (
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/storetest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// startCluster starts a cluster of three nodes.
func startCluster(t *testing.T) (nodes []*redistest.Server) {
	var buses []string
	for range 3 {
		buses = append(buses, freePort(t))
		nodes = append(nodes, redistest.Start(t, "--cluster-enabled", "yes", "--cluster-port", buses[len(buses)-1]))
	}
	first := nodes[0].Client()
	for i, n := range nodes {
		from, to := i*16384/3, (i+1)*16384/3-1
		require.NoError(t, n.Client().ClusterAddSlotsRange(t.Context(), from, to).Err())
		host, port, err := net.SplitHostPort(n.Addr)
		require.NoError(t, err)
		require.NoError(t, first.Do(t.Context(), "CLUSTER", "MEET", host, port, buses[i]).Err())
	}
	for _, n := range nodes {
		c := n.Client()
		require.Eventually(t, func() bool {
			info := c.ClusterInfo(t.Context()).Val()
			return strings.Contains(info, "cluster_state:ok") && strings.Contains(info, "cluster_known_nodes:3")
		}, time.Minute, 20*time.Millisecond)
	}
	return nodes
}

// TestClusterOfThreeNodes: any node's address is enough, whichever node has the keys of the app, and the user needs no
// more permissions than the advice names.
func TestClusterOfThreeNodes(t *testing.T) {
	t.Parallel()
	nodes := startCluster(t)
	for _, n := range nodes {
		powerless(t, n.Client())
		_, err := Open(t.Context(), asUser(n.URL()), "app")
		require.Error(t, err)
		allow(t, n.Client(), err.Error())
	}
	var opened atomic.Int64
	next := func(app string) *Store {
		return open(t, asUser(nodes[int(opened.Add(1))%len(nodes)].URL())+"?fresh=1", app)
	}
	t.Run("gate", func(t *testing.T) {
		for i := range 6 { // apps on different nodes
			app := fmt.Sprint("app ", i)
			g, other := next(app).Gate(few(1)), next(app).Gate(few(1))
			pass(t, g, "a")
			admitted := make(chan error, 1)
			require.NoError(t, g.Admit(t.Context(), claim("b")))
			go func() { admitted <- other.Admit(t.Context(), claim("c")) }()
			time.Sleep(50 * time.Millisecond)
			answered := time.Now()
			require.NoError(t, g.Settle(t.Context(), claim("b"), window.Answer{At: answered}))
			require.NoError(t, <-admitted)
			assert.Less(t, time.Since(answered), 2*span, "it was woken, and did not have to ask")
		}
	})
	storetest.TestStore(t, func(*testing.T) storetest.OpenStore {
		app := rand.Text()
		return func() (ledger.Store, error) { return next(app), nil }
	})
	apps, err := Apps(t.Context(), asUser(nodes[0].URL()))
	require.NoError(t, err)
	assert.NotEmpty(t, apps)
}

func TestSentinelIsRefused(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"redis+sentinel://h:26379/mymaster", "sentinel://h:26379", "redis://h:26379?master_name=mymaster",
	} {
		_, err := Open(t.Context(), url, "app")
		assert.ErrorIs(t, err, errSentinel, url)
	}
	master := redistest.Start(t)
	host, port, err := net.SplitHostPort(master.Addr)
	require.NoError(t, err)
	dir, own := t.TempDir(), freePort(t)
	config := filepath.Join(dir, "sentinel.conf")
	text := fmt.Appendf(nil, "port %s\nbind 127.0.0.1\ndir %s\nlogfile %s\nsentinel monitor m %s %s 1\n",
		own, dir, filepath.Join(dir, "log"), host, port)
	require.NoError(t, os.WriteFile(config, text, 0o600))
	cmd := exec.Command("redis-server", config, "--sentinel")
	require.NoError(t, cmd.Start())
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	_, err = Open(t.Context(), "redis://127.0.0.1:"+own, "app")
	assert.ErrorIs(t, err, errSentinel)
	assert.ErrorContains(t, err, "redis.NewFailoverClient")
}
