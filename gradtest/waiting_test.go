package gradtest_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// waits keeps what App.Progress says about waits, with the second of each.
type waits struct {
	start time.Time
	lines []string
	seen  []gradtest.Progress
}

func (w *waits) report(p gradtest.Progress) {
	if p.Waiting != "" {
		w.lines = append(w.lines, fmt.Sprintf("%d: %d/%d, %s", int(time.Since(w.start).Seconds()), p.Done, p.Total, p.Waiting))
		w.seen = append(w.seen, p)
	}
}

// TestWaitingIsVisible: a sweep says what it waits for when it begins to wait and every ten seconds, in one line.
func TestWaitingIsVisible(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog}}, func(t *testing.T, s *stage) {
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadUserCallLog, Calls: 25})
		w := &waits{start: time.Now()}
		app.Progress = w.report
		_, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		require.Greater(t, len(w.lines), 6)
		assert.Contains(t, w.lines[0], "waiting: heavy window full, next slot in 60 s", "at once")
		assert.Equal(t, []string{
			"10: 10/25, waiting: heavy window full, next slot in 50 s",
			"20: 10/25, waiting: heavy window full, next slot in 40 s",
			"30: 10/25, waiting: heavy window full, next slot in 30 s",
			"40: 10/25, waiting: heavy window full, next slot in 20 s",
			"50: 10/25, waiting: heavy window full, next slot in 10 s",
		}, w.lines[1:6])
		p := w.seen[2]
		require.Len(t, p.Groups, 1)
		assert.Equal(t, "heavy", p.Groups[0].Group)
		assert.Equal(t, 15, p.Groups[0].Calls)
		assert.InDelta(t, 100*time.Second, p.Left, float64(2*time.Second), "two windows, and 20 s of the first are over")

		var waited []time.Duration
		for r, err := range s.store.Records(t.Context(), time.Time{}) {
			require.NoError(t, err)
			if r.Kind == ledger.Done && !r.OAuth {
				waited = append(waited, r.Waited.Round(time.Minute))
			}
		}
		assert.Equal(t, slices.Concat(make([]time.Duration, 10), slices.Repeat([]time.Duration{time.Minute}, 15)), waited,
			"the record of a call says how long it waited for its slot")

		before := len(w.lines)
		time.Sleep(time.Minute)
		assert.Len(t, w.lines, before, "nothing is said after the sweep")
	})
}

func TestWaitsForResponsesAreVisible(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension, Calls: 21})
		w := &waits{start: time.Now()}
		app.Progress = w.report
		_, err := s.Fail(rctest.Fault{Operation: rcapi.ReadExtension.ID, Delay: 25 * time.Second, Times: 1})
		require.NoError(t, err)
		_, err = s.Fail(rctest.Fault{Operation: rcapi.ReadExtension.ID, Status: 503, RetryAfter: 30 * time.Second, Times: 1})
		require.NoError(t, err)
		_, err = gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		all := strings.Join(w.lines, "\n")
		assert.Contains(t, all, "5: 0/21, waiting: no response to readExtension yet, given up in 55 s")
		assert.Contains(t, all, "20: 0/21, waiting: no response to readExtension yet, given up in 40 s")
		assert.Regexp(t, regexp.MustCompile(`readExtension failed \(readExtension was answered 503.*\), repeated in 30 s`), all)
	})
}

// TestSessionsSayWhatTheyWaitFor: in the output of a test, once a process and not once a session.
func TestSessionsSayWhatTheyWaitFor(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog}}, func(t *testing.T, s *stage) {
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadUserCallLog})
		var out lockedBuffer
		var tests sync.WaitGroup
		for range 3 {
			session := gradtest.Start(output{t, &out}, app)
			tests.Go(func() {
				for range 5 {
					read(t, session, rcapi.ReadUserCallLog)
				}
			})
		}
		tests.Wait()
		var lines []string
		for line := range strings.Lines(out.String()) {
			if strings.HasPrefix(line, "waiting: ") {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
		require.NotEmpty(t, lines)
		assert.Equal(t, "waiting: heavy window full, next slot in 60 s", lines[0])
		assert.Len(t, lines, 6, "when it begins, and every ten seconds: %q", lines)
		assert.LessOrEqual(t, strings.Count(out.String(), "Target: "), 1)
	})
}

// lockedBuffer is a buffer for several tests.
type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

// limited is a test that -timeout ends after a while.
type limited struct {
	output
	end time.Time
}

func (l limited) Deadline() (time.Time, bool) { return l.end, true }

// TestTheTimeLimitIsNamed: a call whose slot would come after -timeout fails at once and says so.
func TestTheTimeLimitIsNamed(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog}}, func(t *testing.T, s *stage) {
		var out lockedBuffer
		session := gradtest.Start(limited{output{t, &out}, time.Now().Add(30 * time.Second)}, s.app(gradtest.Endpoint{Op: rcapi.ReadUserCallLog}))
		for range 10 {
			read(t, session, rcapi.ReadUserCallLog)
		}
		start := time.Now()
		call := func(ctx context.Context) error {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, session.URL()+mustExpand(t, rcapi.ReadUserCallLog), nil)
			require.NoError(t, err)
			_, err = session.Client().Do(req)
			return err
		}
		err := call(t.Context())
		require.ErrorContains(t, err, "-timeout leaves no more time: what is done is kept")
		assert.ErrorContains(t, err, "group heavy has no free slot")
		assert.Zero(t, time.Since(start), "it does not wait")

		short, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		err = call(short)
		require.Error(t, err)
		assert.NotContains(t, err.Error(), "-timeout", "the call's own limit is shorter")
	})
}
