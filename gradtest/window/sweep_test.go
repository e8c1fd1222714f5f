package window

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// network is the connection between a client and the strict server.
type network struct {
	rng            *rand.Rand
	mu             sync.Mutex
	base, jitter   time.Duration // one way
	drop           float64       // share of attempts whose answer never comes
	timeout        time.Duration
	headerless     float64 // share of answers without rate headers
	settleSendTime bool    // the mistake of freeing a slot one window after the call was sent
}

func (n *network) float() float64 {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.rng.Float64()
}

func (n *network) pass() { time.Sleep(n.base + time.Duration(n.float()*float64(n.jitter))) }

// longest is the longest round trip.
func (n *network) longest() time.Duration { return 2 * (n.base + n.jitter) }

// call makes one call of a group until it is answered, attempt by attempt, and returns when the last attempt was sent.
func (n *network) call(ctx context.Context, g Gate, j *strictServer, id string, groups ...string) (sent time.Time, err error) {
	for attempt := 1; ; attempt++ {
		c := Call{ID: id + "#" + strconv.Itoa(attempt), Groups: groups, Op: "op-" + groups[0], Timeout: n.timeout}
		if err := g.Admit(ctx, c); err != nil {
			return sent, err
		}
		sent = time.Now()
		if n.float() < n.drop {
			n.lose(j, groups[0], sent)
			_ = g.Settle(ctx, c, Answer{At: time.Now(), Latest: sent.Add(n.timeout)})
			continue
		}
		n.pass()
		status, h := j.arrive(groups[0])
		n.pass()
		if n.float() < n.headerless {
			h = nil
		}
		a := Answer{At: time.Now(), Signal: ReadSignal(status, h, time.Now())}
		if n.settleSendTime {
			a = Answer{At: sent}
		}
		if err := g.Settle(ctx, c, a); err != nil || status == 200 {
			return sent, err
		}
	}
}

// lose breaks the connection. Half of the lost requests are still counted, at any time until the time-out.
func (n *network) lose(j *strictServer, group string, sent time.Time) {
	if n.float() < 0.5 {
		late := time.Duration(n.float() * float64(n.timeout))
		go func() {
			time.Sleep(time.Until(sent.Add(late)))
			j.arrive(group)
		}()
	}
	n.pass()
}

// sweep makes n calls per group through g, all at once, and returns the time from the start until the last one was
// sent.
func sweep(t *testing.T, g Gate, j *strictServer, net *network, n map[string]int) time.Duration {
	t.Helper()
	start := time.Now()
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		last time.Time
	)
	for group, calls := range n {
		for i := range calls {
			wg.Go(func() {
				sent, err := net.call(t.Context(), g, j, fmt.Sprintf("%s-%d", group, i), group)
				mu.Lock()
				defer mu.Unlock()
				last = latest(last, sent)
				assert.NoError(t, err)
			})
		}
	}
	wg.Wait()
	return last.Sub(start)
}

// drawScenario draws limits and a mix of calls.
func drawScenario(rng *rand.Rand) (limits map[string]Limit, n map[string]int) {
	limits, n = make(map[string]Limit), make(map[string]int)
	for _, group := range []string{"Light", "medium", "HEAVY", "brand-new"}[:1+rng.IntN(4)] {
		per := time.Duration(1+rng.IntN(60)) * time.Second
		l := Limit{Calls: 1 + rng.IntN(30), Per: per, Penalty: per}
		limits[lower(group)] = l
		n[group] = 1 + rng.IntN(4*l.Calls)
	}
	return limits, n
}

func lower(s string) string {
	var buf [longestName]byte
	return string(fold(&buf, s))
}

// The Gate is not given the platform's limits: it assumes the documented ones and learns. No call is refused, and
// the sweep takes at most the shortest possible time plus 3 % plus one round trip per window.
func TestSweepIsNeverRefusedAndFast(t *testing.T) {
	for seed := range uint64(24) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rng := rand.New(rand.NewPCG(seed, 1))
				limits, n := drawScenario(rng)
				net := &network{rng: rng, timeout: 5 * time.Second,
					base:   time.Duration(rng.IntN(500)) * time.Millisecond,
					jitter: time.Duration(rng.IntN(500)) * time.Millisecond}
				if seed%3 == 0 {
					net.headerless = 0.1
				}
				j := newStrictServer(limits)
				g := NewMemory(documented(nil))
				if seed%3 == 0 {
					g = NewMemory(limits) // without headers a smaller limit cannot be known
				}
				took := sweep(t, g, j, net, n)

				assert.Empty(t, j.refused)
				windows := 0
				for group, calls := range n {
					l := limits[lower(group)].Calls
					windows = max(windows, (calls+l-1)/l)
				}
				least := MinDuration(n, limits)
				most := least*103/100 + time.Duration(windows)*net.longest()
				assert.LessOrEqual(t, took, most, "least possible %v, %d windows, round trip %v", least, windows, net.longest())
				assert.GreaterOrEqual(t, took+net.longest(), least, "the test's own arithmetic")
				for _, group := range slices.Sorted(maps.Keys(n)) {
					assert.Zero(t, g.state.foreign(group), "group %s: no call was foreign", group)
				}
			})
		})
	}
}

// One connection in twenty is lost, and the server may have counted its call, at once or later.
func TestSweepOverBreakingConnections(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rng := rand.New(rand.NewPCG(seed, 2))
				limits, n := drawScenario(rng)
				net := &network{rng: rng, base: 20 * time.Millisecond, jitter: time.Second, drop: 0.05, timeout: 3 * time.Second}
				j := newStrictServer(limits)
				sweep(t, NewMemory(documented(nil)), j, net, n)
				assert.Empty(t, j.refused)
				time.Sleep(net.timeout) // for what is still on its way
			})
		})
	}
}

// The strict server can refuse: slots freed one window after the call was sent are refused as soon as latency varies.
func TestJudgeRefusesSlotsFreedAtSend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limits := map[string]Limit{"light": {Calls: 10, Per: 3 * time.Second}}
		net := &network{rng: rand.New(rand.NewPCG(1, 3)), base: 20 * time.Millisecond, jitter: time.Second,
			timeout: 5 * time.Second, settleSendTime: true}
		j := newStrictServer(limits)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		g := NewMemory(limits)
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() { _, _ = net.call(ctx, g, j, strconv.Itoa(i), "light") })
		}
		wg.Wait()
		require.NotEmpty(t, j.refused)
	})
}

// Another program uses half of the same limit. Once this process has seen the first answer, it is not
// refused any more.
func TestSweepBesideForeignCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limits := map[string]Limit{"light": {Calls: 20, Per: 10 * time.Second}}
		j := newStrictServer(limits)
		for range 12 {
			j.arrive("light")
		}
		net := &network{rng: rand.New(rand.NewPCG(1, 4)), base: 10 * time.Millisecond, jitter: 10 * time.Millisecond, timeout: time.Second}
		took := sweep(t, NewMemory(documented(nil)), j, net, map[string]int{"light": 20})
		assert.Empty(t, j.refused)
		assert.GreaterOrEqual(t, took, 10*time.Second, "8 slots were left in the first window")
		assert.Less(t, took, 11*time.Second)
	})
}
