// Package browsertest opens pages in a headless Chromium, for tests.
package browsertest

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Browser is a page in a headless Chromium.
type Browser struct {
	testing.TB
	ctx context.Context
}

// New opens an empty page, as wide as a small telephone. It closes with the test. Without Chromium the test is skipped,
// or fails if CI is set.
func New(tb testing.TB) Browser {
	tb.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		const text = "NOT TESTED IN A BROWSER: there is no Chromium: apt-get install chromium"
		if os.Getenv("CI") != "" {
			tb.Fatal(text)
		}
		tb.Skip(text)
	}
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Minute) // not of the test's, which ends before the browser can be closed
	tb.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
	)...)
	tb.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	tb.Cleanup(stop)
	tb.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			tb.Errorf("the browser does not close: %v", err)
		}
	})
	b := Browser{tb, ctx}
	b.Do(chromedp.EmulateViewport(360, 800))
	return b
}

// Tab opens another empty page in the same browser. It closes with the test.
func (b Browser) Tab() Browser {
	b.Helper()
	ctx, stop := chromedp.NewContext(b.ctx)
	b.Cleanup(stop)
	tab := Browser{b.TB, ctx}
	tab.Do(chromedp.EmulateViewport(360, 800))
	return tab
}

// Do runs steps one after another.
func (b Browser) Do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// Text returns the text of the first element that matches a selector.
func (b Browser) Text(selector string) string {
	b.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS(selector)))
	if err != nil {
		b.Fatal(err)
	}
	return strings.TrimSpace(s)
}

// Eval returns the value of an expression of the page.
func Eval[T any](b Browser, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatal(err)
	}
	return v
}

// Await returns the value of a promise of the page.
func Await[T any](b Browser, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	return v
}
