package main

import (
	"context"
	"errors"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/dashboard"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// dashboardPicture is the page of the dashboard while a sweep waits for a rate limit.
func dashboardPicture(ctx context.Context, browser string) (png []byte, err error) {
	server, err := rctest.Start(rctest.Config{})
	if err != nil {
		return nil, err
	}
	defer server.Close()
	dir, err := os.MkdirTemp("", "pictures-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	const origin = "127.0.0.1_8080-0a1b2c3d"
	store, err := ledger.Open(filepath.Join(dir, origin)) // which also keeps what calls wait for
	if err != nil {
		return nil, err
	}
	defer store.Close()
	app := example(ctx, server, store)
	app.Scopes = append(app.Scopes, rcapi.ScopeReadMessages)
	app.Endpoints[1].Calls = 24 // of ten a minute
	sweeping, stop := context.WithCancel(ctx)
	swept := make(chan error, 1)
	go func() {
		_, err := gradtest.Sweep(sweeping, app)
		swept <- err
	}()
	defer func() {
		stop() // the picture is taken in the middle of the sweep
		if e := <-swept; !errors.Is(e, context.Canceled) {
			err = errors.Join(err, e)
		}
	}()
	live, err := dashboard.New(ctx, dashboard.Config{Store: store, Origin: origin, Every: 100 * time.Millisecond})
	if err != nil {
		return nil, err
	}
	defer live.Close()
	page := httptest.NewServer(live)
	defer page.Close()
	return screenshot(ctx, browser, page.URL, "#rules", `document.title.startsWith("crm-sync") && `+
		`/for a slot of heavy, the next at/.test(document.getElementById("live").textContent) && `+
		`!document.querySelector(".live").classList.contains("off") && document.querySelector(".live.on") !== null`)
}
