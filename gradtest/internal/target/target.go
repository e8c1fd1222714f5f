// Package target connects an app with a server: it decides where the traffic goes, where the evidence and the rate
// limits are kept, and how calls are authorized. [Config] is what the caller declares, the environment supplies the
// rest, and [Open] puts both together. Nothing is sent before the first call.
package target

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/time/rate"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/window"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// Config is what an app declares about its target. The fields have the meanings and zero values of gradtest.App and
// gradtest.Target.
type Config struct {
	Name       string            // of the app, never empty
	Scopes     []rcapi.Scope     // granted by the embedded emulator
	Operations []rcapi.Operation // known besides the catalogue's

	URL             string
	Token           oauth2.TokenSource
	PrivateToken    bool
	ClientID        string
	Base            http.RoundTripper
	AllowProduction bool

	Store   ledger.Store
	Gate    window.Gate
	Pace    rate.Limit
	Repeat  bool
	Log     *slog.Logger
	Watch   func(ledger.Record)  // receives every attempt of this session
	Waiting func(window.Outlook) // receives every long wait for a slot
	Locked  func(what string)    // receives what the store waits for when that takes long
	Pending func(wire.Pending)   // receives every late response

	// Elsewhere receives the host of every request to another server.
	Elsewhere func(host string)

	// TokenWaits is called before a token request that failed is repeated.
	TokenWaits func(err error, until time.Time)
}

// Target is an open connection to a server, with the evidence kept of it. Close ends it.
type Target struct {
	URL      string // without a trailing slash
	Emulator bool   // the embedded one
	Scope    string // names the server and the evidence: sessions of one scope share tokens and limits
	Evidence string // where the evidence is kept, for people; empty: only the caller of Open knows
	Marks    string // directory for the file that defeats the test cache; empty: none is needed

	Store       ledger.Store
	Gate        window.Gate
	Credentials Credentials
	Repeat      bool // all calls are sent, not only the missing ones

	share func(user string) rcauth.TokenCache // shares the token between processes; nil: it stays in this one
	wire  *wire.Transport                     // records and limits, adds no token
	token *issuedTokens

	life context.Context // of the token source; Close ends it
	end  context.CancelFunc

	mu      sync.Mutex
	gateway *wire.Gateway
	closers []func() error
	leave   func() // ends the use of the embedded emulator; nil: it is not used
}

// Credentials authorize an app.
type Credentials struct {
	ClientID     string
	ClientSecret string
	JWT          string
}

// Open connects to the server that cfg and the environment name.
func Open(cfg Config) (*Target, error) {
	env, err := environ.Read(os.Getenv)
	if err = errors.Join(err, environ.Misspelt(os.Environ())); err != nil {
		return nil, err
	}
	dest, err := resolve(cfg, env)
	if err != nil {
		return nil, err
	}
	t := &Target{
		Emulator: dest.emulator, Repeat: cfg.Repeat || env.Repeat,
		Credentials: Credentials{env.ClientID, env.ClientSecret, env.JWT},
	}
	t.life, t.end = context.WithCancel(context.Background())
	var e *embedded
	if dest.emulator {
		t.life = context.Background() // later sessions share the token source
		if e, err = emulatorOf(cfg); err != nil {
			return nil, err
		}
		t.leave = e.leave
		if dest.origin, err = parseOrigin(e.url); err != nil {
			return nil, errors.Join(err, t.Close())
		}
		t.Store, t.Gate = e.store, e.gate
		t.Credentials = e.credentials
	}
	t.URL = dest.origin.String()
	if err := t.openStore(cfg, env, dest); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	var pace *rate.Limiter
	if cfg.Pace > 0 {
		pace = rate.NewLimiter(cfg.Pace, 1)
	}
	t.Scope = t.scope()
	t.wire, err = wire.New(wire.Config{
		Origin: dest.origin, Base: cfg.Base, Store: t.Store, Gate: t.Gate, Pace: pace,
		Catalogue: rcapi.NewCatalogue(cfg.Operations...), Log: cfg.Log, Watch: cfg.Watch, Waiting: cfg.Waiting,
		Pending: cfg.Pending, Elsewhere: cfg.Elsewhere, Trials: trialsOf(t.Scope),
	})
	if err != nil {
		return nil, errors.Join(err, t.Close())
	}
	t.token = t.newToken(cfg)
	if e != nil {
		t.token = e.share(t.token, t.wire.CloseIdleConnections)
	}
	if cfg.Base == nil {
		t.closers = append(t.closers, func() error { t.wire.CloseIdleConnections(); return nil })
	}
	return t, nil
}

// Authorized returns a transport that records, limits and adds the token.
func (t *Target) Authorized() *wire.Transport { return t.wire.WithToken(t.token) }

// Unauthorized returns a transport that records and limits and leaves authorization to the caller.
func (t *Target) Unauthorized() *wire.Transport { return t.wire }

// Gateway returns a base URL of the recording proxy. Until release is called, its traffic goes through the transport
// that derive makes from the proxy's.
func (t *Target) Gateway(derive func(*wire.Transport) *wire.Transport) (base string, release func(), err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.gateway == nil {
		g := wire.NewGateway(t.wire)
		if err := g.Start(); err != nil {
			return "", nil, err
		}
		t.gateway = g
		t.closers = append(t.closers, g.Close)
	}
	base, release = t.gateway.View(derive)
	return base, release, nil
}

// Token asks for the access token.
func (t *Target) Token(ctx context.Context) (*oauth2.Token, error) { return t.token.TokenContext(ctx) }

// NewToken asks for the access token, and does not take one from the cache whose acceptance is not known.
func (t *Target) NewToken(ctx context.Context) (*oauth2.Token, error) {
	tok, err := t.Token(ctx)
	if err != nil {
		return nil, err
	}
	t.token.Doubt(tok)
	return t.Token(ctx)
}

// shortestSecret is the length from which a value is replaced in texts. Shorter values are not secrets, and replacing
// them would garble ordinary text.
const shortestSecret = 6

// Redact replaces every secret that the target knows in a text.
func (t *Target) Redact(s string) string {
	for _, secret := range append(t.token.issued(), t.Credentials.ClientSecret, t.Credentials.JWT) {
		if len(secret) >= shortestSecret {
			s = strings.ReplaceAll(s, secret, "[secret]")
		}
	}
	return s
}

// Loopback reports whether the server is on this machine.
func (t *Target) Loopback() bool {
	u, err := url.Parse(t.URL)
	if err != nil {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
}

// Close releases what the target holds: nothing of it runs afterwards, and no connection of it is open. The embedded
// emulator keeps its state for the next session of the process.
func (t *Target) Close() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end()
	var errs []error
	for _, c := range slices.Backward(t.closers) {
		errs = append(errs, c())
	}
	t.closers = nil
	if t.leave != nil {
		t.leave()
		t.leave = nil
	}
	return errors.Join(errs...)
}
