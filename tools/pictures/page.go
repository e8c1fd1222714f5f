package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"slices"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// reportPage sweeps an app that lacks one app scope in the developer console and returns its report as HTML.
func reportPage(ctx context.Context) ([]byte, error) {
	scopes := []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadPresence}
	server, err := rctest.Start(rctest.Config{Scopes: scopes})
	if err != nil {
		return nil, err
	}
	defer server.Close()
	store := ledger.NewMemory()
	app := example(ctx, server, store)
	app.Scopes = append(app.Scopes, rcapi.ScopeReadMessages) // which the server does not grant
	verdict, err := gradtest.Sweep(ctx, app)
	if verdict.Policy == "" {
		return nil, err
	}
	verdict.Notes = nil // the address of the emulator
	var page bytes.Buffer
	err = report.HTML(&page, verdict, report.Options{
		App: app.Name, Calls: report.NewCalls(func(yield func(ledger.Record) bool) {
			for r, err := range store.Records(ctx, time.Time{}) {
				if err != nil || !yield(r) {
					return
				}
			}
		}),
	})
	return page.Bytes(), err
}

// example is the app whose pages are shown.
func example(ctx context.Context, server *rctest.Server, store ledger.Store) gradtest.App {
	return gradtest.App{
		Name:   "crm-sync",
		Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadCallLog, rcapi.ScopeReadPresence},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension}, {Op: rcapi.ReadUserCallLog}, {Op: rcapi.ReadUserPresenceStatus},
			{Op: rcapi.ListExtensionPhoneNumbers}, {Op: rcapi.ListMessages},
		},
		Target: gradtest.Target{
			URL: server.URL, ClientID: server.ClientID, PrivateToken: true,
			Token: rcauth.JWT(ctx, rcauth.Config{
				URL: server.URL, ClientID: server.ClientID, ClientSecret: server.ClientSecret,
			}, server.JWT),
		},
		Store: store,
	}
}

// data returns a page as an address.
func data(page []byte) string {
	return "data:text/html;charset=utf-8;base64," + base64.StdEncoding.EncodeToString(page)
}

// screenshot renders a page, from its head to the end of the section with the heading last, once ready is true in it,
// and returns it as PNG.
func screenshot(ctx context.Context, browser, address, last, ready string) ([]byte, error) {
	ctx, stop := chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browser), chromedp.NoSandbox, chromedp.NoFirstRun, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("hide-scrollbars", true),
	)...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 600), chromedp.Navigate(address)); err != nil {
		return nil, fmt.Errorf("%w: apt-get install chromium, or name a browser with -chromium", err)
	}
	for shown := false; !shown; {
		var err error
		if shown, err = chromedp.Run(ctx, chromedp.Evaluate[bool](ready)); err != nil {
			return nil, err
		}
		time.Sleep(50 * time.Millisecond)
	}
	height, err := chromedp.Run(ctx, chromedp.Evaluate[int64](fmt.Sprintf(
		`Math.ceil(document.querySelector(%q).parentElement.getBoundingClientRect().bottom + 8)`, last)))
	if err != nil {
		return nil, err
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height)); err != nil {
		return nil, err
	}
	shot, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return nil, err
	}
	if err := chromedp.Cancel(ctx); err != nil {
		return nil, err
	}
	return compress(shot)
}

const width = 960

// compress encodes a PNG with its 256 most frequent colours, which makes it less than half as large.
func compress(data []byte) ([]byte, error) {
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	frequency := make(map[color.Color]int)
	bounds := img.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			frequency[img.At(x, y)]++
		}
	}
	colours := slices.SortedFunc(maps.Keys(frequency), func(a, b color.Color) int { return frequency[b] - frequency[a] })
	small := image.NewPaletted(bounds, colours[:min(len(colours), 256)])
	draw.Draw(small, bounds, img, bounds.Min, draw.Src)
	var out bytes.Buffer
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, small)
	return out.Bytes(), err
}
