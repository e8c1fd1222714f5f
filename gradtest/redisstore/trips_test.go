package redisstore_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/redisstore"
)

// sweepApp needs 55 calls in three groups, and a token.
func sweepApp() gradtest.App {
	return gradtest.App{
		Name:   "sweep",
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadMessages, rcapi.ScopeReadContacts, rcapi.ScopeReadPresence},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadUserCallLog}, {Op: rcapi.ReadCompanyCallLog}, {Op: rcapi.ListContacts}, {Op: rcapi.ReadExtension},
			{Op: rcapi.ReadAccountInfo}, {Op: rcapi.ListMessages}, {Op: rcapi.ListExtensionDevices},
			{Op: rcapi.ReadUserPresenceStatus}, {Op: rcapi.ListExtensions}, {Op: rcapi.ListExtensionPhoneNumbers}, {Op: rcapi.ReadAuthorizationProfile},
		},
	}
}

// sweepOver sweeps n times at once with the Redis at url, each time with connections of its own, as n processes would.
// It returns the number of calls, token requests included.
func sweepOver(tb testing.TB, url string, window time.Duration, n int) (calls int) {
	tb.Helper()
	app := sweepApp()
	platform := rctest.NewServer(tb, rctest.Config{Scopes: app.Scopes, Window: window})
	for name, value := range map[string]string{
		"RC_SERVER_URL": platform.URL, "RC_APP_CLIENT_ID": platform.ClientID, "RC_APP_CLIENT_SECRET": platform.ClientSecret,
		"RC_USER_JWT": platform.JWT, "GRADTEST_DIR": tb.TempDir(), "GRADTEST_REDIS": "",
	} {
		tb.Setenv(name, value)
	}
	var all sync.WaitGroup
	for range n {
		all.Go(func() {
			app := app
			if url != "" {
				store, err := redisstore.Open(tb.Context(), url, "app")
				if !assert.NoError(tb, err) {
					return
				}
				defer store.Close()
				app.Store = store
			}
			v, err := gradtest.Sweep(tb.Context(), app)
			assert.NoError(tb, err)
			assert.True(tb, v.Ready)
		})
	}
	all.Wait()
	require.Zero(tb, platform.Verdict().TooManyRequests)
	return len(platform.Calls())
}

// BenchmarkSweep measures sweeps through a slow network to Redis; delay is that of each direction. Several at once are
// as many processes.
func BenchmarkSweep(b *testing.B) {
	for _, window := range []time.Duration{time.Second, 3 * time.Second, time.Minute} {
		b.Run(fmt.Sprint("window=", window, "/directory"), func(b *testing.B) {
			for b.Loop() {
				sweepOver(b, "", window, 1)
			}
		})
		for _, delay := range []time.Duration{0, 15 * time.Millisecond, 30 * time.Millisecond, 150 * time.Millisecond} {
			for _, processes := range []int{1, 8} {
				b.Run(fmt.Sprint("window=", window, "/delay=", delay, "/processes=", processes), func(b *testing.B) {
					benchmarkSweep(b, window, delay, processes)
				})
			}
		}
	}
}

func benchmarkSweep(b *testing.B, window, delay time.Duration, processes int) {
	var n redistest.Counts
	calls := 0
	for b.Loop() {
		proxy := redistest.Start(b).Proxy(delay)
		calls += sweepOver(b, proxy.URL()+"?fresh=1", window, processes)
		k := proxy.Counts()
		n.Trips, n.Renewals, n.Connections = n.Trips+k.Trips, n.Renewals+k.Renewals, n.Connections+k.Connections
	}
	b.ReportMetric(float64(n.Trips-n.Renewals)/float64(calls), "trips/call")
	b.ReportMetric(float64(n.Renewals)/float64(b.N), "renewals")
	b.ReportMetric(float64(n.Connections)/float64(b.N), "connections")
	b.ReportMetric(float64(calls)/float64(b.N), "calls")
}

// TestRoundTrips: a call takes at most three round trips on average, on a fast network and on a slow one. Renewals of
// leases are not among them, of which there are four a second, nor is the one that opens a connection.
func TestRoundTrips(t *testing.T) {
	for _, delay := range []time.Duration{0, 5 * time.Millisecond} {
		proxy := redistest.Start(t).Proxy(delay)
		calls := sweepOver(t, proxy.URL()+"?fresh=1", time.Second, 1)
		n := proxy.Counts()
		require.GreaterOrEqual(t, calls, 56)
		assert.LessOrEqual(t, float64(n.Trips-n.Renewals-n.Connections)/float64(calls), 3.0, "%+v for %d calls", n, calls)
		if delay > 0 {
			assert.Less(t, n.Trips-n.Renewals, 2*calls, "calls that begin or end at the same time share a round trip")
			assert.Less(t, n.Connections, 20)
		}
	}
}
