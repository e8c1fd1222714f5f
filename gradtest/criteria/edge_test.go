package criteria

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestCallsThatSpanAnEdge has calls of which one end is inside a window and the other is not: the app used the endpoint
// until the response; a success, and traffic that dilutes errors, is as old as the request; an error is as young as its
// response.
func TestCallsThatSpanAnEdge(t *testing.T) {
	const long = 10 * time.Second
	edge, first48 := noon.Add(-48*time.Hour), Since(noon)
	other := rcapi.ReadExtension // not declared
	for _, tt := range []struct {
		name                  string
		status                int
		sent, at, latest      time.Time
		got, used, errors     int
		dilutes48, dilutesUTC int // calls in the shares of API traffic
		unknown               int
		unusedAt              time.Time
	}{
		{name: "success over the 48 h", status: 200, sent: edge.Add(-long), at: edge.Add(long), used: 1, unusedAt: noon.Add(long)},
		{name: "success sent at the edge", status: 200, sent: edge, at: edge.Add(1), used: 1, unusedAt: noon.Add(1)},
		{name: "success sent after it", status: 200, sent: edge.Add(1), at: edge.Add(long), used: 1, dilutes48: 1, unusedAt: noon.Add(long)},
		{name: "success answered at the edge", status: 200, sent: edge.Add(-long), at: edge},
		{name: "5xx over the 48 h", status: 500, sent: edge.Add(-long), at: edge.Add(long), used: 1, unusedAt: noon.Add(long)},
		{name: "redirect over the 48 h", status: 302, sent: edge.Add(-long), at: edge.Add(long), used: 1, unusedAt: noon.Add(long)},
		{name: "error over the 48 h", status: 403, sent: edge.Add(-long), at: edge.Add(long), used: 1, errors: 1, dilutes48: 1, unusedAt: noon.Add(long)},
		{name: "error answered at the edge", status: 403, sent: edge.Add(-long), at: edge},
		{name: "no answer, counted by the platform until its latest moment", status: 0, sent: edge.Add(-2 * long), at: edge.Add(-long), latest: edge.Add(long),
			used: 1, unusedAt: noon.Add(long)},
		{name: "success over 00:00 UTC", status: 200, sent: first48.Add(-1), at: first48.Add(long), used: 1, dilutes48: 1, unusedAt: first48.Add(long + 48*time.Hour)},
		{name: "success sent at 00:00 UTC", status: 200, sent: first48, at: first48.Add(long), got: 1, used: 1, dilutes48: 1, dilutesUTC: 1,
			unusedAt: first48.Add(long + 48*time.Hour)},
		{name: "error over 00:00 UTC", status: 401, sent: first48.Add(-1), at: first48.Add(long), used: 1, errors: 1, dilutes48: 1, dilutesUTC: 1,
			unusedAt: first48.Add(long + 48*time.Hour)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := answer(other, tt.status, tt.at)
			r.ID, r.Sent, r.Latest = "spans", tt.sent, tt.latest
			records := slices.Values(append(enough(21).records, r))
			v := Evaluate(Graduation, both(), records, noon)
			assert.Equal(t, 21+tt.got, v.Successes)
			assert.Len(t, v.Endpoints, 2+tt.used)
			for _, e := range v.Endpoints[2:] {
				assert.Equal(t, []int{tt.got, tt.errors, tt.unknown}, []int{e.Got, e.Errors, e.Unknown})
			}
			for _, share := range v.Ratios {
				want := Ratio{Rule: RuleAuthErrors, Window: share.Window, Over: share.Over, Budget: Budget{Calls: 21 + tt.dilutes48, Errors: tt.errors, Below: 5}}
				if share.Window == UTCDays {
					want.Calls, want.Errors = 21+tt.dilutesUTC, min(tt.errors, tt.dilutesUTC)
				}
				assert.Equal(t, want, share)
			}
			assert.Len(t, Observed(slices.Values([]ledger.Record{r}), noon).Endpoints, tt.used)
			if tt.used == 1 {
				assert.Contains(t, v.finding(RuleEndpoints).Fix, stamp(tt.unusedAt))
				for _, at := range []time.Duration{-1, 0} { // it is forgotten at that moment, and not before
					later := Evaluate(Policy{PerEndpoint: 5, CountIn: Rolling48h}, both(), records, tt.unusedAt.Add(at))
					assert.Equal(t, at < 0, len(later.Endpoints) == 3)
				}
			}
		})
	}
}
