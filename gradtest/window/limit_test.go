package window

import (
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// documented returns the platform's limits with changes. The figures are independent of the table of package rcapi.
func documented(changes map[string]Limit) map[string]Limit {
	all := map[string]Limit{
		"light": {50, minute, minute}, "medium": {40, minute, minute}, "heavy": {10, minute, minute}, "auth": {5, minute, minute},
		"nothrottling": {0, minute, minute}, Unlisted: {10, minute, minute},
	}
	maps.Copy(all, changes)
	return all
}

func TestLimits(t *testing.T) {
	s := NewState(map[string]Limit{
		" SMS ":  {Calls: 40},
		"Light":  {Calls: 7, Per: 3 * time.Second, Penalty: time.Second},
		"broken": {Calls: -1, Per: -1, Penalty: -1},
	})
	for group, want := range map[string]Limit{
		"sms":          {40, time.Minute, time.Minute},
		"LIGHT":        {7, 3 * time.Second, time.Second},
		"never listed": {1, time.Minute, time.Minute},
		"broken":       {0, time.Minute, time.Minute},
	} {
		got, learned := s.Limit(group)
		assert.Equal(t, want, got, group)
		assert.False(t, learned, group)
	}
	assert.Empty(t, s.buckets, "asking makes nothing")
}

func TestUnlisted(t *testing.T) {
	s := NewState(map[string]Limit{Unlisted: {Calls: 3, Per: time.Second}, "light": {Calls: 9}})
	got, _ := s.Limit("brand-new")
	assert.Equal(t, Limit{3, time.Second, time.Minute}, got)
	got, _ = s.Limit("light")
	assert.Equal(t, Limit{9, time.Minute, time.Minute}, got)
}

func TestRefusal(t *testing.T) {
	for _, c := range []struct {
		name    string
		penalty time.Duration
		after   time.Duration
		want    time.Duration
	}{
		{"the server says", time.Minute, 5 * time.Second, 5 * time.Second},
		{"it does not", 2 * time.Minute, 0, 2 * time.Minute},
		{"nor is the penalty long", 3 * time.Second, 0, 30 * time.Second},
	} {
		assert.Equal(t, c.want, Limit{Penalty: c.penalty}.refusal(c.after), c.name)
	}
}

func TestFold(t *testing.T) {
	long := string(make([]byte, 100))
	var buf [longestName]byte
	for in, want := range map[string]string{
		"light": "light", "LIGHT": "light", " Custom_9 ": "custom_9", "": "", "  ": "", "Ä": "Ä", long: long[:longestName],
	} {
		assert.Equal(t, want, string(fold(&buf, in)), "%q", in)
	}
}

func TestNamesInAnyCaseAllocateNothing(t *testing.T) {
	s := NewState(documented(nil))
	now := time.Now()
	c := Call{ID: "a", Groups: []string{"Light", "SMS"}}
	s.Next(now, c)
	assert.Zero(t, testing.AllocsPerRun(100, func() {
		s.Next(now, c)
		s.Limit("LIGHT")
	}))
	assert.Len(t, s.buckets, 2)
}
