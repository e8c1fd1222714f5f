package criteria

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// breakpoints are all moments after now at which a record can leave a window, and those just before.
func breakpoints(records []ledger.Record, now time.Time) []time.Time {
	var all []time.Time
	for _, r := range records {
		for _, t := range []time.Time{r.At, r.Sent, r.Latest} {
			if t.IsZero() {
				continue
			}
			for _, edge := range []time.Time{t.Add(48 * time.Hour), midnight(t).AddDate(0, 0, 2)} {
				all = append(all, edge.Add(-1), edge)
			}
		}
	}
	all = slices.DeleteFunc(all, func(t time.Time) bool { return !t.After(now) })
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}

// rulesAt are the rules that hold at a moment.
func rulesAt(p Policy, want Want, records []ledger.Record, at time.Time) map[string]bool {
	out := make(map[string]bool)
	for _, f := range Evaluate(p, want, slices.Values(records), at).Findings {
		out[f.Rule] = f.OK
	}
	return out
}

// TestChangesAreAllAndNoOther walks forward with Evaluate from breakpoint to breakpoint: the rules change at each
// moment that the forecast names, as it says, and at no other.
func TestChangesAreAllAndNoOther(t *testing.T) {
	seen := map[string]int{}
	for seed := range uint64(100) {
		var p Policy
		var want Want
		var records []ledger.Record
		var now time.Time
		if seed%2 == 0 {
			want, records, now = scene(rand.New(rand.NewPCG(seed, 5)))
			p = policies[seed/2%3]
		} else {
			s := newShortage(seed)
			p, want, records, now = s.policy, s.want, s.records, s.now
		}
		records = slices.DeleteFunc(records, func(r ledger.Record) bool { return r.At.After(now) })
		f := Forecast(p, want, slices.Values(records), now)
		predicted := f.Changes
		before := rulesAt(p, want, records, now)
		for _, at := range breakpoints(records, now) {
			after := rulesAt(p, want, records, at)
			if fmt.Sprint(before) != fmt.Sprint(after) {
				require.NotEmpty(t, predicted, "seed %d: at %v the rules change from %v to %v", seed, at, before, after)
				c := predicted[0]
				require.True(t, c.At.Equal(at), "seed %d: predicted at %v, changed at %v from %v to %v", seed, c.At, at, before, after)
				ready := true
				for rule, ok := range after {
					ready = ready && ok
					i := slices.IndexFunc(c.Rules, func(r RuleChange) bool { return r.Rule == rule })
					require.Equal(t, ok != before[rule], i >= 0, "seed %d: %s at %v", seed, rule, at)
					if i >= 0 {
						require.Equal(t, ok, c.Rules[i].OK)
						require.NotZero(t, c.Rules[i].Window)
						seen[c.Rules[i].String()[len(rule)+1:]]++
					}
				}
				require.Equal(t, ready, c.Ready)
				predicted = predicted[1:]
			}
			before = after
		}
		require.Empty(t, predicted, "seed %d: predicted, and did not come", seed)
		for _, o := range f.Errors {
			if !o.OK {
				diluted := slices.Clone(records)
				for i := range o.Dilute {
					r := answer(first, 200, now)
					r.ID = fmt.Sprint("diluting-", i)
					diluted = append(diluted, r)
				}
				require.True(t, rulesAt(p, want, diluted, now)[o.Rule], "seed %d: %+v", seed, o)
				require.False(t, rulesAt(p, want, diluted[:len(diluted)-1], now)[o.Rule], "seed %d: %+v", seed, o)
			}
			require.Equal(t, o.OK, rulesAt(p, want, records, now)[o.Rule])
			require.False(t, o.Holds.IsZero() || o.Holds.After(o.Gone), "seed %d: %+v", seed, o)
			require.True(t, rulesAt(p, want, records, o.Holds)[o.Rule])
		}
	}
	t.Log(seen)
	assert.GreaterOrEqual(t, len(seen), 7, "the scenes must have changes of every kind")
}

// TestChangesInWords is the wording of every cause.
func TestChangesInWords(t *testing.T) {
	for _, tt := range []struct {
		name    string
		policy  Policy
		records *log
		want    []string
	}{
		{"evidence expires", Graduation, enough(20).ok(1, first, yesterday), []string{
			"2026-11-06 00:00:00 UTC: not ready: volume fails: successes of the day before yesterday expire at 00:00 UTC",
			"2026-11-07 00:00:00 UTC: not ready: endpoints fails: successes of the day before yesterday expire at 00:00 UTC; " +
				"scopes fails: successes of the day before yesterday expire at 00:00 UTC",
		}},
		{"an error leaves the 48 h", Graduation, enough(22).answers(5, first, 401, before), []string{
			"2026-11-05 23:59:59 UTC: ready: auth-errors holds: errors leave the window of 48 h",
			"2026-11-07 00:00:00 UTC: not ready: volume fails: successes of the day before yesterday expire at 00:00 UTC; " +
				"endpoints fails: successes of the day before yesterday expire at 00:00 UTC; " +
				"scopes fails: successes of the day before yesterday expire at 00:00 UTC",
		}},
		{"a 429 leaves the 48 h, and calls that dilute it before", Strictest, enough(25).ok(30, first, before.Add(-time.Hour)).answers(2, first, 429, before), []string{
			"2026-11-05 22:59:59 UTC: not ready: client-errors fails: calls that diluted the errors leave the window of 48 h",
			"2026-11-05 23:59:59 UTC: ready: client-errors holds: errors leave the window of 48 h; rate-limit holds: the last response 429 leaves the window of 48 h",
			"2026-11-07 00:00:00 UTC: not ready: volume fails: successes of the day before yesterday expire at 00:00 UTC; " +
				"endpoints fails: successes of the day before yesterday expire at 00:00 UTC; " +
				"scopes fails: successes of the day before yesterday expire at 00:00 UTC",
		}},
		{"an endpoint is forgotten", Graduation, enough(22).ok(1, rcapi.ReadExtension, before), []string{
			"2026-11-05 23:59:59 UTC: ready: endpoints holds: an endpoint that is not declared has not been called for 48 h",
			"2026-11-07 00:00:00 UTC: not ready: volume fails: successes of the day before yesterday expire at 00:00 UTC; " +
				"endpoints fails: successes of the day before yesterday expire at 00:00 UTC; " +
				"scopes fails: successes of the day before yesterday expire at 00:00 UTC",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, c := range Forecast(tt.policy, both(), tt.records.all(), noon).Changes {
				got = append(got, c.String())
			}
			assert.Equal(t, tt.want, got)
		})
	}
}

// TestErrorsDiluteOrAge compares both ways out.
func TestErrorsDiluteOrAge(t *testing.T) {
	f := Forecast(Strictest, both(), enough(30).answers(2, first, 401, today).answers(1, second, 404, yesterday).all(), noon)
	assert.Equal(t, []ErrorOutlook{
		{Rule: RuleAuthErrors, Errors: 2, Dilute: 8, Holds: time.Date(2026, 11, 7, 0, 0, 0, 0, time.UTC).Add(time.Hour), Gone: today.Add(48 * time.Hour)},
		{Rule: RuleClientErrors, Errors: 3, Dilute: 28, Holds: today.Add(48 * time.Hour), Gone: today.Add(48 * time.Hour)},
	}, f.Errors)
	assert.Empty(t, Forecast(Strictest, both(), enough(30).all(), noon).Errors)
}

func TestConsole(t *testing.T) {
	f := Forecast(Graduation, both(), enough(21).all(), noon)
	assert.Equal(t, today, f.Last)
	assert.Equal(t, today.Add(5*time.Minute), f.Console(5*time.Minute))
	assert.Equal(t, today, f.Console(-time.Minute))
	assert.Zero(t, Forecast(Graduation, both(), new(log).all(), noon).Console(time.Hour))
}
