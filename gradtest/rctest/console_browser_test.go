package rctest

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/browsertest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// figures returns the row of a rule: lagging mark and figure, current mark and figure.
func figures(b browsertest.Browser, rule string) []string {
	b.Helper()
	return browsertest.Eval[[]string](b, `[...document.querySelectorAll("#rule-`+rule+` td")].flatMap(c => [c.querySelector("svg").getAttribute("aria-label"), c.innerText.trim()])`)
}

func TestConsoleInChromium(t *testing.T) {
	b := browsertest.New(t)
	const hostile = `"><script>document.title = "owned"</script><img src=x onerror='document.title = "owned"'>`
	s := NewServer(t, Config{ClientID: hostile, Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Limits: Unlimited()})
	s.SetTime(time.Date(2026, 11, 24, 9, 0, 1, 0, time.UTC)) // minutes before the next update, and it takes seconds
	a := &app{TB: t, h: s.Handler}
	a.login()
	a.times(15, getOwn)
	s.Advance(defaultDelay)
	a.times(6, getOwn)

	b.Do(chromedp.Navigate(s.URL + "/emulator/console"))
	assert.Equal(t, []string{"not met", "15 calls", "met", "21 calls"}, figures(b, "volume"), "the console lags")
	assert.Equal(t, []string{"met", "1 of 1", "met", "1 of 1"}, figures(b, "scopes"))
	assert.True(t, browsertest.Eval[bool](b, `document.querySelector("#apply").disabled`))
	assert.Contains(t, b.Text("#why"), "The calls made so far are enough.")
	browsertest.Eval[bool](b, `document.querySelector("#apply").click(), true`)
	assert.Nil(t, s.Console().Application, "a button that is disabled does nothing")

	s.Advance(defaultDelay)
	b.Do(chromedp.Click(chromedp.CSS("#refresh")), chromedp.WaitEnabled(chromedp.CSS("#apply")))
	assert.Equal(t, []string{"met", "21 calls", "met", "21 calls"}, figures(b, "volume"), "the console has caught up")
	assert.Equal(t, "Ready to apply", b.Text("#production"))
	assert.Equal(t, "Apply for Production", b.Text("[aria-current=step]"))

	a.call("GET /restapi/v1.0/" + "%3Cscript%3Edocument.title='owned'%3C/script%3E/%22onload=%22x")
	b.Do(chromedp.Click(chromedp.CSS("#apply")), chromedp.WaitNotPresent(chromedp.CSS("#apply")))
	assert.Equal(t, "In review", b.Text("#production"))
	assert.Equal(t, s.URL+"/emulator/console", browsertest.Eval[string](b, "location.href"), "a reload does not apply again")
	application := s.Console().Application
	require.NotNil(t, application)
	assert.Contains(t, b.Text(".apply"), "Wednesday, 25 November 2026")

	assert.Equal(t, hostile, b.Text("header code"), "names stay text")
	assert.Zero(t, browsertest.Eval[int](b, `document.querySelectorAll("script, img").length`))
	assert.Contains(t, b.Text("#endpoints ~ table"), "/restapi/v1.0/{}/{}")
	assert.Contains(t, browsertest.Eval[string](b, "document.title"), "Status & Review")
	assert.Equal(t, "12px", browsertest.Eval[string](b, `getComputedStyle(document.querySelector(".card")).borderRadius`), "the policy lets the style in")
	assert.LessOrEqual(t, browsertest.Eval[int](b, "document.documentElement.scrollWidth"), 360)

	s.SetTime(application.Answer)
	b.Do(chromedp.Click(chromedp.CSS("#refresh")), chromedp.WaitReady(chromedp.CSS(".at4")))
	assert.Equal(t, "Approved", b.Text("#production"))
}
