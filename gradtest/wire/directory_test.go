package wire

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// TestOverADirectory uses the directory store: for an answer, a call without an answer, and one that was not sent.
func TestOverADirectory(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery == "drop" {
			c, _, _ := http.NewResponseController(w).Hijack()
			_ = c.Close()
		}
	}))
	defer server.Close()
	dir := t.TempDir()
	open := func() *ledger.Dir {
		d, err := ledger.Open(dir)
		require.NoError(t, err)
		return d
	}
	d := open()
	w := newScene(t, server.URL, func(c *Config) { c.Store, c.Gate = d, d.Gate(nil) })
	call := func(rt http.RoundTripper, query string) {
		req, err := http.NewRequest("POST", server.URL+"/restapi/v1.0/subscription?"+query, nil)
		require.NoError(t, err)
		if resp, err := rt.RoundTrip(req); err == nil {
			_ = resp.Body.Close()
		}
	}
	call(w, "")
	call(w, "drop")
	call(w.WithBase(&http.Transport{DialContext: dialError(assert.AnError)}), "")
	require.NoError(t, d.Close())

	d = open()
	defer d.Close()
	var done []ledger.Record
	for r, err := range d.Records(t.Context(), time.Time{}) {
		require.NoError(t, err)
		if r.Kind == ledger.Done {
			done = append(done, r)
		}
	}
	require.Len(t, done, 3)
	assert.Equal(t, []int{200, 0, 0}, []int{done[0].Status, done[1].Status, done[2].Status})
	assert.Equal(t, ClassEOF, done[1].Code)
	assert.Equal(t, "createSubscription", done[1].Op)
	assert.Empty(t, done[2].Groups)
	assert.True(t, done[2].Sent.IsZero())
}
