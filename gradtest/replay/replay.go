package replay

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"sync"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/replay/internal/scrub"
)

// Options change a replay. The zero value is right for most tests.
type Options struct {
	// Keep are values that the test itself contains and that stay as they are in the cassette, such as "+12025550123".
	// Nil: none.
	Keep []string

	// Repeat plays the responses from the first again when all of a request have been played, as a benchmark needs it.
	// False: one more request is an error.
	Repeat bool

	// AllowUnused accepts recorded requests that the test does not send. False: they fail the test, unless -run selects
	// subtests.
	AllowUnused bool

	// RetryAfter plays Retry-After headers as they were recorded, for a test in a bubble of testing/synctest. False:
	// they are 0.
	RetryAfter bool
}

// Replay plays a cassette, or records it. Its methods are those of [gradtest.Session], so that code can take either. It
// is safe for concurrent use until it is closed or its test ends.
type Replay struct {
	session *gradtest.Session // nil: it plays
	player  *player           // nil: it records
	rec     *recorder

	mu      sync.Mutex
	gateway *gateway
}

// Start returns a replay of the cassette, a path below the package's directory that ends in .yaml. With
// GRADTEST_RECORD=1 it records the cassette with a session of the app, and writes it at the end of the test if the test
// has not failed. A cassette that cannot be used fails the test, and the message says what to do.
func Start(tb testing.TB, app gradtest.App, cassette string, options ...Options) *Replay {
	tb.Helper()
	r, err := open(tb.Context(), func(context.Context, gradtest.App) (*gradtest.Session, error) {
		return gradtest.Start(tb, app), nil
	}, app, cassette, tb.Name(), options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if r.rec != nil && (tb.Failed() || tb.Skipped()) {
			r.rec.abandon()
			tb.Logf("replay: %s is not written, because the test has not passed", cassette)
		}
		if err := r.close(tb.Failed() || tb.Skipped() || partial(tb.Name())); err != nil {
			tb.Error(err)
		}
	})
	return r
}

// Open is [Start] outside of a test, as in TestMain. The replay lasts until it is closed. The context bounds Open.
func Open(ctx context.Context, app gradtest.App, cassette string, options ...Options) (*Replay, error) {
	return open(ctx, gradtest.Open, app, cassette, "", options)
}

type opener func(context.Context, gradtest.App) (*gradtest.Session, error)

func open(ctx context.Context, session opener, app gradtest.App, path, test string, options []Options) (*Replay, error) {
	if len(options) > 1 {
		return nil, errors.New("replay: more than one Options: put all settings into one")
	}
	var o Options
	if len(options) == 1 {
		o = options[0]
	}
	env, err := environ.Read(os.Getenv)
	if err != nil {
		return nil, err
	}
	f := &file{path: path, edition: string(app.Policy.OrDefault().Edition), again: recordCommand(test)}
	if err := f.checkName(); err != nil {
		return nil, err
	}
	rules := scrub.Rules{Keep: o.Keep}
	if !env.Record {
		p, err := newPlayer(f, rules, o)
		return &Replay{player: p}, err
	}
	if test != "" && partial(test) {
		return nil, fmt.Errorf("replay: %s is not recorded, because go test runs only some subtests of %s: run all of them with\n\t%s",
			f.path, test, f.again)
	}
	if err := f.claim(test); err != nil {
		return nil, err
	}
	s, err := session(ctx, app)
	if err != nil {
		f.release()
		return nil, err
	}
	rules.Origin = s.URL()
	return &Replay{session: s, rec: newRecorder(f, rules, key(s), s.Credentials())}, nil
}

// key is what replacements are derived from. Nil: a random one.
func key(s *gradtest.Session) []byte {
	c := s.Credentials()
	for _, secret := range []string{c.ClientSecret, c.JWT} {
		if secret != "" && !s.Emulator() {
			return []byte("replay " + secret)
		}
	}
	if s.Emulator() { // its credentials differ with each run, and its data is public
		return []byte("emulator")
	}
	return nil
}

// Close ends the replay. It writes the cassette, or returns an error if requests of the cassette were not sent or
// others were sent. A replay of [Start] is closed at the end of its test.
func (r *Replay) Close() error { return errors.Join(r.close(partial("")), r.closeSession()) }

func (r *Replay) closeSession() error {
	if r.session == nil {
		return nil
	}
	return r.session.Close()
}

func (r *Replay) close(lenient bool) error {
	r.mu.Lock()
	g := r.gateway
	r.gateway = nil
	r.mu.Unlock()
	g.close()
	if r.rec != nil {
		return r.rec.save()
	}
	return r.player.check(lenient)
}

// Recording reports whether the replay records.
func (r *Replay) Recording() bool { return r.rec != nil }

// Client returns an HTTP client for requests to [Replay.URL].
func (r *Replay) Client() *http.Client { return &http.Client{Transport: r.Transport(nil)} }

// Transport returns the same for clients with a transport of their own. Base is used for recording, and for requests to
// other hosts than the platform's, which are neither recorded nor played; nil: [http.DefaultTransport].
func (r *Replay) Transport(base http.RoundTripper) http.RoundTripper {
	if r.rec != nil {
		return &recording{r.rec, r.session.Transport(base)}
	}
	if base == nil {
		base = http.DefaultTransport
	}
	return &playing{r.player, base}
}

// URL returns the server's base URL without a trailing slash. A cassette has one in the place of the server's.
func (r *Replay) URL() string {
	if r.rec != nil {
		return r.session.URL()
	}
	return scrub.Origin
}

// Credentials returns those of the session, or others that look like it when a cassette is played.
func (r *Replay) Credentials() gradtest.Credentials {
	if r.rec != nil {
		return r.session.Credentials()
	}
	return gradtest.Credentials{ClientID: "FAKE-CLIENT-ID", ClientSecret: "FAKE-CLIENT-SECRET", JWT: "FAKE-JWT"}
}

// Gateway returns the base URL of a server on this machine that records or plays, for code whose HTTP client cannot be
// replaced. A request that cannot be played is answered 502. Gateway panics if there is no free port.
func (r *Replay) Gateway() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.gateway == nil {
		g, err := newGateway(r.Transport(nil), r.URL())
		if err != nil {
			panic(fmt.Errorf("replay: no gateway on 127.0.0.1: allow loopback connections: %w", err))
		}
		r.gateway = g
	}
	return r.gateway.url
}
