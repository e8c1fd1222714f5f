package gradtest_test

import (
	"bytes"
	"flag"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// wholeRun is a command line without -run and -skip until the test ends.
func wholeRun(t *testing.T) {
	for _, name := range []string{"test.run", "test.skip"} {
		f := flag.Lookup(name)
		value := f.Value.String()
		require.NoError(t, f.Value.Set(""))
		t.Cleanup(func() { _ = f.Value.Set(value) })
	}
}

// notes are the lines of a log that hold a text.
func notes(log *bytes.Buffer, text string) (found []string) {
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, text) {
			found = append(found, strings.TrimSpace(line))
		}
	}
	return found
}

// TestSessionsNoteDrift: a session notes each call of an operation that the App lacks once, with its line, and when the
// last session ends what nothing has called.
func TestSessionsNoteDrift(t *testing.T) {
	wholeRun(t)
	var log bytes.Buffer
	app := gradtest.App{
		Name:   own("drift"),
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension}, {Op: rcapi.ListMessages},
			{Op: rcapi.ListSites, Exempt: "not in this test"},
		},
		Log: slog.New(slog.NewTextHandler(&log, nil)),
	}
	get := func(t *testing.T, c *http.Client, url string) {
		resp, err := c.Get(url)
		require.NoError(t, err)
		require.NoError(t, resp.Body.Close())
	}
	t.Run("outer", func(t *testing.T) {
		s := gradtest.Start(t, app)
		base := s.URL() + "/restapi/v1.0/account/~/extension/~"
		t.Run("inner", func(t *testing.T) {
			inner := gradtest.Start(t, app)
			get(t, inner.Client(), base)
			get(t, inner.Client(), base+"/presence")
			get(t, inner.Client(), base+"/presence")
			get(t, inner.Client(), s.Gateway()+"/restapi/v1.0/account/~/extension/~/address-book/contact")
		})
		assert.Empty(t, notes(&log, "Declared, and not called"), "another session is open")
		get(t, s.Client(), base+"/presence?again")
	})
	found := notes(&log, "Not declared: ")
	require.Len(t, found, 2, "one for each operation")
	assert.Regexp(t, `Not declared: GET /restapi/v1\.0/account/\{accountId\}/extension/\{extensionId\}/presence is called at [a-z/]*drift_test\.go:\d+, `+
		`but App\.Endpoints does not have it: add \{Op: rcapi\.ReadUserPresenceStatus\}, and rcapi\.ScopeReadPresence to App\.Scopes, or stop calling it\.`, found[0])
	assert.Contains(t, found[1], "address-book/contact is called through the gateway, ")

	t.Run("again", func(t *testing.T) {
		s := gradtest.Start(t, app)
		get(t, s.Client(), s.URL()+"/restapi/v1.0/account/~/extension/~")
	})
	found = notes(&log, "Declared, and not called so far: ")
	require.Len(t, found, 1, "once")
	assert.Contains(t, found[0], "so far: listMessages. gradtest.Run calls what is missing")
}

// TestSuitesNoteNoDrift: a sweep calls what is declared, and its report has the rest.
func TestSuitesNoteNoDrift(t *testing.T) {
	var log bytes.Buffer
	app := gradtest.App{
		Name: own("nodrift"), Scopes: []rcapi.Scope{rcapi.ScopeReadMessages}, Log: slog.New(slog.NewTextHandler(&log, nil)),
		Endpoints: []gradtest.Endpoint{{
			Op: rcapi.ReadMessage, Calls: 21, Prepare: gradtest.FromList(rcapi.ListMessages, "records.0.id", "messageId"),
		}},
	}
	_, err := gradtest.Sweep(t.Context(), app)
	require.NoError(t, err)
	assert.Empty(t, notes(&log, "eclared"))
}
