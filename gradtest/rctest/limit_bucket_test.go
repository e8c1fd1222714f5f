package rctest

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestLimitSlides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 3}, Window: 10 * time.Second})
		for i := range 3 { // at 0, 2 and 4 s
			got := a.call(getOwn)
			require.Equal(t, 200, got.status)
			assert.Equal(t, "light", got.header.Get("X-Rate-Limit-Group"), "lower case on the wire")
			assert.Equal(t, "3", got.header.Get("X-Rate-Limit-Limit"))
			assert.Equal(t, "10", got.header.Get("X-Rate-Limit-Window"))
			assert.Equal(t, fmt.Sprint(2-i), got.header.Get("X-Rate-Limit-Remaining"), "after this request")
			assert.Empty(t, got.header.Get("Retry-After"))
			time.Sleep(2 * time.Second)
		}
		time.Sleep(4 * time.Second) // 10 s: the first one has just left
		got := a.call(getOwn)
		assert.Equal(t, 200, got.status)
		assert.Equal(t, "0", got.header.Get("X-Rate-Limit-Remaining"), "the window slides: the other two are still inside")
		time.Sleep(2*time.Second - time.Nanosecond)
		assert.Equal(t, 429, a.call(getOwn).status, "a nanosecond early")
	})
}

func TestRefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 1}})
		a.call(getOwn)
		got := a.call(getOwn)
		assert.Equal(t, http.StatusTooManyRequests, got.status)
		assert.Equal(t, [2]string{"CMN-301", "CMN-301"}, got.codes(t))
		assert.Equal(t, "60", got.header.Get("Retry-After"))
		assert.Equal(t, "light", got.header.Get("X-Rate-Limit-Group"))
		assert.Equal(t, "0", got.header.Get("X-Rate-Limit-Remaining"))
	})
}

func TestPenaltyRestarts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 1}, Window: 10 * time.Second})
		require.Equal(t, 200, a.call(getOwn).status)
		time.Sleep(9 * time.Second)
		require.Equal(t, 429, a.call(getOwn).status) // penalty until 19 s
		time.Sleep(5 * time.Second)                  // 14 s: the window is empty, the penalty is not over
		require.Equal(t, 429, a.call(getOwn).status) // until 24 s
		for range 30 {                               // the impatient never get out
			time.Sleep(9 * time.Second)
			require.Equal(t, 429, a.call(getOwn).status)
		}
		assert.Equal(t, 200, a.call("GET "+own+"/call-log").status, "groups do not share buckets")
		time.Sleep(10*time.Second - time.Nanosecond)
		require.Equal(t, 429, a.call(getOwn).status)
		time.Sleep(10 * time.Second)
		assert.Equal(t, 200, a.call(getOwn).status)
	})
}

func TestWhatUsesQuota(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}})
		remaining := func(got answer) string { return got.header.Get("X-Rate-Limit-Remaining") }
		assert.Equal(t, "49", remaining(a.call(getOwn)))
		assert.Equal(t, "48", remaining(a.call("GET "+own+"/presence")), "a 403")
		assert.Equal(t, "39", remaining(a.call("GET /restapi/v1.0/account/~/nothing")), "unknown to the service: Medium")
		assert.Equal(t, "38", remaining(a.call("PUT /restapi/v1.0/account/~")), "a method that the path lacks")
		assert.Empty(t, remaining(a.call("GET /restapi")), "NoThrottling")
		assert.Empty(t, remaining(a.call("GET /elsewhere")), "not known to the gateway")
		token := a.token
		for _, a.token = range []string{"", "made-up"} {
			assert.Empty(t, remaining(a.call(getOwn)), "no user to count it for")
		}
		a.token = token
		assert.Equal(t, "47", remaining(a.call(getOwn)))
	})
}

func TestAuthIsOneBucketPerApp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{})                                                                             // 1
		assert.Equal(t, "3", a.call("GET /restapi/oauth/userinfo").header.Get("X-Rate-Limit-Remaining"))     // 2
		assert.Equal(t, "2", a.oauth("revoke", nil).header.Get("X-Rate-Limit-Remaining"), "a failed revoke") // 3
		failed := a.oauth("token", nil)                                                                      // 4
		assert.Equal(t, 400, failed.status)
		assert.Equal(t, "1", failed.header.Get("X-Rate-Limit-Remaining"), "a failed login")
		assert.Equal(t, "auth", failed.header.Get("X-Rate-Limit-Group"))
		stranger := a.send(formRequest("token", nil)) // 5
		assert.Equal(t, "0", stranger.header.Get("X-Rate-Limit-Remaining"), "and one without a client")
		assert.Equal(t, 429, a.call("GET /restapi/oauth/userinfo").status)
		refused := a.oauth("token", nil)
		assert.Equal(t, 429, refused.status)
		assert.Equal(t, "60", refused.header.Get("Retry-After"))
		assert.Equal(t, 200, a.call(getOwn).status)
	})
}

// TestBucketAgainstBookkeeping compares the bucket with the rule said plainly: count the arrivals of the last window.
func TestBucketAgainstBookkeeping(t *testing.T) {
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		limit, window := 1+r.IntN(8), time.Duration(1+r.IntN(5))*time.Second
		b := newBucket(newPolicy(rcapi.Light, Limit{limit, window, window}))
		now := time.Unix(1e9, 0)
		var admitted []time.Time
		var penalty time.Time
		for range 400 {
			now = now.Add(time.Duration(r.Int64N(int64(2 * window / time.Duration(limit)))))
			inside := 0
			for _, at := range admitted {
				if at.After(now.Add(-window)) {
					inside++
				}
			}
			want := !now.Before(penalty) && inside < limit
			got := b.admit(now)
			require.Equal(t, want, !got.refused, "seed %d", seed)
			if !want {
				penalty = now.Add(window)
				continue
			}
			admitted = append(admitted, now)
			require.Equal(t, limit-inside-1, got.remaining)
			require.LessOrEqual(t, len(b.arrivals), 2*limit+1, "memory is bounded")
		}
	}
}

// TestPenaltyNeverShrinks: of two requests at once, the one that took the time first may be booked last.
func TestPenaltyNeverShrinks(t *testing.T) {
	b := newBucket(newPolicy(rcapi.Light, Limit{1, 10 * time.Second, 10 * time.Second}))
	at := func(ms int) bool {
		return !b.admit(time.Unix(1e9, 0).Add(time.Duration(ms) * time.Millisecond)).refused
	}
	assert.True(t, at(0))
	assert.False(t, at(9000)) // penalty until 19 s
	assert.False(t, at(8900))
	assert.False(t, at(18950))
	assert.True(t, at(28950))
}

func TestBucketAtOnce(t *testing.T) {
	b := newBucket(newPolicy(rcapi.Heavy, Limit{10, time.Minute, time.Minute}))
	var wg sync.WaitGroup
	var mu sync.Mutex
	seen := map[int]int{}
	for range 10 {
		wg.Go(func() {
			q := b.admit(time.Now())
			mu.Lock()
			defer mu.Unlock()
			assert.False(t, q.refused)
			seen[q.remaining]++
		})
	}
	wg.Wait()
	assert.Len(t, seen, 10, "each request has a remainder of its own")
}
