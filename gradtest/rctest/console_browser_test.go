package rctest

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// browser is a page in a headless Chromium.
type browser struct {
	testing.TB
	ctx context.Context
}

func newBrowser(t *testing.T) browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		require.Empty(t, os.Getenv("CI"), "CI needs Chromium for this test: apt-get install chromium")
		t.Skip("NOT TESTED IN A BROWSER: there is no Chromium: apt-get install chromium")
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute) // not of the test's, which ends before the browser can be closed
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	t.Cleanup(func() { assert.NoError(t, chromedp.Cancel(ctx), "the browser closes") })
	b := browser{t, ctx}
	b.do(chromedp.EmulateViewport(360, 800)) // the page has to do with the width of a small telephone
	return b
}

func (b browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	require.NoError(b, chromedp.Do(b.ctx, steps...))
}

func (b browser) text(selector string) string {
	b.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS(selector)))
	require.NoError(b, err)
	return strings.TrimSpace(s)
}

// eval is what an expression of the page is.
func eval[T any](b browser, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	require.NoError(b, err)
	return v
}

// figures returns the row of a rule: lagging mark and figure, current mark and figure.
func (b browser) figures(rule string) []string {
	b.Helper()
	return eval[[]string](b, `[...document.querySelectorAll("#rule-`+rule+` td")].flatMap(c => [c.querySelector("svg").getAttribute("aria-label"), c.innerText.trim()])`)
}

func TestConsoleInChromium(t *testing.T) {
	b := newBrowser(t)
	const hostile = `"><script>document.title = "owned"</script><img src=x onerror='document.title = "owned"'>`
	s := NewServer(t, Config{ClientID: hostile, Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Limits: Unlimited()})
	s.SetTime(time.Date(2026, 11, 24, 9, 0, 1, 0, time.UTC)) // minutes before the next update, and it takes seconds
	a := &app{TB: t, h: s.Handler}
	a.login()
	a.times(15, getOwn)
	s.Advance(defaultDelay)
	a.times(6, getOwn)

	b.do(chromedp.Navigate(s.URL + "/emulator/console"))
	assert.Equal(t, []string{"not met", "15 calls", "met", "21 calls"}, b.figures("volume"), "the console lags")
	assert.Equal(t, []string{"met", "1 of 1", "met", "1 of 1"}, b.figures("scopes"))
	assert.True(t, eval[bool](b, `document.querySelector("#apply").disabled`))
	assert.Contains(t, b.text("#why"), "The calls made so far are enough.")
	eval[bool](b, `document.querySelector("#apply").click(), true`)
	assert.Nil(t, s.Console().Application, "a button that is disabled does nothing")

	s.Advance(defaultDelay)
	b.do(chromedp.Click(chromedp.CSS("#refresh")), chromedp.WaitEnabled(chromedp.CSS("#apply")))
	assert.Equal(t, []string{"met", "21 calls", "met", "21 calls"}, b.figures("volume"), "the console has caught up")
	assert.Equal(t, "Ready to apply", b.text("#production"))
	assert.Equal(t, "Apply for Production", b.text("[aria-current=step]"))

	a.call("GET /restapi/v1.0/" + "%3Cscript%3Edocument.title='owned'%3C/script%3E/%22onload=%22x")
	b.do(chromedp.Click(chromedp.CSS("#apply")), chromedp.WaitNotPresent(chromedp.CSS("#apply")))
	assert.Equal(t, "In review", b.text("#production"))
	assert.Equal(t, s.URL+"/emulator/console", eval[string](b, "location.href"), "a reload does not apply again")
	application := s.Console().Application
	require.NotNil(t, application)
	assert.Contains(t, b.text(".apply"), "Wednesday, 25 November 2026")

	assert.Equal(t, hostile, b.text("header code"), "names stay text")
	assert.Zero(t, eval[int](b, `document.querySelectorAll("script, img").length`))
	assert.Contains(t, b.text("#endpoints ~ table"), "/restapi/v1.0/{}/{}")
	assert.Contains(t, eval[string](b, "document.title"), "Status & Review")
	assert.Equal(t, "12px", eval[string](b, `getComputedStyle(document.querySelector(".card")).borderRadius`), "the policy lets the style in")
	assert.LessOrEqual(t, eval[int](b, "document.documentElement.scrollWidth"), 360)

	s.SetTime(application.Answer)
	b.do(chromedp.Click(chromedp.CSS("#refresh")), chromedp.WaitReady(chromedp.CSS(".at4")))
	assert.Equal(t, "Approved", b.text("#production"))
}
