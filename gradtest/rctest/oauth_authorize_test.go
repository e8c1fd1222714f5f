package rctest

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// consent takes the browser's step and returns the query of the redirect.
func (a *app) consent(kv ...string) url.Values {
	a.Helper()
	q := url.Values{"response_type": {"code"}, "client_id": {a.h.Credentials().ClientID}, "redirect_uri": {"https://app.example/back?x=1"}, "state": {"s&t"}, "prompt": {""}}
	for i := 0; i < len(kv); i += 2 {
		q.Set(kv[i], kv[i+1])
	}
	got := a.call("GET /restapi/oauth/authorize?" + q.Encode())
	require.Equal(a, 302, got.status, got.body)
	to, err := url.Parse(got.header.Get("Location"))
	require.NoError(a, err)
	assert.Equal(a, "app.example/back", to.Host+to.Path)
	return to.Query()
}

func TestAuthorizationCode(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited()})
	q := a.consent()
	assert.Equal(t, "s&t", q.Get("state"))
	assert.Equal(t, "1", q.Get("x"), "what the address had stays")
	assert.Equal(t, "60", q.Get("expires_in"))
	form := url.Values{"grant_type": {GrantCode}, "code": {q.Get("code")}, "redirect_uri": {"https://app.example/back?x=1"}}
	got := a.oauth("token", form)
	require.Equal(t, 200, got.status, got.body)
	assert.Equal(t, 200, a.as(got.json(t)["access_token"]).status)
	assert.Equal(t, "OAU-106", a.oauth("token", form).codes(t)[1], "a code is good once")
}

func TestAuthorizationByPost(t *testing.T) {
	a := newStranger(t, Config{})
	got := a.send(formRequest("authorize", url.Values{"response_type": {"code"}, "client_id": {a.h.Credentials().ClientID}, "redirect_uri": {"myapp:/back"}}))
	require.Equal(t, 302, got.status)
	assert.Contains(t, got.header.Get("Location"), "myapp:/back?code=")
}

func TestAuthorizeFailures(t *testing.T) {
	const good = "response_type=code&client_id=app&redirect_uri=https://a.example"
	open := Config{ClientID: "app", Limits: Unlimited()}
	registered, none, public, noCodes := open, open, open, open
	registered.RedirectURIs = []string{"https://b.example/x", "https://c.example"}
	none.RedirectURIs = []string{}
	public.Public = true
	noCodes.Grants = []string{GrantJWT}
	sandbox := open
	sandbox.ClientID, sandbox.OtherApps = "mine", []OtherApp{{ClientID: "app", Sandbox: true}}
	other := sandbox
	other.OtherApps = []OtherApp{{ClientID: "app"}}
	for _, c := range []struct {
		name        string
		cfg         Config
		query       string
		status      int
		error, code string
	}{
		{"no client", open, "response_type=code&redirect_uri=https://a.example", 400, "invalid_request", "CMN-100"},
		{"empty client", open, good + "&client_id=", 400, "invalid_request", "OAU-111"},
		{"unknown client", open, "response_type=code&client_id=x&redirect_uri=https://a.example", 400, "invalid_client", "OAU-153"},
		{"sandbox client", sandbox, good, 400, "invalid_client", "OAU-165"},
		{"another app", other, good, 400, "unauthorized_client", "OAU-251"},
		{"no response type", open, "client_id=app&redirect_uri=https://a.example", 400, "invalid_request", "CMN-100"},
		{"implicit", open, "response_type=token&client_id=app&redirect_uri=https://a.example", 400, "unsupported_response_type", "CMN-101"},
		{"no redirect", open, "response_type=code&client_id=app", 400, "invalid_request", "CMN-100"},
		{"relative", open, "response_type=code&client_id=app&redirect_uri=/back", 400, "invalid_request", "CMN-101"},
		{"fragment", open, "response_type=code&client_id=app&redirect_uri=https://a.example%23x", 400, "invalid_request", "CMN-101"},
		{"redirect not registered", registered, good, 403, "invalid_grant", "OAU-109"},
		{"redirect almost registered", registered, "response_type=code&client_id=app&redirect_uri=https://c.example/", 403, "invalid_grant", "OAU-109"},
		{"nothing registered", none, good, 403, "invalid_client", "OAU-113"},
		{"grant switched off", noCodes, good, 400, "unauthorized_client", "OAU-251"},
		{"public app without PKCE", public, good, 400, "invalid_request", "CMN-100"},
		{"challenge method", open, good + "&code_challenge=x&code_challenge_method=S1", 400, "invalid_request", "CMN-101"},
		{"method without challenge", open, good + "&code_challenge_method=S256", 400, "invalid_request", "CMN-100"},
		{"display", open, good + "&display=braille", 400, "invalid_request", "CMN-101"},
		{"prompt", open, good + "&prompt=please", 400, "invalid_request", "CMN-101"},
		{"none is not alone", open, good + "&prompt=none+login", 400, "invalid_request", "CMN-101"},
		{"twice", open, good + "&client_id=app", 400, "invalid_request", "OAU-111"},
		{"broken query", open, good + "&state=%zz", 400, "invalid_request", "CMN-104"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newStranger(t, c.cfg)
			got := a.call("GET /restapi/oauth/authorize?" + c.query)
			assert.Equal(t, c.status, got.status)
			assert.Equal(t, c.error, got.json(t)["error"])
			assert.Equal(t, c.code, got.codes(t)[1])
			assert.NotEmpty(t, got.json(t)["error_description"])
			assert.Empty(t, got.header.Get("Location"))
		})
	}
}

// TestAuthorizeParameters has all that may be sent, and all of it empty, as the platform's JavaScript client does.
func TestAuthorizeParameters(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited(), RedirectURIs: []string{"https://app.example/back?x=1", "https://b.example"}})
	for _, prompt := range []string{"login", "sso", "consent", "none", "login sso", "login sso consent"} {
		for _, display := range []string{"page", "popup", "touch", "mobile"} {
			q := a.consent("prompt", prompt, "display", display, "brand_id", "1210", "brandId", "1210", "ui_locales", "de-DE en", "nonce", "n",
				"login_hint", "robin@example.com", "scope", "ReadAccounts Nonsense", "discovery", "true")
			assert.NotEmpty(t, q.Get("code"))
		}
	}
	assert.NotEmpty(t, a.consent("display", "", "brand_id", "", "brandId", "", "ui_locales", "", "ui_options", "", "nonce", "", "login_hint", "",
		"scope", "", "code_challenge", "", "code_challenge_method", "", "localeId", "").Get("code"))
	q := a.consent("state", "")
	assert.False(t, q.Has("state"))
}
