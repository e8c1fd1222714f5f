package gradtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/time/rate"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/window"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// world is the outside of a session: the server, the way to it, and the evidence kept of it.
type world struct {
	url      string // without a trailing slash
	emulator bool
	place    string // where the evidence that outlives the process is, for people; empty: only the caller knows
	marks    string // where the file that defeats the test cache goes; empty: not needed

	store ledger.Store
	gate  window.Gate
	share func(user string) rcauth.Cabinet // where processes share the token; nil: they do not
	wire  *wire.Transport                  // records and limits, adds no token
	token *remembering

	credentials Credentials
	repeat      bool // all calls are wanted, not just the missing ones

	mu      sync.Mutex
	gateway *wire.Gateway
	closers []func() error
}

// open puts a world together from the declaration and the environment; watch is told of every attempt.
func open(a App, watch func(ledger.Record)) (*world, error) {
	env, err := readEnviron(os.Getenv)
	if err = errors.Join(err, misspelt(os.Environ())); err != nil {
		return nil, err
	}
	dest, err := resolve(a.Target, env, a.name())
	if err != nil {
		return nil, err
	}
	w := &world{emulator: dest.emulator, repeat: a.Repeat || env.repeat, credentials: Credentials{env.id, env.secret, env.jwt}}
	var e *emulation
	if dest.emulator {
		if e, err = embedded(a); err != nil {
			return nil, err
		}
		if dest.origin, err = parseOrigin(e.server.URL); err != nil {
			return nil, err
		}
		w.store, w.gate = e.store, e.gate
		w.credentials = Credentials{e.server.ClientID, e.server.ClientSecret, e.server.JWT}
	}
	w.url = dest.origin.String()
	if err := w.keep(a, env, dest); err != nil {
		return nil, err
	}
	var pace *rate.Limiter
	if a.Pace > 0 {
		pace = rate.NewLimiter(a.Pace, 1)
	}
	w.wire, err = wire.New(wire.Config{
		Origin: dest.origin, Base: a.Target.Base, Store: w.store, Gate: w.gate, Pace: pace,
		Catalogue: rcapi.NewCatalogue(a.operations()...), Log: a.Log, Watch: watch,
	})
	if err != nil {
		return nil, errors.Join(err, w.Close())
	}
	source := a.Target.Token
	if source == nil {
		c := w.credentials
		// The source outlives any one call, so it has no call's context.
		source = rcauth.JWT(context.Background(), rcauth.Config{
			URL: w.url, ClientID: c.ClientID, ClientSecret: c.ClientSecret, Client: &http.Client{Transport: w.wire},
			Share: w.cabinet(a.Target),
		}, c.JWT)
	}
	w.token = &remembering{source: source}
	if e != nil {
		w.token = e.share(w.token)
	}
	return w, nil
}

// keep decides where the evidence goes and what keeps the limits.
func (w *world) keep(a App, env environ, dest destination) error {
	if a.Store != nil {
		w.store, w.gate = a.Store, nil
		if s, ok := a.Store.(interface {
			Cabinet(user string) rcauth.Cabinet
		}); ok {
			w.share = s.Cabinet
		}
	}
	var err error
	switch {
	case w.store != nil:
	case env.redis != "":
		err = w.keepShared(env.redis, directory(dest))
	default:
		err = w.keepFiles(env.dir, directory(dest))
	}
	if err != nil {
		return err
	}
	if a.Gate != nil {
		w.gate = a.Gate
	}
	if shared, ok := w.store.(interface {
		Gate(map[string]window.Limit) window.Gate
	}); ok && w.gate == nil {
		w.gate = shared.Gate(limits())
	}
	if w.gate == nil {
		w.gate = window.NewMemory(limits())
	}
	return nil
}

// keepShared opens the evidence that several machines share.
func (w *world) keepShared(url, app string) (err error) {
	s, err := openRedis(url, app)
	if err != nil {
		return err
	}
	w.store, w.place, w.share = s, s.Path(), s.Cabinet
	w.closers = append(w.closers, s.Close)
	w.marks, err = marksDir()
	if err != nil {
		return errors.Join(err, w.Close())
	}
	return ignored(w.marks)
}

// keepFiles opens the evidence of this machine.
func (w *world) keepFiles(dir, app string) error {
	root, err := ledgerRoot(dir)
	if err != nil {
		return err
	}
	if err := ignored(root); err != nil {
		return err
	}
	d, err := ledger.Open(filepath.Join(root, app))
	if err != nil {
		return err
	}
	w.store, w.place = d, root
	w.share = func(user string) rcauth.Cabinet {
		return rcauth.File(filepath.Join(root, "tokens", app+"-"+user+".json"))
	}
	w.closers = append(w.closers, d.Close)
	if w.marks, err = marksDir(); err != nil {
		return errors.Join(err, w.Close())
	}
	return nil
}

// limits are the documented ones: of the usage-plan groups, and those that single services set besides.
func limits() map[string]window.Limit {
	all := window.Defaults()
	for _, l := range rcapi.Limits() {
		if l.Custom {
			all[l.Bucket] = window.Limit{Calls: l.Calls, Per: l.Per, Penalty: l.Per}
		}
	}
	return all
}

// cabinet is where the processes on this evidence share the token of this app and user; nil: they do not.
func (w *world) cabinet(t Target) rcauth.Cabinet {
	if w.share == nil || t.PrivateToken {
		return nil
	}
	user := sha256.Sum256([]byte(w.credentials.ClientSecret + "\x00" + w.credentials.JWT))
	return w.share(hex.EncodeToString(user[:4]))
}

// authorized is a transport that records, limits and adds the token; watch is told of every attempt.
func (w *world) authorized(watch func(ledger.Record)) *wire.Transport {
	return w.wire.With(watch).WithToken(w.token)
}

// gatewayFor is a base URL of the recording proxy whose traffic is told to watch until done is called.
func (w *world) gatewayFor(watch func(ledger.Record)) (string, func(), error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.gateway == nil {
		g := wire.NewGateway(w.wire)
		if err := g.Start(); err != nil {
			return "", nil, err
		}
		w.gateway = g
		w.closers = append(w.closers, g.Close)
	}
	base, done := w.gateway.For(watch)
	return base, done, nil
}

// shortestSecret bounds what is taken out of texts: less is nobody's secret, and every text would be garbled.
const shortestSecret = 6

// redact takes the secrets that the world knows out of a text.
func (w *world) redact(s string) string {
	for _, secret := range append(w.token.tokens(), w.credentials.ClientSecret, w.credentials.JWT) {
		if len(secret) >= shortestSecret {
			s = strings.ReplaceAll(s, secret, "[secret]")
		}
	}
	return s
}

// Close releases what the world holds; the embedded emulator stays for the process's next session.
func (w *world) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	var errs []error
	for _, c := range w.closers {
		errs = append(errs, c())
	}
	w.closers = nil
	return errors.Join(errs...)
}

// silent is the logger of those who asked for none.
var silent = slog.New(slog.DiscardHandler)
