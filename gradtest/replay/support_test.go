package replay_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/replay"
)

const own = "/restapi/v1.0/account/~/extension/~"

var app = gradtest.App{
	Name: "replay", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages, rcapi.ScopeSMS, rcapi.ScopeEditMessages},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension}, {Op: rcapi.ListMessages}, {Op: rcapi.CreateSMSMessage, Body: "{}", Unchecked: true},
		{Op: rcapi.DeleteMessage, Params: map[string]string{"messageId": "1"}},
	},
}

// at returns the app with an emulator as its server.
func at(t *testing.T, server *rctest.Server) gradtest.App {
	a := app
	a.Target = gradtest.Target{
		URL: server.URL, ClientID: server.ClientID, PrivateToken: true,
		Token: rcauth.JWT(t.Context(), rcauth.Config{
			URL: server.URL, ClientID: server.ClientID, ClientSecret: server.ClientSecret,
		}, server.JWT),
	}
	return a
}

// record records what f sends, and returns the cassette.
func record(t *testing.T, a gradtest.App, f func(r *replay.Replay), options ...replay.Options) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "testdata", "cassette.yaml")
	recordTo(t, path, a, f, options...)
	return path
}

func recordTo(t *testing.T, path string, a gradtest.App, f func(r *replay.Replay), options ...replay.Options) {
	t.Helper()
	require.NoError(t, os.Setenv("GRADTEST_RECORD", "1"))
	defer os.Unsetenv("GRADTEST_RECORD")
	r, err := replay.Open(t.Context(), a, path, options...)
	require.NoError(t, err)
	require.True(t, r.Recording())
	f(r)
	require.NoError(t, r.Close())
}

// play returns a replay of the cassette that is not checked for unsent requests.
func play(t *testing.T, path string, options ...replay.Options) *replay.Replay {
	t.Helper()
	r, err := replay.Open(context.Background(), gradtest.App{}, path, options...)
	require.NoError(t, err)
	return r
}

// send returns status and body of the answer.
func send(t *testing.T, r *replay.Replay, method, path, contentType, body string) (int, string) {
	t.Helper()
	status, text, err := try(r, method, path, contentType, body)
	require.NoError(t, err)
	return status, text
}

func try(r *replay.Replay, method, path, contentType, body string) (int, string, error) {
	req, err := http.NewRequest(method, r.URL()+path, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := r.Client().Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text), err
}

func sms(to, text string) string {
	return fmt.Sprintf(`{"from":{"phoneNumber":"+16505550101"},"to":[{"phoneNumber":%q}],"text":%q}`, to, text)
}

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}
