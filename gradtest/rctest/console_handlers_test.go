package rctest

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
)

const (
	consoleGet  = "GET /emulator/console"
	consoleJSON = "GET /emulator/console.json"
	applyPost   = "POST /emulator/console/apply"
)

func TestConsoleNeedsNoTokenAndIsNoCall(t *testing.T) {
	a := newStranger(t, Config{})
	for range 60 {
		assert.Equal(t, http.StatusOK, a.call(consoleGet).status)
		assert.Equal(t, http.StatusOK, a.call(consoleJSON).status)
	}
	a.call(applyPost)
	assert.Empty(t, a.h.Calls())
	assert.Zero(t, a.h.Verdict().Total)
	assert.Empty(t, a.call("HEAD /emulator/console").header.Get("X-Rate-Limit-Limit"))
	assert.Equal(t, http.StatusMethodNotAllowed, a.call("GET /emulator/console/apply").status, "looking is not applying")
	assert.Equal(t, http.StatusMethodNotAllowed, a.call("DELETE /emulator/console").status)
}

func TestConsoleHeaders(t *testing.T) {
	a := newStranger(t, Config{})
	page := a.call(consoleGet).header
	assert.Equal(t, "text/html; charset=utf-8", page.Get("Content-Type"))
	policy := page.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "style-src 'sha256-", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		assert.Contains(t, policy, part)
	}
	assert.NotContains(t, policy, "unsafe")
	for _, h := range []http.Header{page, a.call(consoleJSON).header} {
		assert.Equal(t, "no-store", h.Get("Cache-Control"))
	}
	assert.Equal(t, "nosniff", page.Get("X-Content-Type-Options"))
}

// The credentials are what an emulator prints anyway, but a page is looked at by others, too.
func TestConsoleHasNoSecrets(t *testing.T) {
	a := newApp(t, Config{})
	c := a.h.Credentials()
	for _, what := range []string{consoleGet, consoleJSON} {
		got := a.call(what).body
		assert.Contains(t, got, c.ClientID)
		for _, secret := range []string{c.ClientSecret, c.JWT, c.Password, a.token} {
			assert.NotContains(t, got, secret)
		}
	}
}

func TestConsoleFollows(t *testing.T) {
	a := newStranger(t, Config{})
	const refresh = `http-equiv="refresh"`
	assert.NotContains(t, a.call(consoleGet).body, refresh, "a page that moves by itself has to be asked for")
	assert.Contains(t, a.call(consoleGet+"?follow=1").body, `http-equiv="refresh" content="5;url=/emulator/console?follow=1"`)
}

func TestApplyOverHTTP(t *testing.T) {
	form := func(r *http.Request) {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Accept", "text/html,*/*;q=0.8")
	}
	program := func(*http.Request) {}
	body := func(r *http.Request) {
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "text/html")
	}
	foreign := func(r *http.Request) { form(r); r.Header.Set("Sec-Fetch-Site", "cross-site") }
	for _, c := range []struct {
		name      string
		ready     bool
		applied   bool
		as        func(*http.Request)
		status    int
		is, says  string
		thenStage Stage
	}{
		{"a program, not ready", false, false, program, 409, "application/json;charset=utf-8", `"0 of 21 successful calls"`, StageDevelop},
		{"a form, not ready", false, false, form, 409, "text/html; charset=utf-8", "<li>0 of 21 successful calls</li>", StageDevelop},
		{"a program", true, false, program, 200, "application/json;charset=utf-8", `"answer": "2000-01-03"`, StageApply},
		{"a program that says JSON", true, false, body, 200, "application/json;charset=utf-8", `"stage": "Apply for Production"`, StageApply},
		{"a form", true, false, form, 303, "", "", StageApply},
		{"a program, again", true, true, program, 409, "application/json;charset=utf-8", "wait for the review", StageApply},
		{"a form, again", true, true, form, 409, "text/html; charset=utf-8", "already applied", StageApply},
		{"another site's page", true, false, foreign, 403, "text/plain; charset=utf-8", "cross-origin", StageApply},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newStranger(t, Config{Limits: Unlimited()})
				if c.ready {
					ready(a)
				}
				if c.applied {
					a.apply()
				}
				r := a.request(applyPost)
				c.as(r)
				got := a.send(r)
				assert.Equal(t, c.status, got.status)
				assert.Equal(t, c.is, got.header.Get("Content-Type"))
				assert.Contains(t, got.body, c.says)
				if c.status == 303 {
					assert.Equal(t, "/emulator/console", got.header.Get("Location"))
				}
				if strings.Contains(c.is, "html") {
					assert.Contains(t, got.body, `role="alert"`)
					assert.NotEmpty(t, got.header.Get("Content-Security-Policy"))
				}
				console := a.h.Console()
				assert.Equal(t, c.thenStage, console.Stage)
				assert.Equal(t, c.applied || c.status < 400, console.Application != nil)
			})
		})
	}
}
