package lines

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// FuzzTime compares fast parsing with careful parsing.
func FuzzTime(f *testing.F) {
	for _, s := range []string{
		"2026-11-23T12:00:00Z", "2026-11-23T12:00:00.1Z", "2026-11-23T23:59:59.123456789Z", "2026-11-23T23:59:60Z", "2026-11-23T24:00:00Z",
		"2026-02-30T12:00:00Z", "2026-11-23T12:00:00.Z", "2026-11-23T12:00:00,5Z", "2026-11-23T12:00:00,5Z", "2026-11-23T12:00:00.1234567891Z", "2026-11-23t12:00:00Z",
		"2026-11-23T12:00:00+01:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z", "0000-01-01T00:00:00Z", "2026-11-23T1:00:00Z", "Z", "",
		"2026-11-23T12-00:00Z", "2026-11-23T12:00:0aZ", "2026-11-23T12:00:00.5xZ", "-026-11-23T12:00:00Z",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := parseTime([]byte(text))
		for _, day := range []date{{}, {text: "2026-11-23T", start: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)}} {
			s := Shared{day: day}
			for range 2 { // the second time the day is known
				assert.Equal(t, want, s.time([]byte(text)), "%q", text)
			}
		}
	})
}

func TestTimesThatAreNone(t *testing.T) {
	for _, text := range []string{
		"2026-11-23T23:59:60Z", "2026-11-23T24:00:00Z", "2026-02-30T12:00:00Z", "2026-11-23T12:00:00.Z",
		"2026-11-23T12:00:00+01:00", "Z", "", "2026-11-23T12-00:00Z", "2026-11-23T12:00:0aZ", "2026-11-23T12:00:00.5xZ",
		"-026-11-23T12:00:00Z", "2026-11-23t12:00:00Z",
	} {
		assert.Zero(t, parseTime([]byte(text)), "%q", text)
	}
}
