package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
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
				html = bytes.Replace(html, []byte("(prefers-color-scheme: dark)"), []byte("all"), 1)
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
