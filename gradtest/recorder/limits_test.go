package recorder

import (
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBusiest(t *testing.T) {
	start := time.Unix(1_700_000_000, 0)
	at := func(seconds ...float64) (all []moment) {
		for _, s := range seconds {
			all = append(all, moment{at: start.Add(time.Duration(s * float64(time.Second)))})
		}
		return all
	}
	for name, tc := range map[string]struct {
		sent              []moment
		limit             int
		most, over, first int
	}{
		"none":      {nil, 2, 0, 0, -1},
		"inside":    {at(0, 1, 60, 61), 2, 2, 0, -1},
		"exactly":   {at(0, 0, 60), 2, 2, 0, -1},
		"too early": {at(0, 0, 59.999), 2, 3, 1, 2},
		"burst":     {at(0, 0, 0, 0, 100), 2, 4, 2, 2},
		"unlimited": {at(0, 0, 0), 0, 3, 0, -1},
	} {
		most, over, first := busiest(tc.sent, tc.limit, time.Minute)
		assert.Equal(t, []int{tc.most, tc.over, tc.first}, []int{most, over, first}, name)
	}
}

// TestBusiestCounts compares with counting the window of each call.
func TestBusiestCounts(t *testing.T) {
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 1))
		var sent []moment
		now := time.Unix(0, 0)
		for range random.IntN(30) {
			now = now.Add(time.Duration(random.IntN(4)) * time.Second)
			sent = append(sent, moment{at: now})
		}
		limit, per := 1+random.IntN(5), time.Duration(1+random.IntN(10))*time.Second
		var wantMost, wantOver int
		for i, m := range sent {
			n := 0
			for _, other := range sent[:i+1] {
				if m.at.Sub(other.at) < per {
					n++
				}
			}
			wantMost = max(wantMost, n)
			if n > limit {
				wantOver++
			}
		}
		most, over, _ := busiest(sent, limit, per)
		require.Equal(t, []int{wantMost, wantOver}, []int{most, over}, "seed %d", seed)
	}
}

// TestPace: the emulator refuses a burst that nothing holds back, and nothing of one that the recorder paces.
func TestPace(t *testing.T) {
	t.Parallel()     // it waits
	const calls = 14 // the limit is 10
	for _, pace := range []bool{false, true} {
		window := time.Minute // as long as a busy machine may need
		if pace {
			window = time.Second
		}
		r := started(t, Config{Pace: pace, Window: window, Getenv: getenv()})
		c := authorized(t, r)
		begin := time.Now()
		var all sync.WaitGroup
		for range calls {
			all.Go(func() {
				resp, err := c.Get(r.URL() + account + "/extension/~/call-log")
				if assert.NoError(t, err) {
					_, _ = io.Copy(io.Discard, resp.Body)
					_ = resp.Body.Close()
				}
			})
		}
		all.Wait()
		g := r.Summary().Groups[0]
		if !pace {
			assert.Equal(t, "heavy", g.Name)
			assert.Equal(t, []int{10, calls - 10, calls - 10}, []int{g.Limit, g.Over, g.Refused})
			assert.Equal(t, "readUserCallLog", g.By)
			assert.True(t, g.Broken())
			assert.False(t, g.At.IsZero())
			continue
		}
		assert.Greater(t, time.Since(begin), time.Second)
		for _, g := range r.Summary().Groups {
			assert.False(t, g.Broken(), "%+v", g)
		}
	}
}

// TestUnpacedCallsUseSlots: a paced program on the same evidence waits for what an unpaced one has used.
func TestUnpacedCallsUseSlots(t *testing.T) {
	t.Parallel() // it waits
	dir := t.TempDir() + "/.gradtest"
	cfg := Config{Dir: dir, Window: time.Second, Getenv: getenv()}
	r := started(t, cfg)
	first := time.Now()
	for range 10 {
		get(t, http.DefaultClient, r.URL()+account+"/extension/~/call-log")
	}
	require.NoError(t, r.Close())
	cfg.Pace = true
	r = started(t, cfg)
	get(t, http.DefaultClient, r.URL()+account+"/extension/~/call-log")
	assert.Greater(t, time.Since(first), time.Second, "a window after the response to the first")
}
