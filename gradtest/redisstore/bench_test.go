package redisstore

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/redistest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// BenchmarkDecision measures the admission and settlement of a call while other calls are queued.
func BenchmarkDecision(b *testing.B) {
	for _, queued := range []int{0, 80, 1000} {
		b.Run(fmt.Sprint(queued, " queued"), func(b *testing.B) {
			server := redistest.Start(b)
			s, err := Open(b.Context(), server.URL()+"?quarantine=none", "app")
			require.NoError(b, err)
			defer s.Close()
			g := s.Gate(map[string]window.Limit{"g": {Calls: 40, Per: time.Millisecond}, "h": {Calls: 1, Per: time.Hour}}).(*gate)
			for i := range queued + 1 { // the first is in flight, and the others wait for it
				c := window.Call{ID: fmt.Sprint(i), Groups: []string{"h"}, Timeout: time.Hour}
				_, err := g.decide(b.Context(), &waiter{call: c, nonce: rand.Text(), changed: make(chan struct{}, 1)})
				require.NoError(b, err)
			}
			client := server.Client()
			require.NoError(b, client.Do(b.Context(), "CONFIG", "RESETSTAT").Err())
			for i := 0; b.Loop(); i++ {
				c := window.Call{ID: fmt.Sprint("call", i), Groups: []string{"g"}, Timeout: time.Minute}
				require.NoError(b, g.Admit(b.Context(), c))
				require.NoError(b, g.Settle(b.Context(), c, window.Answer{At: time.Now()}))
			}
			stats, err := client.Info(b.Context(), "commandstats").Result()
			require.NoError(b, err)
			b.ReportMetric(perCall(stats), "server-µs/decision")
		})
	}
}

// perCall returns how long the server was busy with a script, on average.
func perCall(stats string) (us float64) {
	for line := range strings.Lines(stats) {
		if rest, ok := strings.CutPrefix(line, "cmdstat_evalsha:"); ok {
			_, value, _ := strings.Cut(rest, "usec_per_call=")
			_, _ = fmt.Sscanf(value, "%f", &us)
		}
	}
	return us
}
