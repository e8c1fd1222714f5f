package window

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// strictServer is the platform at its strictest, with its own arithmetic: at most Calls arrivals in any half-open
// window of Per, a refusal begins a penalty, and every call that arrives in a penalty restarts it.
type strictServer struct {
	mu       sync.Mutex
	limits   map[string]Limit
	arrivals map[string][]time.Time
	closed   map[string]time.Time
	refused  []string
	last     time.Time
}

func newStrictServer(limits map[string]Limit) *strictServer {
	return &strictServer{limits: limits, arrivals: make(map[string][]time.Time), closed: make(map[string]time.Time)}
}

// arrive counts a call in group and answers with truthful headers.
func (j *strictServer) arrive(group string) (status int, h http.Header) {
	j.mu.Lock()
	defer j.mu.Unlock()
	group = strings.ToLower(group)
	now, l := time.Now(), j.limits[group]
	j.last = now
	in := 0
	for _, at := range j.arrivals[group] {
		if now.Sub(at) < l.Per {
			in++
		}
	}
	h = http.Header{}
	h.Set("X-Rate-Limit-Group", group)
	h.Set("X-Rate-Limit-Limit", strconv.Itoa(l.Calls))
	h.Set("X-Rate-Limit-Window", strconv.Itoa(int(l.Per/time.Second)))
	if now.Before(j.closed[group]) || in >= l.Calls {
		j.refused = append(j.refused, fmt.Sprintf("%s at %s: %d in the window", group, now.Format("15:04:05.000"), in))
		j.closed[group] = now.Add(l.Per)
		h.Set("X-Rate-Limit-Remaining", "0")
		h.Set("Retry-After", strconv.Itoa(int(l.Per/time.Second)))
		return http.StatusTooManyRequests, h
	}
	j.arrivals[group] = append(j.arrivals[group], now)
	h.Set("X-Rate-Limit-Remaining", strconv.Itoa(l.Calls-in-1))
	return http.StatusOK, h
}
