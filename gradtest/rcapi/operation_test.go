package rcapi_test

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestOAuth(t *testing.T) {
	var got []string
	for o := range rcapi.All() {
		if o.OAuth() {
			got = append(got, o.String())
		}
	}
	assert.Equal(t, []string{
		"GET /.well-known/openid-configuration",
		"GET /restapi/oauth/authorize",
		"POST /restapi/oauth/authorize",
		"POST /restapi/oauth/introspect",
		"GET /restapi/oauth/jwks",
		"POST /restapi/oauth/revoke",
		"GET /restapi/oauth/session-info",
		"POST /restapi/oauth/token",
		"GET /restapi/oauth/userinfo",
		"POST /restapi/oauth/wstoken",
	}, got)
	assert.True(t, rcapi.Operation{Path: "/restapi/oauth/device"}.OAuth())
	assert.True(t, rcapi.Operation{Path: "/.well-known/entry-points/initial"}.OAuth())
	assert.False(t, rcapi.Operation{Path: "/restapi/oauthority"}.OAuth())
}

func TestReads(t *testing.T) {
	n := 0
	for o := range rcapi.All() {
		if o.Reads() {
			n++
		}
	}
	assert.Equal(t, 316, n)
	assert.True(t, rcapi.MustParse("HEAD /x").Reads())
	assert.False(t, rcapi.CreateSMSMessage.Reads())
}

func TestGoString(t *testing.T) {
	for _, tt := range []struct {
		value any
		want  string
	}{
		{rcapi.ReadUserCallLog, "rcapi.ReadUserCallLog"},
		{rcapi.ReadUserCallLog.In(rcapi.Light), "rcapi.ReadUserCallLog.In(rcapi.Light)"},
		{rcapi.ReadUserCallLog.Needs(""), `rcapi.ReadUserCallLog.Needs("")`},
		{rcapi.MustParse("GET /x/{y}"), `rcapi.MustParse("GET /x/{y}")`},
		{rcapi.MustParse("GET /x").In("Own").Needs(rcapi.ScopeSMS), `rcapi.MustParse("GET /x").In("Own").Needs(rcapi.ScopeSMS)`},
		{rcapi.Operation{ID: "readUserCallLog", Method: "GET", Path: "/x"}, `rcapi.MustParse("GET /x")`},
		{rcapi.Operation{}, "rcapi.Operation{}"},
		{rcapi.ScopeVoicemail, "rcapi.ScopeVoicemail"},
		{rcapi.Scope("Foo"), `"Foo"`},
	} {
		assert.Equal(t, tt.want, fmt.Sprintf("%#v", tt.value))
	}
}

func TestGoName(t *testing.T) {
	assert.Equal(t, "ReadUserCallLog", rcapi.ReadUserCallLog.GoName())
	assert.Equal(t, "ReadUserCallLog", rcapi.Operation{ID: "readUserCallLog"}.GoName())
	assert.Empty(t, rcapi.MustParse("GET /x").GoName())
	assert.Empty(t, rcapi.Operation{}.GoName())
}

func TestAllStopsWhenAsked(t *testing.T) {
	n := 0
	for range rcapi.All() {
		if n++; n == 3 {
			break
		}
	}
	assert.Equal(t, 3, n)
	assert.Equal(t, slices.Collect(rcapi.All()), slices.Collect(rcapi.All()))
}

func TestLookup(t *testing.T) {
	for o := range rcapi.All() {
		got, ok := rcapi.Lookup(o.ID)
		require.True(t, ok, o.ID)
		assert.Equal(t, o, got)
	}
	for _, id := range []string{"", "ReadUserCallLog", "readUserCallLo", "zzz", "aaa"} {
		_, ok := rcapi.Lookup(id)
		assert.False(t, ok, id)
	}
}

// TestImportDoesNoWork looks at the runtime's own list of packages that ran code to be initialised.
func TestImportDoesNoWork(t *testing.T) {
	if testing.CoverMode() != "" {
		t.Skip("coverage counters make every package initialise: run without -cover")
	}
	exe, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(exe, "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "init runtime ", "the trace is there")
	for line := range strings.Lines(string(out)) {
		assert.False(t, strings.HasPrefix(line, "init github.com/graduationkit/ringcentral/gradtest/rcapi "), line)
	}
}
