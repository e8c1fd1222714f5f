package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/browsertest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// open shows a page in a browser, from a server: a page of 5,000 calls is too long for a data address.
func open(t *testing.T, b browsertest.Browser, html []byte) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(html) }))
	t.Cleanup(server.Close)
	b.Do(chromedp.Navigate(server.URL))
}

func TestPageInChromium(t *testing.T) {
	s := scenes()[2]
	require.Equal(t, "everything", s.name)
	b := browsertest.New(t)
	open(t, b, []byte(page1(t, s)))
	assert.LessOrEqual(t, browsertest.Eval[int](b, "document.documentElement.scrollWidth"), 360, "it fits on a small telephone")
	assert.NotEqual(t, "owned", browsertest.Eval[string](b, "document.title"))

	// The marks match the records.
	for _, o := range []Outcome{Success, Failure, Unknown, Fault} {
		want := 0
		for _, c := range s.options.Calls {
			if c.Outcome == o && !c.At.Before(now.Add(-rolling)) {
				want++
			}
		}
		drawn := browsertest.Eval[int](b, fmt.Sprintf(
			`[...document.querySelectorAll("path.call.%s")].map(p => p.getAttribute("d").split("M").length - 1).reduce((a, b) => a + b, 0)`, o))
		assert.Equal(t, want, drawn, o)
		rows := browsertest.Eval[int](b, fmt.Sprintf(`document.querySelectorAll(".calls tr.%s").length`, o))
		assert.GreaterOrEqual(t, rows, want, "each call is in a fold")
	}
	inside := browsertest.Eval[bool](b, `[...document.querySelectorAll("path.call")].every(p => {
		const box = p.getBBox(), all = document.querySelector(".timeline").viewBox.baseVal;
		return box.x >= 0 && box.x + box.width <= all.width && box.y >= 0 && box.y + box.height <= all.height })`)
	assert.True(t, inside)

	// Search, filter and sort.
	visible := `[...document.querySelectorAll(".sortable > tbody")].filter(x => !x.hidden).length`
	all := browsertest.Eval[int](b, visible)
	require.Greater(t, all, 3)
	browsertest.Eval[bool](b, `(() => { const s = document.getElementById("search"); s.value = "createSMS"; return s.dispatchEvent(new Event("input")) })()`)
	assert.Equal(t, 1, browsertest.Eval[int](b, visible))
	browsertest.Eval[bool](b, `(() => { const s = document.getElementById("search"); s.value = ""; return s.dispatchEvent(new Event("input")) })()`)
	assert.Equal(t, all, browsertest.Eval[int](b, visible))
	browsertest.Eval[bool](b, `document.querySelectorAll(".sortable > thead button")[1].click(), true`)
	got := browsertest.Eval[[]int](b, `[...document.querySelectorAll(".sortable > tbody")].map(x => +x.rows[0].cells[2].textContent)`)
	assert.IsIncreasing(t, append([]int{-1}, dedupe(got)...), "sorted by what was got")
	assert.Equal(t, "ascending", browsertest.Eval[string](b, `document.querySelector("[aria-sort]").getAttribute("aria-sort")`))
}

func dedupe(n []int) (out []int) {
	for _, x := range n {
		if len(out) == 0 || out[len(out)-1] != x {
			out = append(out, x)
		}
	}
	return out
}

// TestPageInEachUse shares one browser.
func TestPageInEachUse(t *testing.T) {
	b := browsertest.New(t)
	for name, use := range map[string]func(*testing.T, browsertest.Browser){
		"without-script": pageWithoutScript, "by-keyboard": pageByKeyboard, "on-paper": pageOnPaper, "timeline": timelineShadesWhatExpires,
	} {
		t.Run(name, func(t *testing.T) { use(t, b) })
	}
}

// pageWithoutScript: everything is there and can be opened; what needs the script is not shown.
func pageWithoutScript(t *testing.T, b browsertest.Browser) {
	s := scenes()[2]
	html := strings.Replace(page1(t, s), "<script>"+pageScript+"</script>", "", 1)
	require.NotContains(t, html, "<script>")
	open(t, b, []byte(html))
	assert.Equal(t, "none", browsertest.Eval[string](b, `getComputedStyle(document.querySelector(".tools")).display`))
	assert.Zero(t, browsertest.Eval[int](b, `document.querySelectorAll(".sortable thead button").length`))
	assert.Equal(t, len(s.options.Calls), browsertest.Eval[int](b, `document.querySelectorAll(".calls tbody tr").length`))
	assert.True(t, browsertest.Eval[bool](b, `(() => { const d = document.querySelector("details:has(.calls)");
		d.querySelector("summary").click(); return d.open && d.querySelector("tbody tr").getClientRects().length > 0 })()`))
}

// pageByKeyboard: tabs reach the search, each heading that sorts and each fold, and keys work them.
func pageByKeyboard(t *testing.T, b browsertest.Browser) {
	open(t, b, []byte(page1(t, scenes()[2])))
	reach := `[...document.querySelectorAll("#search, #failed, .sortable thead button, summary, .wide[tabindex]")].filter(x => x.checkVisibility())`
	assert.Greater(t, browsertest.Eval[int](b, reach+".length"), 15)
	assert.True(t, browsertest.Eval[bool](b, reach+`.every(x => { x.focus(); return document.activeElement === x })`))
	assert.True(t, browsertest.Eval[bool](b, `[...document.querySelectorAll("[tabindex]")].every(x => x.tabIndex === 0)`), "in the order of the page")
	browsertest.Eval[bool](b, `document.querySelector(".sortable thead button").focus(), true`)
	b.Do(chromedp.KeyEvent("\r"))
	assert.Equal(t, "ascending", browsertest.Eval[string](b, `document.querySelector("[aria-sort]").getAttribute("aria-sort")`))
	browsertest.Eval[bool](b, `document.querySelector("summary").focus(), true`)
	b.Do(chromedp.KeyEvent("\r"))
	assert.True(t, browsertest.Eval[bool](b, `document.querySelector("summary").parentElement.open`))
}

// pageOnPaper: on white, complete to the right edge, and without what only a screen can use.
func pageOnPaper(t *testing.T, b browsertest.Browser) {
	html := strings.ReplaceAll(page1(t, scenes()[1]), "@media print", "@media all")
	b.Do(chromedp.EmulateViewport(794, 1123)) // A4
	open(t, b, []byte(html))
	assert.Equal(t, "rgb(255, 255, 255)", browsertest.Eval[string](b, `getComputedStyle(document.body).backgroundColor`))
	assert.Equal(t, "none", browsertest.Eval[string](b, `getComputedStyle(document.querySelector(".tools")).display`))
	assert.LessOrEqual(t, browsertest.Eval[int](b, `document.documentElement.scrollWidth`), 794)
}

// timelineShadesWhatExpires: an area begins at each midnight at which successes expire, up to the end of the picture,
// and a line marks where the forecast changes the verdict.
func timelineShadesWhatExpires(t *testing.T, b browsertest.Browser) {
	s := scenes()[0] // ready until midnight
	var good calls
	good.add(11, 200, rcapi.ReadUserCallLog, time.Hour)
	good.add(12, 200, rcapi.ListMessages, 20*time.Hour)
	s.options.Calls = NewCalls(good.all())
	open(t, b, []byte(page1(t, s)))
	at := func(when time.Time) float64 { // where a moment is, from the marks of the page alone
		xs := browsertest.Eval[[]float64](b, `["M", "now"].map(k => k === "now" ? document.querySelector("path.now").getBBox().x :
			parseFloat([...document.querySelectorAll("path.midnight")][0].getAttribute("d").slice(1)))`)
		first := now.Add(-rolling).Truncate(24 * time.Hour).Add(24 * time.Hour)
		perHour := (xs[1] - xs[0]) / now.Sub(first).Hours()
		return xs[0] + perHour*when.Sub(first).Hours()
	}
	areas := browsertest.Eval[[]float64](b, `[...document.querySelectorAll("rect.future")].map(r => r.getBBox().x)`)
	require.Len(t, areas, 2)
	assert.InDelta(t, at(time.Date(2026, 11, 6, 0, 0, 0, 0, time.UTC)), areas[0], 0.5)
	assert.InDelta(t, at(time.Date(2026, 11, 7, 0, 0, 0, 0, time.UTC)), areas[1], 0.5)
	assert.True(t, browsertest.Eval[bool](b, `[...document.querySelectorAll("rect.future")].every(r => r.getBBox().width > 10)`))
	turns := browsertest.Eval[[]float64](b, `[...document.querySelectorAll("path.turn")].map(p => p.getBBox().x)`)
	require.Len(t, turns, 1)
	assert.InDelta(t, at(s.options.Forecast.Latest), turns[0], 0.5)
	assert.Equal(t, "not ready", b.Text("text.turn"))
}

// TestPageIsAccessible runs axe-core on the page, in both colour schemes, with all folds open.
func TestPageIsAccessible(t *testing.T) {
	axe, err := os.ReadFile("testdata/axe/node_modules/axe-core/axe.min.js")
	if err != nil {
		const text = "NOT TESTED: axe-core is not installed: npm ci --prefix gradtest/report/testdata/axe"
		require.Empty(t, os.Getenv("CI"), text)
		t.Skip(text)
	}
	b := browsertest.New(t)
	b.Do(chromedp.EmulateViewport(1000, 900))
	for _, s := range []scene{scenes()[0], scenes()[2]} { // ready, everything
		for _, scheme := range []string{"light", "dark"} {
			html := bytes.Replace([]byte(page1(t, s)), []byte("color-scheme: light dark;"), []byte("color-scheme: "+scheme+";"), 1)
			if scheme == "dark" {
				html = bytes.Replace(html, []byte("screen and (prefers-color-scheme: dark)"), []byte("all"), 1)
			}
			open(t, b, html)
			browsertest.Eval[bool](b, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
			b.Do(chromedp.Evaluate[chromedp.Void](string(axe)))
			found := browsertest.Await[json.RawMessage](b, `axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target + " " + n.failureSummary).join("; ")))`)
			assert.JSONEq(t, "[]", string(found), "%s, %s", s.name, scheme)
		}
	}
}

// manyCalls is a verdict over n calls to 12 endpoints, spread over 47 hours.
func manyCalls(n int) (criteria.Verdict, []Call) {
	ops := []rcapi.Operation{
		rcapi.ReadExtension, rcapi.ReadUserCallLog, rcapi.ListMessages, rcapi.ReadAccountInfo, rcapi.ListExtensions, rcapi.ReadUserPresenceStatus,
		rcapi.ListContacts, rcapi.ListExtensionPhoneNumbers, rcapi.ReadCompanyCallLog, rcapi.ListSubscriptions, rcapi.ListFaxCoverPages, rcapi.ReadUserCallLog,
	}
	var all calls
	for i := range n {
		status := 200
		if i%50 == 0 {
			status = 404
		}
		all.add(1, status, ops[i%len(ops)], 47*time.Hour*time.Duration(n-i)/time.Duration(n))
		r := &all[i]
		r.RequestID, r.Site = fmt.Sprintf("%08x-1a2b-4c3d-8e4f-%012x", i, i), "crm/client.go:42"
	}
	var want criteria.Want
	for _, op := range ops {
		want.Endpoints = append(want.Endpoints, criteria.Endpoint{Op: op})
	}
	return criteria.Evaluate(criteria.Graduation, want, all.all(), now), NewCalls(all.all())
}

func TestPageOfManyCallsStaysSmall(t *testing.T) {
	v, all := manyCalls(5000)
	var b bytes.Buffer
	require.NoError(t, HTML(&b, v, Options{Calls: all}))
	assert.Less(t, b.Len(), 2<<20)
	assert.NotContains(t, b.String(), "older successful calls are not listed")

	v, all = manyCalls(20000)
	b.Reset()
	require.NoError(t, HTML(&b, v, Options{Calls: all}))
	assert.Less(t, b.Len(), 2<<20)
	assert.Contains(t, b.String(), "15000 older successful calls are not listed")
	assert.Equal(t, 400, bytes.Count(b.Bytes(), []byte(`<tr class="failure">`)), "all failures are listed")
}

func BenchmarkHTML100k(b *testing.B) {
	v, all := manyCalls(100_000)
	for b.Loop() {
		if err := HTML(new(bytes.Buffer), v, Options{Calls: all}); err != nil {
			b.Fatal(err)
		}
	}
}
