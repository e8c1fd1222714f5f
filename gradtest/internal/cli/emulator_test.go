package cli

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

func TestQuotedIsReadBackByAShell(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		require.Empty(t, os.Getenv("CI"), "CI needs sh for this test")
		t.Skip("NOT TESTED: there is no sh to read it back")
	}
	for _, value := range []string{"", "plain-1.0", "http://127.0.0.1:8080", "a b", "it's", "$HOME `id` \\ \"", "~", "a\nb", "é", "a;b&c|d>e"} {
		out, err := exec.Command(sh, "-c", "export V="+quoted(value)+`; printf %s "$V"`).CombinedOutput()
		require.NoError(t, err, "%s: %s", value, out)
		assert.Equal(t, value, string(out))
	}
	assert.Equal(t, "http://127.0.0.1:8080", quoted("http://127.0.0.1:8080"), "what needs no quotes has none: not every reader is a shell")
}

func TestAddress(t *testing.T) {
	for _, c := range []struct{ ip, want string }{
		{"127.0.0.1", "http://127.0.0.1:80"}, {"0.0.0.0", "http://127.0.0.1:80"}, {"::", "http://127.0.0.1:80"},
		{"::1", "http://[::1]:80"}, {"10.0.0.7", "http://10.0.0.7:80"},
	} {
		assert.Equal(t, c.want, address(&net.TCPAddr{IP: net.ParseIP(c.ip), Port: 80}))
	}
}

func TestEmulatorScopes(t *testing.T) {
	e := emulator{window: 1e9, limits: "on", scopes: []string{" Glip", "ReadCallLog"}}
	h, err := e.handler()
	require.NoError(t, err)
	var held []rcapi.Scope
	for _, s := range h.Verdict().PerScope {
		held = append(held, s.Scope)
	}
	assert.Equal(t, []rcapi.Scope{rcapi.ScopeReadCallLog, rcapi.ScopeTeamMessaging}, held)
}

func TestEmulatorFlags(t *testing.T) {
	e := emulator{
		window: 2e9, limits: "heavy=3/10s, light=0,sms=5", grants: []string{"jwt", " refresh"}, faults: []string{"op=listMessages,status=503", "drop"},
		config: rctest.Config{Public: true, Penalty: 7e9},
	}
	h, err := e.handler()
	require.NoError(t, err)
	limits := h.Limits()
	assert.Equal(t, rctest.Limit{Calls: 3, Window: 10e9, Penalty: 7e9}, limits[rcapi.Heavy])
	assert.Equal(t, rctest.Limit{Calls: 40, Window: 2e9, Penalty: 7e9}, limits[rcapi.Medium])
	assert.Equal(t, []int{0, 5}, []int{limits[rcapi.Light].Calls, limits[rctest.LimitSMS].Calls})
	assert.Empty(t, h.Credentials().ClientSecret)
	assert.Equal(t, []rctest.Fault{{Operation: "listMessages", Status: 503}, {Drop: true}}, h.UnusedFaults())

	e = emulator{limits: "heavy", grants: []string{"magic"}, faults: []string{"status=200,times=-1"}, scopes: []string{"Nonsense"}}
	_, err = e.handler()
	for _, want := range []string{
		"--window 0s", `--limits "heavy": use on, off, or a list`, `no "magic"`, "--fail status=200,times=-1: fault: status is 200: use 400 to 599; fault: times", "Nonsense",
	} {
		assert.ErrorContains(t, err, want)
	}
	assert.Len(t, lines(err), 5, "one line each")
	for _, limits := range []string{"heavy=x", "heavy=3/soon", "heavy=3/-1s", "feather=3", "heavy=-1", "heavy=1/1ms", ""} {
		e = emulator{window: 1e9, limits: limits}
		_, err = e.handler()
		assert.Error(t, err, limits)
	}
}

// Without a reader there is no server, because its address would be unknown.
func TestEmulatorNeedsAReader(t *testing.T) {
	e := emulator{addr: "127.0.0.1:0", window: 1e9, limits: "on"}
	assert.ErrorContains(t, e.serve(context.Background(), broken{}, broken{}), "write the credentials: gone")
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("gone") }
