package recorder

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/internal/limits"
	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// upstream is the server behind the recorder, with the evidence of its calls.
type upstream struct {
	origin   *url.URL
	base     http.RoundTripper
	store    ledger.Store
	evidence string // where the records are kept; empty: in memory
	gate     window.Gate
	limits   map[string]window.Limit
	emulator *rctest.Handler // nil: a server
	closers  []func() error
}

// emulatorLedger is the client id of the evidence of all emulators: each run has other credentials.
const emulatorLedger = "recorded on the emulator"

// open connects to the destination. Nothing is sent.
func (c Config) open(d destination) (u *upstream, err error) {
	u = &upstream{limits: limits.Documented()}
	defer func() {
		if err != nil {
			err = errors.Join(err, u.close())
		}
	}()
	if d.origin == nil {
		err = u.startEmulator(c.Window)
		d.clientID = emulatorLedger
	} else {
		u.origin, u.base = d.origin, c.Base
		if u.base == nil {
			u.base = ownBase(nil)
		}
	}
	if err != nil {
		return u, err
	}
	if err := u.openStore(c, d); err != nil {
		return u, err
	}
	u.gate = openGate{}
	if c.Pace {
		u.gate = u.pacer()
	}
	return u, nil
}

// ownBase returns a transport that changes nothing of what it sends, and speaks HTTP/1.1, in which one attempt is one
// request on one connection. dial is nil for the network.
func ownBase(dial func(context.Context, string, string) (net.Conn, error)) *http.Transport {
	t := &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: 30 * time.Second}).DialContext,
		DisableCompression: true, MaxIdleConnsPerHost: 200, IdleConnTimeout: 90 * time.Second,
		TLSHandshakeTimeout: 10 * time.Second, ExpectContinueTimeout: time.Second, MaxResponseHeaderBytes: 1 << 20,
		Protocols: new(http.Protocols),
	}
	t.Protocols.SetHTTP1(true)
	if dial != nil {
		t.Proxy, t.DialContext = nil, dial
	}
	return t
}

// startEmulator serves an emulator that only the recorder reaches.
func (u *upstream) startEmulator(w time.Duration) error {
	h, err := rctest.NewHandler(rctest.Config{Window: w})
	if err != nil {
		return errors.New("recorder: " + strings.ReplaceAll(err.Error(), "rctest: ", ""))
	}
	for group, l := range u.limits {
		if w > 0 {
			l.Per, l.Penalty = w, w
			u.limits[group] = l
		}
	}
	network := pipenet.Listen()
	server := &http.Server{Handler: likeTheRequest(h), ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = server.Serve(network) }() // until close
	base := ownBase(network.DialContext)
	u.closers = append(u.closers, server.Close, func() error { base.CloseIdleConnections(); return nil })
	u.origin, u.base, u.emulator = &url.URL{Scheme: "http", Host: "localhost"}, base, h
	return nil
}

// likeTheRequest lets the emulator make absolute URLs for a program that addressed one of the platform's hosts: with
// https, as its own requests.
func likeTheRequest(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if platform(r.Host) {
			r.TLS = new(tls.ConnectionState)
		}
		h.ServeHTTP(w, r)
	})
}

func (u *upstream) openStore(c Config, d destination) error {
	name := evidence.AppName(u.origin.Host, d.clientID)
	switch {
	case u.emulator != nil && d.dir == "":
		u.store = ledger.NewMemory()
	case c.Open != nil && u.emulator == nil:
		s, err := c.Open(name)
		if err != nil {
			return err
		}
		u.store, u.evidence = s, "the store of Config.Open"
		if p, ok := s.(interface{ Path() string }); ok {
			u.evidence = p.Path()
		}
	default:
		root, err := evidence.Dir(d.dir)
		if err == nil {
			err = evidence.Create(root)
		}
		if err != nil {
			return plain(err)
		}
		dir, err := ledger.Open(filepath.Join(root, name))
		if err != nil {
			return fmt.Errorf("recorder: %w", err)
		}
		u.store, u.evidence = dir, root
	}
	if s, ok := u.store.(io.Closer); ok {
		u.closers = append(u.closers, s.Close)
	}
	return nil
}

// pacer returns the gate of the store.
func (u *upstream) pacer() window.Gate {
	if s, ok := u.store.(ledger.Gater); ok {
		if u.emulator != nil {
			return s.Gate(u.limits)
		}
		return s.Gate(nil)
	}
	return window.NewMemory(u.limits)
}

func (u *upstream) close() error {
	var errs []error
	for _, c := range u.closers {
		errs = append(errs, c())
	}
	u.closers = nil
	return errors.Join(errs...)
}

// credentials returns the variables with the emulator's credentials, under all names; nil for a server.
func (u *upstream) credentials() []string {
	if u.emulator == nil {
		return nil
	}
	c := u.emulator.Credentials()
	return slices.Concat(variables(environ.ClientID, c.ClientID), variables(environ.ClientSecret, c.ClientSecret),
		variables(environ.JWT, c.JWT))
}

func variables(names []string, value string) (set []string) {
	for _, name := range names {
		set = append(set, name+"="+value)
	}
	return set
}

// openGate admits every call at once. The records say what the calls used, so that gates on the same store know it.
type openGate struct{}

func (openGate) Admit(ctx context.Context, _ window.Call) error           { return ctx.Err() }
func (openGate) Settle(context.Context, window.Call, window.Answer) error { return nil }
func (openGate) Release(context.Context, window.Call) error               { return nil }
func (openGate) Limit(string) (window.Limit, bool)                        { return window.Limit{}, false }
