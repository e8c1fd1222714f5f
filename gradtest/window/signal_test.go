package window

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// noon is a time without a monotonic reading.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func headers(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

func TestReadSignal(t *testing.T) {
	const g, l, r, w, ra = "X-Rate-Limit-Group", "X-Rate-Limit-Limit", "X-Rate-Limit-Remaining", "X-Rate-Limit-Window", "Retry-After"
	for _, c := range []struct {
		name   string
		status int
		h      http.Header
		want   Signal
	}{
		{"nothing", 200, nil, Signal{}},
		{"as on the wire", 200, headers(g, "light", l, "50", r, "49", w, "60"),
			Signal{Group: "light", Limit: 50, Remaining: 50, Window: time.Minute}},
		{"as in the docs", 200, headers(g, " Heavy ", l, "10", r, "0", w, "60"),
			Signal{Group: "heavy", Limit: 10, Remaining: 1, Window: time.Minute}},
		{"refused", 429, headers(g, "heavy", ra, "60"), Signal{Group: "heavy", RetryAfter: time.Minute, Refused: true}},
		{"refused without a word", 429, nil, Signal{Refused: true}},
		{"unavailable", 503, headers(ra, "7"), Signal{RetryAfter: 7 * time.Second}},
		{"not numbers", 200, headers(l, "fifty", r, "many", w, "1m", ra, "soon"), Signal{}},
		{"fractions and signs", 200, headers(l, "50.0", r, "+3", w, "6e1", ra, "1.5"), Signal{}},
		{"negative", 200, headers(l, "-50", r, "-1", w, "-60", ra, "-1"), Signal{}},
		{"zero", 200, headers(l, "0", w, "0", ra, "0"), Signal{}},
		{"huge", 200, headers(l, "100001", r, "100001", w, "86401"), Signal{}},
		{"as large as may be", 200, headers(l, "100000", r, "100000", w, "86400"),
			Signal{Limit: 100_000, Remaining: 100_001, Window: 24 * time.Hour}},
		{"beyond every int", 200, headers(l, strings.Repeat("9", 400), w, strings.Repeat("9", 400)), Signal{}},
		{"a retry in the far future is capped", 429, headers(ra, strings.Repeat("9", 400)), Signal{RetryAfter: 24 * time.Hour, Refused: true}},
		{"more left than allowed", 200, headers(l, "10", r, "11"), Signal{Limit: 10}},
		{"all left", 200, headers(l, "10", r, "10"), Signal{Limit: 10, Remaining: 11}},
		{"leading zeros", 200, headers(l, "0050"), Signal{Limit: 50}},
		{"twice", 200, headers(g, "light", g, "heavy", l, "50", l, "50", r, "1", r, "2", w, "60", w, "1", ra, "1", ra, "2"), Signal{}},
		{"joined", 200, headers(l, "50, 50"), Signal{}},
		{"one bad of many", 200, headers(g, "light", l, "x", w, "60"), Signal{Group: "light", Window: time.Minute}},
		{"a date", 429, headers(ra, noon.Add(90*time.Second).Format(http.TimeFormat)), Signal{RetryAfter: 90 * time.Second, Refused: true}},
		{"a date in the past", 429, headers(ra, noon.Add(-time.Hour).Format(http.TimeFormat)), Signal{Refused: true}},
		{"a date next year", 429, headers(ra, noon.AddDate(1, 0, 0).Format(http.TimeFormat)), Signal{RetryAfter: 24 * time.Hour, Refused: true}},
		{"a group that is no name", 200, headers(g, "li ght"), Signal{}},
		{"a group with control characters", 200, headers(g, "a\x1b[31m"), Signal{}},
		{"a group not in ASCII", 200, headers(g, "größe"), Signal{}},
		{"a group without end", 200, headers(g, strings.Repeat("a", 65)), Signal{}},
		{"the misspelt headers", 200, headers("X-RateLimit-Group", "light", "X-RateLimit-Limit", "5"), Signal{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, ReadSignal(c.status, c.h, noon))
		})
	}
}

func TestWithCode(t *testing.T) {
	s := Signal{Group: "medium", Limit: 40, Refused: true}
	for code, refused := range map[string]bool{"CMN-301": true, "CMN-302": true, "CMN-310": true, "MSG-305": true, "": true, "CMN-304": false} {
		got := s.WithCode(code)
		assert.Equal(t, refused, got.Refused, code)
		assert.Equal(t, 40, got.Limit, code)
	}
}

func TestSane(t *testing.T) {
	assert.Equal(t, Signal{RetryAfter: 24 * time.Hour},
		Signal{Limit: 1 << 30, Window: 25 * time.Hour, Remaining: 1 << 30, RetryAfter: 1 << 60}.Sane())
	assert.Equal(t, Signal{}, Signal{Limit: -1, Window: -1, Remaining: -1, RetryAfter: -1}.Sane())
	whole := Signal{Group: "light", Limit: 50, Window: time.Minute, Remaining: 51, RetryAfter: time.Second, Refused: true}
	assert.Equal(t, whole, whole.Sane())
}

func FuzzReadSignal(f *testing.F) {
	f.Add(200, "light", "50", "49", "60", "")
	f.Add(429, "HEAVY", "10", "0", "60", "60")
	f.Add(429, "", "-1", "99999999999999999999999", "0.5", "Sun, 01 Mar 2026 12:01:00 GMT")
	f.Add(503, "\x00", " 7 ", "0x10", "٣", "Mon, 99 Foo 0000 99:99:99 GMT")
	f.Fuzz(func(t *testing.T, status int, group, limit, remaining, window, retry string) {
		h := headers("X-Rate-Limit-Group", group, "X-Rate-Limit-Limit", limit, "X-Rate-Limit-Remaining", remaining,
			"X-Rate-Limit-Window", window, "Retry-After", retry)
		s := ReadSignal(status, h, noon)
		assert.Equal(t, s, s.Sane(), "what is read is within bounds")
		assert.Equal(t, status == 429, s.Refused)
		assert.LessOrEqual(t, len(s.Group), longestName)
		if s.Limit > 0 {
			assert.LessOrEqual(t, s.Remaining, s.Limit+1)
		}
		if n, err := strconv.Atoi(limit); err == nil && n >= 1 && n <= mostCalls && limit[0] != '+' {
			assert.Equal(t, n, s.Limit)
		}
		now := time.Now()
		st := NewState(documented(nil))
		st.Reserve(Call{ID: "a", Groups: []string{"light"}}, now)
		st.Settle("a", Answer{At: now, Signal: s})
		if o := st.Look(now, Call{ID: "b", Groups: []string{"light", group}}); o.Known {
			assert.LessOrEqual(t, o.At.Sub(now), longestWindow, "no header closes a group for more than a day")
		}
	})
}

func TestAGroupIsNamedByAWord(t *testing.T) {
	for value, want := range map[string]string{
		"light": "light", "Heavy": "heavy", "call-log_2": "call-log_2", "plan2026": "plan2026",
		"+16505550123": "", "jane.doe@example.com": "", "u16505550123": "", "4light": "", "a b": "", "-light": "", "": "",
	} {
		h := http.Header{}
		h.Set("X-Rate-Limit-Group", value)
		assert.Equal(t, want, ReadSignal(200, h, noon).Group, value)
	}
}
