package rctest

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Grant types of the token endpoint, as values of the form field grant_type.
const (
	GrantJWT      = "urn:ietf:params:oauth:grant-type:jwt-bearer"
	GrantCode     = "authorization_code"
	GrantRefresh  = "refresh_token"
	GrantPassword = "password"
)

// Config of an emulator: one app, and one user who may log in to it. The zero value is the platform as documented, with
// generated credentials and every scope.
type Config struct {
	ClientID     string // empty: generated
	ClientSecret string // empty: generated, unless Public
	JWT          string // the user's JWT credential; empty: generated
	Username     string // of the password grant, without the extension; empty: generated
	Password     string // of the password grant; empty: generated

	Public bool     // an app without a secret: client_id in the form, no Authorization header
	Grants []string // grant types switched on for the app; nil: all the emulator knows (see [GrantJWT])

	// Scopes are granted to the app, and what they include comes with them. They are also what [Handler.Verdict] holds
	// to be the declared ones. Nil grants every scope and declares none; empty but not nil grants none.
	Scopes []rcapi.Scope

	Window time.Duration       // sliding window and penalty of every group; zero: 60 s; whole seconds, as the headers are
	Limits map[rcapi.Group]int // calls per window; a group that is missing: the documented figure; 0: unlimited

	World World  // what there is at the start
	Seed  uint64 // of everything that is made up; the same seed makes the same

	// Webhooks carries validations and notifications to the addresses of subscriptions; nil: the network. Names reserved for
	// examples (RFC 2606: *.example, *.test, example.com …) are taken as good and nothing is sent to them.
	Webhooks http.RoundTripper

	// Listener is where a [Server] listens; nil: a free loopback port. One that has a DialContext method, as in-memory
	// networks have, is dialled by [Server.Client]. A [Handler] ignores it.
	Listener net.Listener
}

// Unlimited is a value of [Config.Limits] that lets every call pass, without rate headers.
func Unlimited() map[rcapi.Group]int {
	return map[rcapi.Group]int{rcapi.Light: 0, rcapi.Medium: 0, rcapi.Heavy: 0, rcapi.Auth: 0}
}

// The groups that are limited, in the order of the arrays that are kept per group.
var limited = [...]rcapi.Group{rcapi.Light, rcapi.Medium, rcapi.Heavy, rcapi.Auth}

const groups = len(limited)

// documented are the platform's figures per window, in the order of limited.
var documented = [groups]int{50, 40, 10, 5}

// settings is a Config made complete.
type settings struct {
	credentials Credentials
	public      bool
	grants      []string
	scopes      grant
	declared    []rcapi.Scope // nil: nothing is declared
	window      time.Duration
	limits      [groups]int
	webhooks    http.RoundTripper
	world       World
	seed        uint64
}

func (cfg Config) settings() (*settings, error) {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("rctest: config: "+format, args...))
	}
	s := &settings{public: cfg.Public, grants: slices.Clone(cfg.Grants), window: cfg.Window, limits: documented, webhooks: cfg.Webhooks, world: cfg.World, seed: cfg.Seed}
	if s.webhooks == nil {
		s.webhooks = &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Second}
	}
	switch {
	case s.window == 0:
		s.window = time.Minute
	case s.window < 0 || s.window%time.Second != 0:
		fault("Window is %v: the platform's headers count whole seconds: use 1s or a multiple", s.window)
	}
	for _, group := range slices.Sorted(maps.Keys(cfg.Limits)) {
		i, n := groupIndex(group), cfg.Limits[group]
		switch {
		case i < 0:
			fault("Limits has %q: use one of %v", group, limited)
		case n < 0:
			fault("Limits has %d for %s: use 0 for no limit", n, group)
		default:
			s.limits[i] = n
		}
	}
	if s.grants == nil {
		s.grants = []string{GrantJWT, GrantCode, GrantRefresh, GrantPassword}
	}
	for _, g := range s.grants {
		if !slices.Contains(knownGrants, g) {
			fault("Grants has %q: use GrantJWT, GrantCode, GrantRefresh or GrantPassword", g)
		}
	}
	if cfg.Public && cfg.ClientSecret != "" {
		fault("a public app has no secret: leave out ClientSecret or Public")
	}
	s.scope(cfg.Scopes)
	s.credentials = cfg.complete()
	return s, errors.Join(faults...)
}

// scope takes over the app's scopes; nil stands for all of them.
func (s *settings) scope(scopes []rcapi.Scope) {
	if scopes == nil {
		s.scopes = newGrant(rcapi.Scopes())
		return
	}
	s.declared = []rcapi.Scope{}
	for _, scope := range scopes {
		s.declared = append(s.declared, scope.Canonical())
	}
	slices.Sort(s.declared)
	s.declared = slices.Compact(s.declared)
	s.scopes = newGrant(s.declared)
}

// groupIndex is the place of a group in limited, or -1.
func groupIndex(g rcapi.Group) int {
	for i, known := range limited {
		if strings.EqualFold(string(known), string(g)) {
			return i
		}
	}
	return -1
}
