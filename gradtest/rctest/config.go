package rctest

import (
	"crypto"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
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

// Config of an emulator: one app, and the users who may log in to it. The zero value is the platform as documented,
// with one user, generated credentials and every scope.
type Config struct {
	ClientID     string // empty: generated
	ClientSecret string // empty: generated, unless Public
	JWT          string // the user's JWT credential; empty: generated
	Username     string // of the password grant, without the extension; empty: generated
	Password     string // of the password grant; empty: generated

	AppName string   // shown where a user is asked; empty: Emulated app
	Public  bool     // an app without a secret: client_id in the form, no Authorization header
	Grants  []string // grant types switched on for the app; nil: all the emulator knows (see [GrantJWT])

	// Users may log in as well as the one that the fields above are about. See [User] for what they may and may not.
	Users []User

	// RedirectURIs are registered for the app: redirect_uri must be one of them, letter by letter. Nil: any absolute
	// address is taken as registered. Empty but not nil: none is, and every authorization fails with OAU-113.
	RedirectURIs []string

	// Consent shows a page at the authorize address, on which somebody picks the user, allows or denies. False: the user
	// agrees at once, and which one login_hint tells.
	Consent bool

	// ClientKey is the public key of the app's assertions signed by RS256 (*rsa.PublicKey) or ES256 (*ecdsa.PublicKey on
	// P-256). Nil: none. Basic, and assertions signed by HS256 with the secret, hold beside it.
	ClientKey crypto.PublicKey

	// OtherApps are known to the platform beside this one, so that what belongs to another app can be tried.
	OtherApps []OtherApp

	SessionIdle  time.Duration // ends a session that is not used for so long; zero: never; whole seconds
	SessionLife  time.Duration // ends a session so long after the log-in, refreshed or not; zero: never; whole seconds
	RefuseLogins bool          // a user's sixth session is refused with 429; false: it ends the oldest

	// Scopes are granted to the app, and what they include comes with them. They are also what [Handler.Verdict] holds
	// to be the declared ones. Nil grants every scope and declares none; empty but not nil grants none.
	Scopes []rcapi.Scope

	// Window is the sliding window of every limit; zero: 60 s; whole seconds, as the headers are. Windows has those of
	// single groups or limits; zero, or a name that is missing: Window.
	Window  time.Duration
	Windows map[rcapi.Group]time.Duration

	// Penalty is how long a limit refuses everything after it has refused once; each request meanwhile starts it anew.
	// Zero: the window; whole seconds.
	Penalty time.Duration

	// Limits are calls per window, by usage-plan group and by the names of the other limits such as [LimitSMS]; a name
	// that is missing: the documented figure; 0: unlimited. [Unlimited] lifts all.
	Limits map[rcapi.Group]int

	// Subscriptions that a user may have with the app at a time; zero: as Limits says, or 30; negative: any number.
	Subscriptions int

	// NoControls switches off the emulator's own endpoints, which are under /emulator/.
	NoControls bool

	// AnalyticsDelay is the time from one update of the console's figures to the next, see [Handler.Console]; zero: 5
	// minutes, as of April 2022; negative, as [NoDelay] is: the figures are always those of now; at most 24 h.
	AnalyticsDelay time.Duration

	World World  // what there is at the start
	Seed  uint64 // of everything that is made up; the same seed makes the same

	// Webhooks carries validations and notifications to the addresses of subscriptions; nil: the network. Names reserved
	// for examples (RFC 2606: *.example, *.test, example.com …) are taken as good and nothing is sent to them.
	Webhooks http.RoundTripper

	// Listener is where a [Server] listens; nil: a free loopback port. One that has a DialContext method, as in-memory
	// networks have, is dialled by [Server.Client]. A [Handler] ignores it.
	Listener net.Listener
}

// settings is a Config made complete.
type settings struct {
	credentials Credentials
	public      bool
	delay       time.Duration // of the console's figures; 0: none
	grants      []string
	scopes      grant
	declared    []rcapi.Scope // nil: nothing is declared
	policies    [limitCount]*policy
	limits      [limitCount]Limit // at the start
	controls    bool
	webhooks    http.RoundTripper
	world       World
	seed        uint64

	people    []User // complete; the one of credentials first
	apps      []client
	appName   string
	redirects []string // nil: any
	consent   bool
	rules     sessionRules
}

func (cfg Config) settings() (*settings, error) {
	var errs []error
	invalid := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("rctest: config: "+format, args...))
	}
	s := &settings{public: cfg.Public, grants: slices.Clone(cfg.Grants), webhooks: cfg.Webhooks, world: cfg.World, seed: cfg.Seed}
	s.controls = !cfg.NoControls
	if s.webhooks == nil {
		s.webhooks = &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Second}
	}
	s.limits, errs = cfg.startLimits()
	for id := range limitID(limitCount) {
		s.policies[id] = newPolicy(id.name(), s.limits[id])
	}
	if s.grants == nil {
		s.grants = []string{GrantJWT, GrantCode, GrantRefresh, GrantPassword}
	}
	for _, g := range s.grants {
		if !slices.Contains(knownGrants, g) {
			invalid("Grants has %q: use GrantJWT, GrantCode, GrantRefresh or GrantPassword", g)
		}
	}
	if cfg.Public && cfg.ClientSecret != "" {
		invalid("a public app has no secret: leave out ClientSecret or Public")
	}
	s.scope(cfg.Scopes)
	s.oauth(cfg, invalid)
	var late error
	s.delay, late = cfg.delay()
	errs = append(errs, late)
	return s, errors.Join(errs...)
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
