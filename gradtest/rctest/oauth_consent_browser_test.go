package rctest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/browsertest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestConsentInChromium clicks through the log-in of an app: once denied, once allowed by another user.
func TestConsentInChromium(t *testing.T) {
	b := browsertest.New(t)
	back := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<p id="arrived">back at the app</p>`))
	}))
	defer back.Close()
	const hostile = `<script>document.title = "owned"</script>`
	s := NewServer(t, Config{Consent: true, AppName: hostile, Scopes: []rcapi.Scope{rcapi.ScopeSMS}, Users: []User{{Name: "Kim Doe"}}})
	query := url.Values{"response_type": {"code"}, "client_id": {s.ClientID}, "redirect_uri": {back.URL}, "state": {"42"}}
	page := s.URL + "/restapi/oauth/authorize?" + query.Encode()
	arrived := func(button string, before ...chromedp.Action[chromedp.Void]) url.Values {
		b.Do(chromedp.Navigate(page))
		b.Do(before...)
		b.Do(chromedp.Click(chromedp.CSS(button)), chromedp.WaitReady(chromedp.CSS("#arrived")))
		u, err := url.Parse(browsertest.Eval[string](b, "location.href"))
		require.NoError(t, err)
		return u.Query()
	}

	denied := arrived(`button[value="deny"]`)
	assert.Equal(t, "access_denied", denied.Get("error"))
	assert.Equal(t, "42", denied.Get("state"))

	allowed := arrived(`button[value="allow"]`, chromedp.Click(chromedp.CSS("input[type=radio]:not(:checked)")))
	assert.Equal(t, "42", allowed.Get("state"))
	a := &app{TB: t, h: s.Handler}
	got := a.oauth("token", url.Values{"grant_type": {GrantCode}, "code": {allowed.Get("code")}, "redirect_uri": {back.URL}})
	require.Equal(t, 200, got.status, got.body)
	assert.Equal(t, s.Users()[1].ExtensionID, got.json(t)["owner_id"], "the one who was picked")

	b.Do(chromedp.Navigate(page))
	assert.NotEqual(t, "owned", browsertest.Eval[string](b, "document.title"))
	assert.LessOrEqual(t, browsertest.Eval[int](b, "document.documentElement.scrollWidth"), 360)
}
