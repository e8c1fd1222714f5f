package criteria

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestBestStart: noon is a Thursday, so that a request of today is reviewed tomorrow, Friday the 6th, until 00:00 UTC.
func TestBestStart(t *testing.T) {
	minute := StartConfig{Takes: time.Minute}
	day := func(d, hour int) time.Time { return time.Date(2026, 11, d, hour, 0, 0, 0, time.UTC) }
	friday := day(6, 15)
	for _, tt := range []struct {
		name    string
		policy  Policy
		records *log
		now     time.Time
		cfg     StartConfig
		at      time.Time
		calls   int
		until   time.Time
		covered bool
	}{
		{"nothing yet, on a Thursday: evidence of now lasts until Saturday, past the review of Friday", Graduation, new(log), noon, minute,
			noon, 21, day(7, 0), true},
		{"ready, but one call of yesterday expires before the review of Friday: what is sent on Monday is still there on Tuesday", Graduation,
			enough(20).ok(1, first, yesterday), noon, minute, day(9, 0), 21, day(11, 0), true},
		{"on a Friday: evidence of now would expire before the review of Monday", Graduation, new(log), friday, minute, day(9, 0), 21, day(11, 0), true},
		{"a 429 blocks until it leaves", Strictest, enough(30).answers(1, first, 429, today), noon, minute, day(9, 0), 21, day(11, 0), true},
		{"errors: waiting costs fewer calls", Graduation, enough(21).answers(9, first, 401, before), noon, minute, before.Add(48 * time.Hour), 0, day(7, 0), true},
		{"a console that lags a day leaves no evidence that lasts: the longest in hand", Graduation, new(log), noon, StartConfig{Delay: 24 * time.Hour},
			day(6, 0), 21, day(8, 0), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			starts := Starts(tt.policy, both(), tt.records.all(), tt.now, tt.cfg)
			best, ok := BestStart(starts)
			require.True(t, ok)
			t.Logf("%v calls %d apply %v until %v review %v covered %v", best.At, best.Needs.Total, best.Apply, best.Until, best.Review, best.Covered())
			assert.Equal(t, tt.at, best.At)
			assert.Equal(t, tt.calls, best.Needs.Total)
			assert.Equal(t, tt.until, best.Until)
			assert.Equal(t, tt.covered, best.Covered())
		})
	}
}

// TestStartsKeepTheirPromise makes the calls of each start at its time: the app is ready at Apply and until Until.
func TestStartsKeepTheirPromise(t *testing.T) {
	kept := 0
	for seed := range uint64(30) {
		s := newShortage(seed)
		if !s.provable() {
			continue
		}
		past := slices.DeleteFunc(s.records, func(r ledger.Record) bool { return r.At.After(s.now) })
		cfg := StartConfig{Takes: time.Duration(s.rnd.IntN(60)) * time.Minute, Delay: time.Duration(s.rnd.IntN(3)) * time.Hour}
		starts := Starts(s.policy, s.want, slices.Values(past), s.now, cfg)
		require.True(t, slices.IsSortedFunc(starts, func(a, b Start) int { return a.At.Compare(b.At) }))
		for _, x := range starts {
			s.now = x.At
			made := slices.Concat(past, s.calls(x.Needs))
			ready := func(at time.Time) bool { return Evaluate(s.policy, s.want, slices.Values(made), at).Ready }
			if !x.Ready {
				late := !x.Until.IsZero() && !x.Apply.Before(x.Until)
				require.True(t, late || len(x.Needs.Drop) > 0 || !x.Needs.Wait.IsZero(), "seed %d: %+v", seed, x)
				continue
			}
			kept++
			require.True(t, ready(x.Apply), "seed %d: %+v", seed, x)
			if !x.Until.IsZero() { // calls to any endpoint went to particular ones here, which may last longer
				require.True(t, ready(x.Until.Add(-1)), "seed %d: %+v", seed, x)
			}
		}
	}
	assert.Greater(t, kept, 100)
}

func TestNoStartHelpsWithoutADeclaration(t *testing.T) {
	_, ok := BestStart(Starts(Graduation, Want{}, enough(5).all(), noon, StartConfig{}))
	assert.False(t, ok)
	want := both()
	want.Scopes = []rcapi.Scope{"Voicemail"}
	_, ok = BestStart(Starts(Graduation, want, enough(5).all(), noon, StartConfig{}))
	assert.False(t, ok)
}
