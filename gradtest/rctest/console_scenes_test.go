package rctest

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// consoleScenes are apps on their way, each in a bubble whose time is what the acts make it.
func consoleScenes() []consoleScene {
	scopes := []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages, rcapi.ScopeVoicemail}
	return []consoleScene{
		{name: "empty", golden: true, config: Config{Scopes: scopes[:2]}, act: func(*app) {}},
		{name: "open", golden: true, config: Config{Scopes: scopes}, act: func(a *app) {
			a.login()
			a.times(9, getOwn)
			a.times(3, store)
			a.errors(2, getOwn)
			a.call(presence)
			time.Sleep(6 * time.Minute)
			a.times(2, store)
			a.call("DELETE /restapi/v1.0/account/~/<script>alert(1)</script>/\"onload=\"x")
			a.call(timezone)
		}},
		{name: "behind", config: Config{Scopes: scopes[:1]}, act: func(a *app) {
			a.login()
			a.times(15, getOwn)
			time.Sleep(6 * time.Minute)
			a.times(6, getOwn)
		}},
		{name: "ready", config: Config{Scopes: scopes[:1]}, act: ready},
		{name: "worse", golden: true, config: Config{Scopes: scopes[:1]}, act: func(a *app) { ready(a); a.errors(4, getOwn) }},
		{name: "review", config: Config{Scopes: scopes[:1], AnalyticsDelay: NoDelay}, act: func(a *app) { ready(a); a.apply() }},
		{name: "production", golden: true, act: func(a *app) { ready(a); a.apply(); time.Sleep(24 * time.Hour) }},
		{name: "hostile", config: Config{ClientID: `"><script>alert(1)</script>`, Scopes: []rcapi.Scope{"<img src=x onerror=alert(1)>"}}, act: func(*app) {}},
	}
}

type consoleScene struct {
	name   string
	golden bool // page and JSON are kept in testdata/console
	config Config
	act    func(*app)
}

// ready makes enough calls and waits for the console to see them.
func ready(a *app) {
	a.login()
	a.times(22, getOwn)
	time.Sleep(6 * time.Minute)
}

func (a *app) apply() {
	a.Helper()
	_, err := a.h.Apply()
	require.NoError(a, err)
}

// eachScene plays the scenes. They begin on Tuesday, 4 January 2000, 09:01:30 UTC.
func eachScene(t *testing.T, look func(t *testing.T, s consoleScene, a *app)) {
	for _, s := range consoleScenes() {
		t.Run(s.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(time.Until(time.Date(2000, 1, 4, 9, 1, 30, 0, time.UTC)))
				s.config.Limits = Unlimited()
				if s.config.ClientID == "" {
					s.config.ClientID = "crm-sync"
				}
				a := newStranger(t, s.config)
				s.act(a)
				look(t, s, a)
			})
		})
	}
}
