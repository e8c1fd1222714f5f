package window

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestPenaltyRestart(t *testing.T) {
	var p penalty
	assert.False(t, p.until.After(noon), "the zero value is over")
	p.restart(noon, time.Minute)
	p.restart(noon.Add(time.Second), time.Second)
	assert.Equal(t, noon.Add(time.Minute), p.until, "never shortened")
	p.restart(noon.Add(time.Second), time.Minute)
	assert.Equal(t, noon.Add(61*time.Second), p.until)
}

func TestPenaltyClamp(t *testing.T) {
	for _, c := range []struct {
		ahead, want time.Duration // from now: the beginning, the end of one of a minute
	}{
		{-10 * time.Second, 50 * time.Second},
		{time.Second, 61 * time.Second}, // readings are not reported in order
		{time.Second + 1, time.Minute},
		{5 * time.Hour, time.Minute},
	} {
		var p penalty
		p.restart(noon.Add(c.ahead), time.Minute)
		p.clamp(noon, noon.Add(slack))
		assert.Equal(t, c.want, p.until.Sub(noon), c.ahead)
	}
}
