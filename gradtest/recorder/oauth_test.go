package recorder

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAuthorization: token requests pass unchanged and are counted by grant; no secret is kept.
func TestAuthorization(t *testing.T) {
	var bodies []string
	server := serve(t, func(w http.ResponseWriter, req *http.Request) {
		body, _ := io.ReadAll(req.Body)
		bodies = append(bodies, string(body)+req.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"HUSH-1","token_type":"bearer","scope":"ReadAccounts"}`)
	})
	r, memory := startedAt(t, server)
	post := func(path, form, user string) {
		req, _ := http.NewRequest("POST", r.URL()+path, strings.NewReader(form))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if user != "" {
			req.SetBasicAuth(user, "HUSH-2")
		}
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		assert.Contains(t, string(body), "HUSH-1")
	}
	jwt := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {"HUSH-3"}}.Encode()
	post("/restapi/oauth/token", jwt, "app")
	assert.Empty(t, r.Summary().Notes)
	post("/restapi/oauth/token", "grant_type=refresh_token&refresh_token=HUSH-4&client_id=another", "")
	post("/restapi/oauth/token", "grant_type=HUSH-5", "app")
	post("/restapi/oauth/revoke", "token=HUSH-6", "app")
	post("/restapi/oauth/token", jwt+"&x="+strings.Repeat("long", 50_000), "app")
	assert.Equal(t, jwt+"Basic YXBwOkhVU0gtMg==", bodies[0])
	assert.Len(t, bodies[4], len(jwt)+3+200_000+len("Basic YXBwOkhVU0gtMg=="))

	req, _ := http.NewRequest("GET", r.URL()+account+"/extension/123456789/message-store/HUSHid?phone=HUSH-7", nil)
	req.Header.Set("Authorization", "Bearer HUSH-8")
	req.Header.Set("User-Agent", "crm/1.0 (HUSH-9)")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	_ = resp.Body.Close()
	get(t, http.DefaultClient, r.URL()+"/restapi/v1.0/HUSH-10/alice@example.com")

	s := r.Summary()
	assert.Equal(t, map[string]int{"jwt-bearer": 2, "refresh_token": 1, "other": 1}, s.Grants)
	assert.Len(t, s.Authorizations, 2)
	require.Len(t, s.Operations, 1)
	assert.Equal(t, []string{"crm/1.0"}, s.Operations[0].Clients)
	assert.Equal(t, "/restapi/v1.0/{}/{}", s.Unknown[0].Path)
	require.Len(t, s.Notes, 1)
	assert.Contains(t, s.Notes[0], "authorized with another client id")
	var kept bytes.Buffer
	require.NoError(t, json.NewEncoder(&kept).Encode(s))
	require.NoError(t, json.NewEncoder(&kept).Encode(records(t, memory)))
	for _, private := range []string{"HUSH", "123456789", "alice"} {
		assert.NotContains(t, kept.String(), private)
	}
}

func TestProduct(t *testing.T) {
	for agent, want := range map[string]string{
		"python-requests/2.32.3": "python-requests/2.32.3", "Mozilla/5.0 (X11)": "Mozilla/5.0", "RCJSSDK": "RCJSSDK", "": "",
		"\x1b[31m": "", "a/" + strings.Repeat("9", 99): "a/" + strings.Repeat("9", 20), "(x)": "",
	} {
		assert.Equal(t, want, product(agent))
	}
}

func FuzzShape(f *testing.F) {
	f.Add("/restapi/v1.0/account/~/extension/12345/call-log")
	f.Fuzz(func(t *testing.T, path string) {
		for s := range strings.SplitSeq(strings.TrimPrefix(shape(path), "/"), "/") {
			if s != "{}" && !words.MatchString(s) {
				t.Errorf("%q of %q", s, path)
			}
		}
	})
}

// FuzzGrant: any form, it is forwarded as it came.
func FuzzGrant(f *testing.F) {
	f.Add("grant_type=password&client_id=%zz&=&;", "application/x-www-form-urlencoded")
	f.Fuzz(func(t *testing.T, form, media string) {
		req, err := http.NewRequest("POST", "http://h/restapi/oauth/token", strings.NewReader(form))
		require.NoError(t, err)
		req.Header.Set("Content-Type", media)
		out, g := grantOf(req)
		body, err := io.ReadAll(out.Body)
		require.NoError(t, err)
		assert.Equal(t, form, string(body))
		assert.NotEmpty(t, g.kind)
	})
}
