package criteria

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestCompareInWords(t *testing.T) {
	six := Graduation
	six.Name, six.PerEndpoint = "six", 6
	for _, tt := range []struct {
		name     string
		records  *log
		policies []Policy
		want     string
	}{
		{"all pass", enough(21), nil, "passes graduation; passes legacy; passes strictest"},
		{"one 429", enough(30).answers(1, first, 429, today), []Policy{Graduation, Legacy}, "passes graduation; " +
			"misses legacy: one 429 at 2026-11-05 01:00:00 UTC, leaves the window at 2026-11-07 01:00:00 UTC"},
		{"several, the last a moment after the others", enough(90).answers(2, first, 429, yesterday).answers(1, first, 429, today), []Policy{Legacy},
			"misses legacy: 3 responses 429, the last at 2026-11-05 01:00:00 UTC, leaves the window at 2026-11-07 01:00:00 UTC"},
		{"errors", enough(36).answers(2, first, 404, today), []Policy{Graduation, Legacy}, "passes graduation; " +
			"misses legacy: 2 of 38 API calls (5.2 %) since 00:00 UTC yesterday, the last at 2026-11-05 01:00:00 UTC, " +
			"leaves the window at 2026-11-07 01:00:00 UTC"},
		{"one call short of one of them", enough(20), nil, "misses graduation: volume: 20 successful calls, needs 21 successful calls; passes legacy; " +
			"misses strictest: volume: 20 successful calls, needs 21 successful calls"},
		{"a policy of the user", new(log).ok(20, first, today).ok(5, second, today), []Policy{{}, six},
			"passes graduation; misses six: endpoints: 1 of 2 endpoints, needs 6 successful calls on each"},
		{"several rules", new(log).ok(20, first, today), []Policy{Graduation}, "misses graduation: volume: 20 successful calls, needs 21 successful calls, and " +
			"endpoints: 1 of 2 endpoints, needs 5 successful calls on each, and scopes: 1 of 2 app scopes exercised, needs 1 successful call for each"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, Sentence(Compare(both(), tt.records.all(), noon, tt.policies...)))
		})
	}
}

// TestCompareIsEachPolicyAlone: a comparison says what Evaluate and Forecast say, and each miss is a rule that fails,
// with the time at which waiting meets it.
func TestCompareIsEachPolicyAlone(t *testing.T) {
	misses := 0
	for seed := range uint64(100) {
		want, records, now := scene(rand.New(rand.NewPCG(seed, 6)))
		mine := newShortage(seed).anyPolicy()
		all := Compare(want, slices.Values(records), now, append(Policies(), mine)...)
		require.Len(t, all, 4)
		for i, p := range append(Policies(), mine) {
			c := all[i]
			require.Equal(t, p, c.Policy)
			require.Equal(t, Evaluate(p, want, slices.Values(records), now), c.Verdict, "seed %d, %s", seed, p.Name)
			require.Equal(t, Forecast(p, want, slices.Values(records), now), c.Outlook, "seed %d, %s", seed, p.Name)
			var rules []string
			for _, m := range c.Misses {
				misses++
				rules = append(rules, m.Rule)
				require.NotEmpty(t, m.What)
				require.Equal(t, m.Last.IsZero(), m.Gone.IsZero())
				require.False(t, !m.Gone.IsZero() && (m.Holds.IsZero() || m.Holds.After(m.Gone)), "seed %d: %+v", seed, m)
			}
			require.ElementsMatch(t, c.Verdict.open(), append([]string{}, rules...))
		}
	}
	assert.Greater(t, misses, 100)
}

func TestCompareWithoutEvidence(t *testing.T) {
	all := Compare(Want{Endpoints: []Endpoint{{Op: rcapi.ReadExtension}}}, new(log).all(), noon)
	assert.Len(t, all, 3)
	for _, c := range all {
		assert.False(t, c.Verdict.Ready)
		assert.Equal(t, time.Time{}, c.Misses[0].Last)
	}
}
