package recorder

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/child"
	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/target"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// Recorder records the calls that arrive at it. Close ends it. It is safe for concurrent use.
type Recorder struct {
	url     string
	cfg     Config
	up      *upstream
	id      string // marks what was sent by this recorder
	tally   *tally
	server  *http.Server
	gateway *wire.Gateway
	proxy   *proxy         // nil: it is none
	active  sync.WaitGroup // requests that are being forwarded
}

// Start opens the evidence and serves on a free loopback port. Nothing is sent to the platform.
func Start(cfg Config) (r *Recorder, err error) {
	if err := environ.Misspelt(os.Environ()); err != nil {
		return nil, plain(err)
	}
	d, err := cfg.resolve()
	if err != nil {
		return nil, err
	}
	up, err := cfg.open(d)
	if err != nil {
		return nil, err
	}
	r = &Recorder{cfg: cfg, up: up, id: "gradtest-" + rand.Text()[:12], tally: newTally(up.limits, d.clientID)}
	r.tally.declared = declaredIn(up.store, time.Now())
	if up.emulator != nil {
		r.tally.clientID = up.emulator.Credentials().ClientID
	}
	if err := r.serve(); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// serve starts the gateway and, if it is asked for, the proxy.
func (r *Recorder) serve() error {
	t, err := wire.New(wire.Config{
		Origin: r.up.origin, Base: r.up.base, Store: r.up.store, Gate: r.up.gate, Waiting: r.cfg.Waiting,
	})
	if err != nil {
		return err
	}
	pass := wire.PassThrough{Derive: r.derive, Unrecorded: r.unrecorded, Failed: r.failed, KeepHost: r.up.emulator != nil}
	if r.up.emulator == nil && r.loops() {
		pass.Via = "1.1 " + r.id
		if base, ok := r.up.base.(*http.Transport); ok && r.cfg.Base == nil {
			base.ProxyConnectHeader = http.Header{"Via": {pass.Via}}
		}
	}
	r.gateway = wire.NewPassThrough(t, pass)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("recorder: cannot listen on 127.0.0.1: allow loopback connections: %w", err)
	}
	r.url = "http://" + l.Addr().String()
	if r.cfg.Proxy {
		if r.proxy, err = startProxy(r); err != nil {
			return errors.Join(err, l.Close())
		}
	}
	r.server = newServer(http.HandlerFunc(r.door))
	go func() { _ = r.server.Serve(l) }() // ends with ErrServerClosed
	return nil
}

// newServer returns a server of the protocols that programs speak. It closes no connection that the program keeps.
func newServer(h http.Handler) *http.Server {
	s := &http.Server{
		Handler: h, ErrorLog: log.New(io.Discard, "", 0), ReadHeaderTimeout: time.Minute, Protocols: new(http.Protocols),
	}
	s.Protocols.SetHTTP1(true)
	s.Protocols.SetHTTP2(true)
	s.Protocols.SetUnencryptedHTTP2(true)
	s.HTTP2 = &http.HTTP2Config{MaxConcurrentStreams: 1000}
	return s
}

// loops reports whether what is sent could come back: the next hop is on this machine or near it.
func (r *Recorder) loops() bool {
	hop := r.up.origin
	if r.cfg.Base == nil {
		if p, err := http.ProxyFromEnvironment(&http.Request{URL: hop}); err == nil && p != nil {
			return true
		}
	}
	return target.Local(hop.Hostname())
}

// URL is the base URL that replaces the platform's, without a trailing slash.
func (r *Recorder) URL() string { return r.url }

// CertFile is the file with the certificate of the authority that signs for RingCentral's hosts, until Close; empty
// without Config.Proxy.
func (r *Recorder) CertFile() string {
	if r.proxy == nil {
		return ""
	}
	return r.proxy.trust.cert
}

// Environ returns the environment for the program: base, as of os.Environ, with the recorder's URL under all names in
// which programs look for the platform's, and with an emulator's credentials. With Config.Proxy it names the proxy and
// the certificate too.
func (r *Recorder) Environ(base []string) []string {
	drop, set := slices.Clone(environ.ServerURL), variables(environ.ServerURL, r.url)
	if r.up.emulator != nil {
		drop = environ.CredentialNames()
		set = append(set, r.up.credentials()...)
	}
	if r.proxy != nil {
		d, s := r.proxy.variables(base)
		drop, set = append(drop, d...), append(set, s...)
	} else {
		d, s := pastOtherProxies(base)
		drop, set = append(drop, d...), append(set, s...)
	}
	return child.Environ(base, drop, set)
}

// pastOtherProxies keeps programs that use a proxy for http from asking it for this machine.
func pastOtherProxies(environ []string) (drop, set []string) {
	used := false
	var exempt []string
	for _, v := range environ {
		name, value, _ := strings.Cut(v, "=")
		switch strings.ToLower(name) {
		case "http_proxy", "all_proxy":
			used = used || value != ""
		case "no_proxy":
			exempt = append(exempt, value)
		}
	}
	if !used {
		return nil, nil
	}
	return noProxy, variables(noProxy, strings.Join(append(exempt, "127.0.0.1", "localhost"), ","))
}

var noProxy = []string{"NO_PROXY", "no_proxy"}

// Close ends the recorder: it waits up to five seconds for the calls in flight, and closes the evidence. The error is
// that of records that could not be kept, or of the evidence.
func (r *Recorder) Close() error {
	if r.server != nil {
		shutdown(r.server)
	}
	var errs []error
	if r.proxy != nil {
		errs = append(errs, r.proxy.close())
	}
	ended := make(chan struct{})
	go func() { r.active.Wait(); close(ended) }()
	select { // the last records, of calls that were given up
	case <-ended:
	case <-time.After(time.Second):
	}
	if c, ok := r.up.base.(interface{ CloseIdleConnections() }); ok {
		c.CloseIdleConnections()
	}
	errs = append(errs, r.up.close())
	return errors.Join(append(errs, r.tally.loss(r.up.evidence))...)
}

func shutdown(s *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if s.Shutdown(ctx) != nil {
		_ = s.Close()
	}
}

// Summary returns what has been recorded so far.
func (r *Recorder) Summary() Summary {
	s := r.tally.summary()
	s.Upstream, s.Emulator, s.Evidence, s.Paced = r.up.origin.String(), r.up.emulator != nil, r.up.evidence, r.cfg.Pace
	if s.Emulator {
		s.Upstream = "emulator"
	}
	s.Notes = append(s.Notes, r.notes(s)...)
	return s
}

// derive returns the transport of one request.
func (r *Recorder) derive(t *wire.Transport, req *http.Request) *wire.Transport {
	a := arrivalOf(req.Context())
	return t.WithWatch(func(rec ledger.Record) { r.tally.add(a, rec) })
}

// unrecorded takes in a call whose record could not be kept.
func (r *Recorder) unrecorded(rec ledger.Record, err error) {
	if r.tally.lose(rec, err) {
		r.say(fmt.Sprintf("A call could not be recorded; the program gets its answers all the same: %v", reasonOf(err)))
	}
}

// failed takes in a request that the recorder answered itself.
func (r *Recorder) failed(_ *http.Request, err error) {
	if _, ok := errors.AsType[*wire.GateError](err); ok && r.tally.block(err) {
		r.say(fmt.Sprintf("A call was not sent, since no slot could be booked for it: %v", reasonOf(err)))
	}
}

// reasonOf returns the store's own error, without what package wire adds.
func reasonOf(err error) error {
	if e, ok := errors.AsType[*wire.StoreError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*wire.GateError](err); ok {
		return e.Err
	}
	return err
}

func (r *Recorder) say(sentence string) {
	if r.cfg.Notice != nil {
		r.cfg.Notice(sentence)
	}
}

// originOf returns the server to which the traffic goes that a program with a fixed address sends to host; false: it is
// none of the recorder's business. An upstream that is not RingCentral's replaces all hosts of the platform.
func (r *Recorder) originOf(host string) (origin *url.URL, ok bool) {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = host, "443"
	}
	switch {
	case platform(name) && !platform(r.up.origin.Host):
		return r.up.origin, true
	case r.up.origin.Scheme == "https" && strings.EqualFold(name, r.up.origin.Hostname()) && port == portOf(r.up.origin):
		return r.up.origin, true
	case platform(name) && sandbox(name) == sandbox(r.up.origin.Host):
		return &url.URL{Scheme: "https", Host: host}, true // such as media.ringcentral.com
	}
	return nil, false
}

func portOf(u *url.URL) string {
	if p := u.Port(); p != "" {
		return p
	}
	return map[string]string{"http": "80", "https": "443"}[u.Scheme]
}
