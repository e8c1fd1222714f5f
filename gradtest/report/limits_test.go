package report

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	ratelimit "github.com/graduationkit/ringcentral/gradtest/window"
)

func TestLimits(t *testing.T) {
	var c calls
	c.add(1, 200, rcapi.ReadUserCallLog, 3*time.Hour)
	c.add(1, 200, rcapi.ReadUserCallLog, 2*time.Hour)
	c.add(1, 429, rcapi.ReadUserCallLog, time.Hour)
	c.add(1, 0, rcapi.ReadUserCallLog, time.Hour)
	c.add(1, 200, rcapi.ReadExtension, time.Hour)
	c[0].Signal = ratelimit.Signal{Group: "Heavy", Limit: 10, Window: time.Minute, Remaining: 0}
	c[1].Signal = ratelimit.Signal{Group: "heavy", Limit: 20, Window: time.Minute, Remaining: 7}
	c[2].Signal = ratelimit.Signal{Group: "heavy", Refused: true}
	c[1].Waited, c[2].Waited = 38*time.Second, 99*time.Millisecond
	c[3].Kind, c[3].Groups, c[3].Waited = c[0].Kind, []string{"heavy"}, 22*time.Second // no response
	c[4].Groups = []string{"light"}

	got := limits(NewCalls(c.all()))
	none := 0
	assert.Equal(t, []Limit{{
		Group: "heavy", Calls: 20, Window: time.Minute, Remaining: &none, Refused: 1, Waits: 2, Waited: time.Minute, Longest: 38 * time.Second,
	}}, got, "of light nothing is known")
	assert.Equal(t, "20 calls in 1m", got[0].Stated())
	assert.Equal(t, "1m by 2 calls, at most 38s", got[0].Time())
	assert.Equal(t, "none", Limit{}.Time())
	assert.Equal(t, "not stated", Limit{}.Stated())
	assert.Equal(t, "1.3s by 1 call", Limit{Waits: 1, Waited: 1270 * time.Millisecond}.Time())
	assert.Equal(t, "1h by 3 calls, at most 20m", Limit{Waits: 3, Waited: time.Hour, Longest: 20 * time.Minute}.Time())
}
