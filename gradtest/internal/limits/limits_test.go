package limits

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

func TestDocumented(t *testing.T) {
	want := map[string]int{"light": 50, "medium": 40, "heavy": 10, "auth": 5, "nothrottling": 0, "sms": 40, "mms": 50, window.Unlisted: 10}
	got := Documented()
	assert.Len(t, got, len(want))
	for name, calls := range want {
		assert.Equal(t, window.Limit{Calls: calls, Per: time.Minute, Penalty: time.Minute}, got[name], name)
	}
	got["light"] = window.Limit{}
	assert.Equal(t, 50, Documented()["light"].Calls, "the map is the caller's")
}

func TestWith(t *testing.T) {
	few := window.Limit{Calls: 3, Per: time.Second}
	s := window.NewState(With(map[string]window.Limit{" HEAVY ": few}))
	for group, calls := range map[string]int{"heavy": 3, "brand-new": 3, "light": 50, "SMS": 40} {
		got, learned := s.Limit(group)
		assert.Equal(t, calls, got.Calls, group)
		assert.False(t, learned, group)
	}
	assert.Equal(t, few, With(map[string]window.Limit{window.Unlisted: few})[window.Unlisted])
	assert.Equal(t, 10, With(map[string]window.Limit{window.Unlisted: few})["heavy"].Calls)
}
