package main

import (
	"encoding/json"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// strict simulates the platform without any code of this project: sliding-window limits by time of arrival, a penalty
// interval that each further request restarts, network jitter, and connections that break after the request was
// counted.
type strict struct {
	window time.Duration
	limits map[string]int
	drops  float64

	mu       sync.Mutex
	arrivals map[string][]time.Time
	penalty  map[string]time.Time
	refused  int
	answered map[string]int // 2xx by method and path
	ids      int
	alive    map[string]bool // created and not yet deleted
}

func newStrict(window time.Duration, drops float64) *strict {
	return &strict{
		window: window, drops: drops, limits: map[string]int{"light": 50, "medium": 40, "heavy": 10, "auth": 5},
		arrivals: map[string][]time.Time{}, penalty: map[string]time.Time{}, answered: map[string]int{}, alive: map[string]bool{},
	}
}

// group returns the documented usage-plan group of the example's operations.
func group(method, path string) string {
	switch {
	case strings.HasPrefix(path, "/restapi/oauth/"):
		return "auth"
	case strings.HasSuffix(path, "/call-log"), strings.Contains(path, "/address-book/"):
		return "heavy"
	case method != http.MethodGet:
		return "medium"
	}
	return "light"
}

func (s *strict) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	g := group(r.Method, r.URL.Path)
	left, ok := s.admit(g)
	time.Sleep(time.Duration(rand.IntN(20)) * time.Millisecond) // the latency of a server, so that answers change places
	h := w.Header()
	h.Set("X-Rate-Limit-Group", g)
	h.Set("X-Rate-Limit-Limit", strconv.Itoa(s.limits[g]))
	h.Set("X-Rate-Limit-Remaining", strconv.Itoa(left))
	h.Set("X-Rate-Limit-Window", strconv.Itoa(int(s.window.Seconds())))
	h.Set("Content-Type", "application/json")
	if !ok {
		h.Set("Retry-After", strconv.Itoa(int(s.window.Seconds())))
		w.WriteHeader(http.StatusTooManyRequests)
		return
	}
	if rand.Float64() < s.drops && g != "auth" {
		panic(http.ErrAbortHandler)
	}
	s.answer(w, r, body)
}

// left returns how many created resources have not been deleted.
func (s *strict) left() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.alive)
}

func (s *strict) admit(g string) (left int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	var kept []time.Time
	for _, at := range s.arrivals[g] {
		if now.Sub(at) < s.window {
			kept = append(kept, at)
		}
	}
	if now.Before(s.penalty[g]) || len(kept) >= s.limits[g] {
		s.penalty[g] = now.Add(s.window)
		s.refused++
		return 0, false
	}
	s.arrivals[g] = append(kept, now)
	return s.limits[g] - len(kept) - 1, true
}

func (s *strict) answer(w http.ResponseWriter, r *http.Request, body []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answered[r.Method+" "+r.URL.Path]++
	switch {
	case r.URL.Path == "/restapi/oauth/token":
		_, _ = io.WriteString(w, `{"access_token":"t","token_type":"bearer","expires_in":3600,"scope":"ReadAccounts ReadCallLog ReadMessages SMS `+
			`ReadPresence ReadContacts Contacts SubscriptionWebhook"}`)
	case r.Method == http.MethodDelete:
		delete(s.alive, r.URL.Path)
		w.WriteHeader(http.StatusNoContent)
	case r.Method == http.MethodPost:
		s.ids++
		id := strconv.Itoa(s.ids)
		if !strings.HasSuffix(r.URL.Path, "/sms") {
			s.alive[r.URL.Path+"/"+id] = true
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"id": id, "bytes": len(body)})
	default:
		_, _ = io.WriteString(w, `{"records":[]}`)
	}
}
