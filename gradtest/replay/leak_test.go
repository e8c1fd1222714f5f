package replay_test

import (
	"cmp"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/replay"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// TestNothingLeaks records an app that logs in, reads, writes and fails, and looks for everything that must not be
// there.
func TestNothingLeaks(t *testing.T) {
	server := rctest.NewServer(t, rctest.Config{
		Limits: rctest.Unlimited(),
		Users:  []rctest.User{{ExtensionID: "62264425", Name: "Zebulon Quartermain", JWT: "jwt-of-zebulon-quartermain"}},
	})
	a := at(t, server)
	store := ledger.NewMemory()
	a.Store, a.Gate = store, store.Gate(nil)
	secrets := []string{
		server.ClientID, server.ClientSecret, server.JWT, "62264425", "Zebulon", "Quartermain",
		"Ottoline", "Featherstonehaugh", "ottoline@corp.test", "3105550177", "9495550123", "Castlebridge", "eyes only", "the meeting point",
	}
	path := record(t, a, func(r *replay.Replay) {
		login := url.Values{"grant_type": {rctest.GrantJWT}, "assertion": {server.JWT}, "client_id": {server.ClientID}}
		req, err := http.NewRequest("POST", r.URL()+"/restapi/oauth/token", strings.NewReader(login.Encode()))
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.SetBasicAuth(server.ClientID, server.ClientSecret)
		resp, err := r.Client().Do(req)
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		require.Equal(t, 200, resp.StatusCode, "%s", body)
		for _, name := range []string{"access_token", "refresh_token"} {
			if token := between(string(body), `"`+name+`":"`, `"`); assert.NotEmpty(t, token) {
				secrets = append(secrets, token)
			}
		}
		send(t, r, "GET", own, "", "")
		_, contact := send(t, r, "POST", own+"/address-book/contact", "application/json",
			`{"firstName":"Ottoline","lastName":"Featherstonehaugh","email":"ottoline@corp.test","homePhone":"+19495550123","company":"Castlebridge","notes":"eyes only"}`)
		secrets = append(secrets, between(contact, `"id":`, ","))
		send(t, r, "GET", own+"/address-book/contact?phoneNumber=%2B19495550123&sortBy=LastName", "", "")
		status, message := send(t, r, "POST", own+"/sms", "application/json", sms("+13105550177", "the meeting point"))
		require.Equal(t, 200, status, message)
		secrets = append(secrets, between(message, `"id":`, ","))
		send(t, r, "GET", own+"/message-store", "", "")
		send(t, r, "GET", "/restapi/v1.0/account/~/extension/99887766", "", "")
		send(t, r, "GET", "/nothing/Ottoline/here?name=Featherstonehaugh", "", "")
		secrets = append(secrets, "99887766")
	})
	text := content(t, path)
	for _, s := range secrets {
		require.Greater(t, len(s), 4)
		assert.NotContains(t, text, s)
		assert.NotContains(t, text, url.QueryEscape(s))
	}
	assert.Contains(t, text, "FAKE-TOKEN-")
	assert.Contains(t, text, "sortBy=LastName")

	r := play(t, path) // and it can be played with other credentials
	login := "grant_type=" + url.QueryEscape(rctest.GrantJWT) + "&assertion=of-the-test&client_id=another"
	status, body := send(t, r, "POST", "/restapi/oauth/token", "application/x-www-form-urlencoded", login)
	assert.Equal(t, 200, status)
	assert.Regexp(t, `"access_token":"FAKE-TOKEN-\w{16}"`, body)
}

// TestNothingLeaksFromAnyRead records every operation of the catalogue that reads. The oracle is independent of the
// scrubber: patterns over the recorded bytes.
func TestNothingLeaksFromAnyRead(t *testing.T) {
	server := rctest.NewServer(t, rctest.Config{Limits: rctest.Unlimited()})
	a := at(t, server)
	store := ledger.NewMemory()
	fast := make(map[string]window.Limit)
	for _, g := range rcapi.Groups() {
		fast[g.Header] = window.Limit{}
	}
	a.Store, a.Gate = store, store.Gate(fast)
	secret := regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.]+|\+\d{7,15}|"(?:id|\w+Id)":\s*"?(\d{5,})|"(?:firstName|lastName|subject|text)":"([^"]{6,})"`)
	found := make(map[string]bool)
	n := 0
	path := record(t, a, func(r *replay.Replay) {
		for op := range rcapi.All() {
			if op.Method != "GET" || strings.Contains(op.Path, "oauth") {
				continue
			}
			path, err := server.Path(op)
			if err != nil {
				continue
			}
			n++
			_, body, err := try(r, "GET", path, "", "")
			require.NoError(t, err, op.ID)
			for _, m := range secret.FindAllStringSubmatch(body, -1) {
				found[cmp.Or(m[1], m[2], m[0])] = true
			}
		}
	})
	require.Greater(t, n, 200)
	require.Greater(t, len(found), 100)
	text := content(t, path)
	leaked := 0
	for s := range found {
		if strings.Contains(text, s) {
			leaked++
			assert.Less(t, leaked, 10)
			t.Errorf("%q is in the cassette: %s", s, around(text, s))
		}
	}
}

func around(text, s string) string {
	i := strings.Index(text, s)
	return fmt.Sprintf("%q", text[max(0, i-60):min(len(text), i+60)])
}
