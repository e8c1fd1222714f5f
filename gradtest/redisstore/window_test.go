package redisstore

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/limits"
	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// TestScriptsDecideAsWindowDoes gives random calls, answers, refusals and limits to the scripts and to a window.State,
// which must make the same decisions to the microsecond. The State gets the times that the scripts saw.
func TestScriptsDecideAsWindowDoes(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	for seed := range uint64(30) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			s := open(t, server.URL()+"?quarantine=none", fmt.Sprint("app ", seed))
			changes := map[string]window.Limit{
				"a": {Calls: 2, Per: 3 * time.Second, Penalty: 40 * time.Second}, "b": {Calls: 3, Per: 2 * time.Second}, "c": {Calls: 1, Per: 4 * time.Second}, "free": {},
			}
			d := duel{
				t: t, random: rand.New(rand.NewPCG(seed, 1)), gate: s.Gate(changes).(*gate),
				state: window.NewState(limits.With(changes)), claims: make(map[string]window.Call),
			}
			for d.step = range 120 {
				d.play()
			}
		})
	}
}

// duel has the two sides, and what both know.
type duel struct {
	t       *testing.T
	random  *rand.Rand
	gate    *gate
	state   *window.State
	claims  map[string]window.Call
	waiting []string // in the order of asking
	flying  []string
	step    int
	calls   int
}

// play makes one random event happen, and then all queued calls ask again, as they do after a message.
func (d *duel) play() {
	d.gate.store.shift.Add(d.random.Int64N(900_000)) // less than the time after which a queued call is taken for dead
	switch n := d.random.IntN(10); {
	case n < 4 && len(d.waiting) < 8:
		d.calls++
		id := fmt.Sprint(d.calls)
		groups := [][]string{{"a"}, {"b"}, {"A", "b"}, {}, {"free"}, {"c", "a", "c"}}[d.random.IntN(6)]
		d.claims[id] = window.Call{ID: id, Groups: groups, Op: fmt.Sprint("op", d.random.IntN(4)), Timeout: time.Hour}
		d.waiting = append(d.waiting, id)
	case n < 8 && len(d.flying) > 0:
		d.settle(d.take(&d.flying))
	case n == 8 && len(d.flying) > 0:
		d.release(d.take(&d.flying))
	case n == 9 && len(d.waiting) > 0:
		d.release(d.take(&d.waiting))
	}
	for _, id := range slices.Clone(d.waiting) {
		d.ask(id)
	}
}

func (d *duel) take(from *[]string) string {
	i := d.random.IntN(len(*from))
	id := (*from)[i]
	*from = slices.Delete(*from, i, i+1)
	return id
}

// call runs a script as a process that remembers nothing would; one that remembers would notice that the clock jumps.
// It returns the time that the script saw.
func (d *duel) call(script string, r request) (reply, time.Time) {
	d.t.Helper()
	d.gate.epochs.mu.Lock()
	d.gate.epochs.epoch, d.gate.epochs.ver, d.gate.epochs.clock = "", 0, 0
	d.gate.epochs.mu.Unlock()
	c := d.claims[r.ID]
	r.Op, r.Timeout, r.Nonce = c.Op, c.Timeout.Microseconds(), r.ID
	r.Groups, r.Limits = d.gate.groups(c.Groups, r.Signal.Group)
	out, err := d.gate.call(d.t.Context(), "test", map[string]*redis.Script{"admit": admitScript, "settle": settleScript, "release": releaseScript}[script], r)
	require.NoError(d.t, err)
	return out, time.UnixMicro(out.clock)
}

func (d *duel) ask(id string) {
	out, now := d.call("admit", request{ID: id})
	o := d.state.Look(now, d.claims[id])
	where := fmt.Sprintf("step %d, call %s: script %+v, state %+v", d.step, id, out, o)
	require.Equal(d.t, o.Ready(now), out.what == "go", where)
	require.Equal(d.t, o.Known, out.what != "queued", where)
	if o.Ready(now) {
		d.state.Reserve(d.claims[id], now)
		d.flying = append(d.flying, id)
		d.waiting = slices.DeleteFunc(d.waiting, func(other string) bool { return other == id })
		return
	}
	d.state.Reserve(d.claims[id], time.Time{}) // queued, as it is in Redis until the call is admitted
	require.Equal(d.t, o.Soonest.Sub(now), out.soonest, where)
	require.Equal(d.t, o.Reason, out.reason, where)
	require.Equal(d.t, o.Group, out.group, where)
	if o.Known {
		require.Equal(d.t, o.At.Sub(now), out.wait, where)
	}
}

func (d *duel) settle(id string) {
	sig := d.signal()
	late := time.Duration(0)
	if d.random.IntN(6) == 0 {
		late, sig = time.Duration(d.random.Int64N(3_000_000))*time.Microsecond, window.Signal{}
	}
	_, now := d.call("settle", request{ID: id, Late: late.Microseconds(), Signal: signal{
		sig.Group, sig.Limit, sig.Window.Microseconds(), sig.Remaining, sig.RetryAfter.Microseconds(), sig.Refused,
	}})
	a := window.Answer{At: now, Signal: sig}
	if late > 0 {
		a.Latest = now.Add(late)
	}
	d.state.Settle(id, a)
	for _, group := range []string{"a", "b", "c", "d"} {
		l, learned := d.state.Limit(group)
		got, known := d.gate.Limit(group)
		require.Equal(d.t, []any{l.Calls, l.Per, learned}, []any{got.Calls, got.Per, known}, "step %d: limit of %s", d.step, group)
	}
}

func (d *duel) release(id string) {
	d.call("release", request{ID: id})
	d.state.Release(id)
}

// signal returns what an answer states about limits, which is often nothing.
func (d *duel) signal() (s window.Signal) {
	if d.random.IntN(2) == 0 {
		return s
	}
	s.Group = []string{"", "a", "b", "c", "d"}[d.random.IntN(5)]
	if d.random.IntN(2) == 0 {
		s.Limit = 1 + d.random.IntN(4)
		s.Remaining = d.random.IntN(s.Limit + 2)
	}
	if d.random.IntN(4) == 0 {
		s.Window = time.Duration(1+d.random.IntN(4)) * time.Second
	}
	if d.random.IntN(8) == 0 {
		s.Refused = true
		s.RetryAfter = time.Duration(d.random.IntN(3)) * time.Second
	}
	return s
}
