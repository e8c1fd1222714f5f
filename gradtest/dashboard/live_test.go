package dashboard

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/browsertest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// soon returns the promise of a page that a condition holds within five seconds.
func soon(condition string) string {
	return fmt.Sprintf(`new Promise(done => { const end = Date.now() + 5000, look = () => {
		let is = false; try { is = Boolean(%s) } catch {}
		is || Date.now() > end ? done(is) : setTimeout(look, 20) }; look() })`, condition)
}

// has is a condition: the row of an endpoint shows how many successes it has.
func has(endpoint string, got int) string {
	return fmt.Sprintf(
		`[...document.querySelectorAll(".sortable > tbody")].some(b => b.rows[0].cells[1].textContent.startsWith(%q) && b.rows[0].cells[2].textContent === "%d")`,
		endpoint,
		got,
	)
}

// listening serves on an address, so that a server can be replaced by another.
func listening(tb testing.TB, addr string, h http.Handler) (*http.Server, string) {
	l, err := net.Listen("tcp", addr)
	require.NoError(tb, err)
	s := &http.Server{Handler: h}
	go func() { _ = s.Serve(l) }()
	tb.Cleanup(func() { _ = s.Close() })
	return s, l.Addr().String()
}

// TestPageInChromium: the page takes in what is recorded, and keeps what the reader has set.
func TestPageInChromium(t *testing.T) {
	dir := kept(t, scene()...)
	for range 40 { // enough to scroll
		require.NoError(t, dir.Append(t.Context(), done(rcapi.ListMessages, 404)))
	}
	h := started(t, dir)
	server, addr := listening(t, "127.0.0.1:0", h)
	b := browsertest.New(t)
	b.Do(chromedp.EmulateViewport(900, 500), chromedp.Navigate("http://"+addr+"/"))
	require.True(t, browsertest.Await[bool](b, soon(`document.querySelector(".live.on")`)), "the stream is open")
	assert.Equal(t, "Follows the evidence.", b.Text("#live-state"))

	// What a reader does: search, sort, open a fold, scroll.
	browsertest.Eval[bool](b, `(() => {
		window.mark = 1;
		const search = document.getElementById("search");
		search.value = "list"; search.focus(); search.setSelectionRange(2, 4);
		search.dispatchEvent(new Event("input", {bubbles: true}));
		const head = document.querySelectorAll(".sortable > thead button")[1]; head.click(); head.click();
		const fold = [...document.querySelectorAll("details")].find(d => d.textContent.includes("of listMessages"));
		fold.open = true;
		scrollTo({top: fold.getBoundingClientRect().top + scrollY - 100, behavior: "instant"});
		return true })()`)
	top := `Math.round([...document.querySelectorAll("summary")].find(s => s.textContent.includes("of listMessages")).getBoundingClientRect().top)`
	before := browsertest.Eval[int](b, top)
	require.Greater(t, browsertest.Eval[int](b, "Math.round(scrollY)"), 100)

	require.NoError(t, dir.Append(t.Context(), done(rcapi.ListMessages, 200), done(rcapi.ReadUserCallLog, 200)))
	require.True(t, browsertest.Await[bool](b, soon(has("listMessages", 2))), "the call shows")
	assert.Equal(t, 1, browsertest.Eval[int](b, "window.mark"), "without a reload")
	assert.Equal(t, "list", browsertest.Eval[string](b, `document.getElementById("search").value`))
	visible := `[...document.querySelectorAll(".sortable > tbody")].filter(x => !x.hidden).length`
	assert.Equal(t, 1, browsertest.Eval[int](b, visible), "the filter is applied to the new rows")
	assert.Equal(
		t,
		"descending",
		browsertest.Eval[string](b, `document.querySelector(".sortable [aria-sort]").getAttribute("aria-sort")`),
	)
	assert.Equal(
		t,
		"2,4",
		browsertest.Eval[string](
			b,
			`document.activeElement.id === "search" && [document.activeElement.selectionStart, document.activeElement.selectionEnd].join()`,
		),
	)
	assert.True(
		t,
		browsertest.Eval[bool](
			b,
			`[...document.querySelectorAll("details")].find(d => d.textContent.includes("of listMessages")).open`,
		),
	)
	assert.InDelta(t, before, browsertest.Eval[int](b, top), 2, "what is on screen stays where it is")

	// Marked text is left alone until it is released.
	browsertest.Eval[bool](b, `getSelection().selectAllChildren(document.querySelector("h1")), true`)
	require.NoError(t, dir.Append(t.Context(), done(rcapi.ListMessages, 200)))
	require.True(
		t,
		browsertest.Await[bool](
			b,
			soon(
				`document.getElementById("live").textContent.includes("8 needed calls made") || document.getElementById("live").textContent.includes("9 needed calls made")`,
			),
		),
		"the progress is shown",
	)
	assert.False(t, browsertest.Eval[bool](b, has("listMessages", 3)))
	assert.False(t, browsertest.Eval[bool](b, `getSelection().isCollapsed`))
	browsertest.Eval[bool](b, `getSelection().removeAllRanges(), true`)
	require.True(t, browsertest.Await[bool](b, soon(has("listMessages", 3))))

	accessible(t, b)

	// The server ends, and another one takes its place.
	require.NoError(t, h.Close())
	require.NoError(t, server.Close())
	require.True(t, browsertest.Await[bool](b, soon(`document.querySelector(".live.off")`)), "its end is said")
	require.NoError(t, dir.Append(t.Context(), done(rcapi.ListMessages, 200)))
	listening(t, addr, started(t, dir))
	require.True(
		t,
		browsertest.Await[bool](b, soon(`document.querySelector(".live.on") && `+has("listMessages", 4))),
		"it has come back",
	)
	assert.Equal(t, 1, browsertest.Eval[int](b, "window.mark"))
	assert.Equal(
		t,
		"[]",
		browsertest.Eval[string](
			b,
			`JSON.stringify(performance.getEntriesByType("resource").map(e => e.name).filter(n => !n.startsWith(location.origin)))`,
		),
		"nothing is loaded from elsewhere",
	)
	testTabs(t, b)
}

// accessible runs axe-core on the page.
func accessible(t *testing.T, b browsertest.Browser) {
	axe, err := os.ReadFile("../report/testdata/axe/node_modules/axe-core/axe.min.js")
	if err != nil {
		const text = "NOT TESTED: axe-core is not installed: npm ci --prefix gradtest/report/testdata/axe"
		require.Empty(t, os.Getenv("CI"), text)
		t.Log(text)
		return
	}
	b.Do(chromedp.Evaluate[chromedp.Void](string(axe)))
	found := browsertest.Await[[]string](
		b,
		`axe.run().then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.target + " " + n.failureSummary).join("; ")))`,
	)
	assert.Empty(t, found)
}

// testTabs: more tabs than a browser has connections to a server all follow. It uses the browser of another test,
// because starting one takes a second.
func testTabs(t *testing.T, b browsertest.Browser) {
	dir := kept(t, scene()...)
	_, addr := listening(t, "127.0.0.1:0", started(t, dir))
	tabs := []browsertest.Browser{b}
	for range 6 {
		tabs = append(tabs, b.Tab())
	}
	for _, tab := range tabs {
		tab.Do(chromedp.Navigate("http://" + addr + "/"))
	}
	for i, tab := range tabs {
		require.True(t, browsertest.Await[bool](tab, soon(`document.querySelector(".live.on")`)), "tab %d", i)
	}
	require.NoError(t, dir.Append(t.Context(), done(rcapi.ListMessages, 200)))
	for i, tab := range tabs {
		require.True(t, browsertest.Await[bool](tab, soon(has("listMessages", 2))), "tab %d", i)
	}
	// The first tab, which listens for all, is closed.
	browsertest.Eval[bool](tabs[0], `location.href = "about:blank", true`)
	require.NoError(t, dir.Append(t.Context(), done(rcapi.ListMessages, 200)))
	for i, tab := range tabs[1:] {
		require.True(t, browsertest.Await[bool](tab, soon(has("listMessages", 3))), "tab %d", i+1)
	}
}

// busy are many calls to ten endpoints.
func busy(n int) []ledger.Record {
	ops := []rcapi.Operation{
		rcapi.ReadExtension, rcapi.ReadUserCallLog, rcapi.ListMessages, rcapi.ReadAccountInfo, rcapi.ListExtensions,
		rcapi.ReadUserPresenceStatus, rcapi.ListContacts, rcapi.ListExtensionPhoneNumbers, rcapi.ReadCompanyCallLog, rcapi.ListSubscriptions,
	}
	all := []ledger.Record{declaration("crm-sync", "graduation", ops...)}
	for i := range n {
		r := done(ops[i%len(ops)], 200)
		r.At = r.At.Add(-time.Duration(n-i) * 40 * time.Hour / time.Duration(n))
		r.Sent = r.At.Add(-200 * time.Millisecond)
		r.RequestID = fmt.Sprintf("%08x-1a2b-4c3d-8e4f-%012x", i, i)
		all = append(all, r)
	}
	return all
}
