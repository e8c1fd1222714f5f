package window

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestMinDuration(t *testing.T) {
	short := map[string]Limit{"light": {Calls: 50, Per: 3 * time.Second}, "medium": {Calls: 40, Per: 3 * time.Second}, "heavy": {Calls: 10, Per: 3 * time.Second}}
	for _, c := range []struct {
		name   string
		n      map[string]int
		limits map[string]Limit
		want   time.Duration
	}{
		{"nothing to do", nil, nil, 0},
		{"no calls", map[string]int{"heavy": 0, "light": -1}, nil, 0},
		{"just one window", map[string]int{"heavy": 10}, nil, 0},
		{"one call more", map[string]int{"Heavy": 11}, nil, time.Minute},
		{"two full windows", map[string]int{"heavy": 20}, nil, time.Minute},
		{"and one more", map[string]int{"heavy": 21}, nil, 2 * time.Minute},
		{"groups side by side", map[string]int{"light": 60, "medium": 300, "heavy": 30}, nil, 7 * time.Minute},
		{"unlimited", map[string]int{"NoThrottling": 1e6}, nil, 0},
		{"unknown groups are heavy", map[string]int{"new": 30}, nil, 2 * time.Minute},
		{"the measured reference", map[string]int{"light": 20, "medium": 20, "heavy": 20}, short, 3 * time.Second},
	} {
		assert.Equal(t, c.want, MinDuration(c.n, documented(c.limits)), c.name)
	}
}
