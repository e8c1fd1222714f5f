package window

import (
	"net/http"
	"strings"
	"time"
)

// Signal is what an answer's status and headers state about limits. The zero value states nothing.
type Signal struct {
	Group      string        // X-Rate-Limit-Group in lower case; empty: absent
	Limit      int           // X-Rate-Limit-Limit; 0: absent or unusable
	Window     time.Duration // X-Rate-Limit-Window; 0: absent or unusable
	Remaining  int           // X-Rate-Limit-Remaining + 1; 0: absent or unusable
	RetryAfter time.Duration // Retry-After; 0: absent or unusable
	Refused    bool          // 429 for rate: a penalty begins
}

// Bounds of believable header values. The platform's own figures are 5 to 200 calls in 60 s.
const (
	mostCalls     = 100_000
	longestWindow = 24 * time.Hour
	longestRetry  = 24 * time.Hour
)

// ReadSignal reads what an answer states about limits. A Retry-After that is a date is compared with now.
//
// A header is ignored if it occurs twice or is not one plain decimal number within its bounds: X-Rate-Limit-Limit 1
// to 100,000, X-Rate-Limit-Window 1 s to 24 h, X-Rate-Limit-Remaining 0 to the limit. Retry-After is a number of
// seconds or an HTTP date. Zero and dates in the past are ignored; more than 24 h is taken as 24 h rather than
// ignored, since sending too early restarts the penalty. A group is a word of up to 64 letters, digits, dashes and
// underscores.
//
// Every 429 is taken as a refusal for rate; see [Signal.WithCode] for the exception.
func ReadSignal(status int, h http.Header, now time.Time) Signal {
	s := Signal{
		Group:      groupName(one(h, "X-Rate-Limit-Group")),
		RetryAfter: retryAfter(one(h, "Retry-After"), now),
		Refused:    status == http.StatusTooManyRequests,
	}
	if n, ok := decimal(one(h, "X-Rate-Limit-Limit")); ok && n >= 1 && n <= mostCalls {
		s.Limit = n
	}
	if n, ok := decimal(one(h, "X-Rate-Limit-Window")); ok && n >= 1 && n <= int(longestWindow/time.Second) {
		s.Window = time.Duration(n) * time.Second
	}
	if n, ok := decimal(one(h, "X-Rate-Limit-Remaining")); ok && n <= mostCalls && (s.Limit == 0 || n <= s.Limit) {
		s.Remaining = n + 1
	}
	return s
}

// WithCode returns s corrected by the errorCode of the answer's body: CMN-304 is a 429 for two identical requests in
// flight. It is unrelated to rate limits and starts no penalty.
func (s Signal) WithCode(code string) Signal {
	if code == "CMN-304" {
		s.Refused = false
	}
	return s
}

// rated reports whether the answer had any of the rate headers. Answers under a user's limit have them; refusals by
// account-level and global limits do not.
func (s Signal) rated() bool {
	return s.Group != "" || s.Limit > 0 || s.Window > 0 || s.Remaining > 0
}

// Sane returns s without values that are out of bounds: signals also come from files and from callers' code. Gates
// apply it to each Answer.
func (s Signal) Sane() Signal {
	if s.Limit < 0 || s.Limit > mostCalls {
		s.Limit = 0
	}
	if s.Window < 0 || s.Window > longestWindow {
		s.Window = 0
	}
	if s.Remaining < 0 || s.Remaining > mostCalls+1 {
		s.Remaining = 0
	}
	s.RetryAfter = min(max(s.RetryAfter, 0), longestRetry)
	return s
}

// one returns a header's value if it occurs exactly once.
func one(h http.Header, key string) string {
	if v := h.Values(key); len(v) == 1 {
		return strings.TrimSpace(v[0])
	}
	return ""
}

// decimal reads a number of digits only; one that does not fit an int is read as the largest int.
func decimal(v string) (n int, ok bool) {
	const most = int(^uint(0) >> 1)
	for i := range len(v) {
		d := v[i]
		if d < '0' || d > '9' {
			return 0, false
		}
		if n > (most-int(d-'0'))/10 {
			n = most
			continue
		}
		n = n*10 + int(d-'0')
	}
	return n, v != ""
}

func retryAfter(v string, now time.Time) time.Duration {
	if n, ok := decimal(v); ok {
		return time.Duration(min(n, int(longestRetry/time.Second))) * time.Second
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	return min(max(at.Sub(now), 0), longestRetry)
}

// groupName returns v in lower case if it can be the name of a group: a word of letters, digits, dashes and underscores
// that begins with a letter. Anything else, such as a phone number or an address, must not get into a ledger.
func groupName(v string) string {
	if v == "" || len(v) > longestName || !letter(v[0]) {
		return ""
	}
	digits := 0 // in a row
	for i := range len(v) {
		switch c := v[i]; {
		case c >= '0' && c <= '9':
			digits++
		case letter(c), c == '-', c == '_':
			digits = 0
		default:
			return ""
		}
		if digits > 4 {
			return ""
		}
	}
	return strings.ToLower(v)
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
