package gradtest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/target"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

func TestFailedCalls(t *testing.T) {
	store, now := ledger.NewMemory(), time.Now()
	for i := range 9 {
		status := 403
		if i == 8 {
			status = 200
		}
		require.NoError(t, store.Append(t.Context(), ledger.Record{
			Kind: ledger.Done, ID: fmt.Sprint("c", i), At: now.Add(time.Duration(i-20) * time.Minute), Op: "listMessages", Method: "GET",
			Path: rcapi.ListMessages.Path, Status: status, Code: "CMN-401", Site: fmt.Sprintf("crm/client.go:%d", i),
		}))
	}
	s := &session{target: &target.Target{Store: store}}
	out := s.failedCalls(t.Context(), ofEndpoint(Endpoint{Op: rcapi.ListMessages}), " --endpoint listMessages")
	assert.Equal(t, 5, strings.Count(out, "403 CMN-401 listMessages at "), out)
	assert.Contains(t, out, "crm/client.go:7", "the latest")
	assert.NotContains(t, out, "crm/client.go:2,")
	assert.Equal(t, 1, strings.Count(out, "the app lacks the app scope"), "explained once")
	assert.Contains(t, out, "and 3 calls before: go tool gradtest calls --failed --endpoint listMessages")
	assert.Empty(t, s.failedCalls(t.Context(), ofEndpoint(Endpoint{Op: rcapi.ReadExtension}), ""))
	breaks := func(rule string) func(report.Call) bool {
		return func(c report.Call) bool { return c.Breaks(rule) }
	}
	assert.NotEmpty(t, s.failedCalls(t.Context(), breaks(criteria.RuleAuthErrors), ""))
	assert.Empty(t, s.failedCalls(t.Context(), breaks(criteria.RuleRateLimit), ""))
	assert.Empty(t, s.failedCalls(t.Context(), breaks(criteria.RuleVolume), ""))
}
