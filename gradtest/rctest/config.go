package rctest

import (
	"crypto"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/hostcheck"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Grant types of the token endpoint, as values of the form field grant_type.
const (
	GrantJWT      = "urn:ietf:params:oauth:grant-type:jwt-bearer"
	GrantCode     = "authorization_code"
	GrantRefresh  = "refresh_token"
	GrantPassword = "password"
)

// Config configures an emulator: one app and the users who can log in to it. The zero value emulates the platform as
// documented, with one user, generated credentials and every app scope.
type Config struct {
	ClientID     string // empty: generated
	ClientSecret string // empty: generated, unless Public
	JWT          string // the user's JWT credential; empty: generated
	Username     string // of the password grant, without the extension; empty: the user's number
	Password     string // of the password grant; empty: generated

	AppName string   // shown on the consent page; empty: Emulated app
	Public  bool     // an app without a secret: client_id in the form, no Authorization header
	Grants  []string // grant types that the app may use; nil: all that the emulator supports (see [GrantJWT])

	// Users are additional users who can log in. One whose ExtensionID is that of the first user (62264425) describes that
	// user instead.
	Users []User

	// RedirectURIs are the registered redirect addresses; redirect_uri must equal one of them exactly. Nil: any absolute
	// URI counts as registered. Empty but not nil: none is registered, and every authorization fails with OAU-113.
	RedirectURIs []string

	// Consent makes the authorize address show a page on which a person picks a user and allows or denies. False: the user
	// named by login_hint, or else the first one, agrees at once.
	Consent bool

	// ClientKey is the public key for the app's assertions: an *rsa.PublicKey for RS256, or an *ecdsa.PublicKey on P-256
	// for ES256. Nil: no key. Basic, and assertions signed by HS256 with the secret, work in either case.
	ClientKey crypto.PublicKey

	// OtherApps are registered with the platform in addition to this one, to test codes and tokens of another app.
	OtherApps []OtherApp

	SessionIdle  time.Duration // ends a session after so long without use; zero: never; whole seconds
	SessionLife  time.Duration // ends a session so long after login, refreshed or not; zero: never; whole seconds
	RefuseLogins bool          // a user's sixth login is refused with 429; false: it ends the oldest session

	// Scopes are granted to the app, with the scopes that they include. [Handler.Verdict] takes them as the declared
	// scopes. Nil grants every scope and declares none. Empty but not nil grants none.
	Scopes []rcapi.Scope

	// Exempt are declared scopes that the app cannot exercise here, since it cannot call the endpoints that need them.
	// [Handler.Verdict] does not ask for them.
	Exempt []rcapi.Scope

	// Operations are known besides the catalogue; see [Handler.Declare].
	Operations []rcapi.Operation

	// Window is the sliding window of every limit; zero: 60 s; whole seconds, like the header. Windows has the windows of
	// single limits; zero or a missing name: Window.
	Window  time.Duration
	Windows map[rcapi.Group]time.Duration

	// Penalty is the penalty interval of every limit: after a 429, all calls are refused until this long has passed
	// without a request. Zero: the window; whole seconds.
	Penalty time.Duration

	// Limits has calls per window, by usage-plan group and by the names of the other limits such as [LimitSMS]. A missing
	// name: the documented number. 0: unlimited. [Unlimited] switches all limits off.
	Limits map[rcapi.Group]int

	// Subscriptions is how many subscriptions a user may have with the app; zero: as in Limits, or 30; negative:
	// unlimited.
	Subscriptions int

	// Hosts are names by which clients may address the emulator besides loopback names and the address on which a request
	// arrived, without ports: such as its name in a network of containers. Requests with another Host are answered 421.
	Hosts []string

	// NoControls removes the control endpoints under /emulator/.
	NoControls bool

	// AnalyticsDelay is the interval between two updates of the console's figures, see [Handler.Console]. Zero: 5 minutes,
	// which the platform documented in April 2022. Negative, such as [NoDelay]: no lag. At most 24 h.
	AnalyticsDelay time.Duration

	World World  // resources at the start
	Seed  uint64 // of generated values; the same seed generates the same values

	// Webhooks sends validations and notifications to the addresses of subscriptions; nil: over the network. Addresses
	// under names reserved for examples (RFC 2606: *.example, *.test, example.com …) are accepted and never contacted.
	Webhooks http.RoundTripper

	// Listener is used by a [Server]; nil: a free loopback port. If it has a DialContext method, like listeners of
	// in-memory networks, [Server.Client] dials with it. A [Handler] ignores it.
	Listener net.Listener
}

// settings is a Config with defaults filled in.
type settings struct {
	credentials Credentials
	public      bool
	delay       time.Duration // of the console's figures; 0: no lag
	grants      []string
	scopes      grant
	declared    []rcapi.Scope // nil: none
	policies    [limitCount]*policy
	limits      [limitCount]Limit // at the start
	controls    bool
	hosts       hostcheck.Hosts
	webhooks    http.RoundTripper
	world       World
	seed        uint64

	people    []User // with every field set; the first is the user of credentials
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
	s := &settings{
		public: cfg.Public, grants: slices.Clone(cfg.Grants), controls: !cfg.NoControls,
		webhooks: cfg.Webhooks, world: cfg.World, seed: cfg.Seed,
	}
	if s.webhooks == nil {
		s.webhooks = &http.Transport{Proxy: http.ProxyFromEnvironment, MaxIdleConnsPerHost: 2, IdleConnTimeout: time.Second}
	}
	s.limits, errs = cfg.startLimits()
	for id := range limitID(limitCount) {
		s.policies[id] = newPolicy(id.name(), s.limits[id])
	}
	hosts, err := hostcheck.Allow(cfg.Hosts...)
	if err != nil {
		invalid("Hosts: %w", err)
	}
	s.hosts = hosts
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

// scope sets the app's scopes; nil means all.
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
