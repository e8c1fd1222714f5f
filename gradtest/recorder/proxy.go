package recorder

import (
	"crypto/tls"
	"encoding/base64"
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

	"github.com/elazarl/goproxy"

	"github.com/graduationkit/ringcentral/gradtest/internal/pipenet"
)

// proxy takes CONNECT requests. It opens the connections to RingCentral's hosts and tunnels all others.
type proxy struct {
	*goproxy.ProxyHttpServer
	r         *Recorder
	trust     trust
	authority *authority
	opened    *handover
	server    *http.Server // of the opened connections
}

func startProxy(r *Recorder) (*proxy, error) {
	a, err := newAuthority(r.up.origin)
	if err != nil {
		return nil, fmt.Errorf("recorder: no certificate can be made: %w", err)
	}
	p := &proxy{ProxyHttpServer: goproxy.NewProxyHttpServer(), r: r, authority: a, opened: newHandover()}
	if p.trust, err = writeTrust(a.pem(), os.Environ()); err != nil {
		return nil, err
	}
	p.Logger = log.New(io.Discard, "", 0)
	p.KeepAcceptEncoding = true
	p.Tr = ownBase(nil)
	p.Tr.ProxyConnectHeader = http.Header{"Via": {"1.1 " + r.id}}
	p.ConnectDial, p.ConnectDialWithReq = nil, p.dial
	p.OnRequest().HandleConnect(goproxy.FuncHttpsHandler(p.decide))
	p.server = newServer(http.HandlerFunc(p.forward))
	go func() { _ = p.server.Serve(p.opened) }() // until close
	return p, nil
}

// decide says what becomes of a CONNECT request.
func (p *proxy) decide(host string, _ *goproxy.ProxyCtx) (*goproxy.ConnectAction, string) {
	if _, ok := p.r.originOf(host); ok {
		return &goproxy.ConnectAction{Action: goproxy.ConnectHijack, Hijack: p.open}, host
	}
	if name, _, err := net.SplitHostPort(host); err == nil && platform(name) {
		p.r.tally.tunnelled(name)
	}
	return &goproxy.ConnectAction{Action: goproxy.ConnectAccept}, host
}

// open takes over a connection to one of RingCentral's hosts.
func (p *proxy) open(req *http.Request, conn net.Conn, _ *goproxy.ProxyCtx) {
	host := req.URL.Hostname()
	cfg, err := p.authority.config(host)
	if err != nil {
		_, _ = io.WriteString(conn, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
		_ = conn.Close()
		return
	}
	if _, err := io.WriteString(conn, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		_ = conn.Close()
		return
	}
	go func() {
		secure := tls.Server(conn, cfg)
		_ = conn.SetDeadline(time.Now().Add(time.Minute))
		if err := secure.Handshake(); err != nil {
			// The alert says so: unknown certificate authority, bad certificate. Many programs open connections that
			// they do not use.
			if strings.Contains(err.Error(), "certificate") && p.r.tally.distrusted(host) {
				p.r.say(distrustNote([]string{host}))
			}
			_ = conn.Close()
			return
		}
		_ = conn.SetDeadline(time.Time{})
		p.opened.give(secure)
	}()
}

// forward sends a request that arrived on an opened connection.
func (p *proxy) forward(w http.ResponseWriter, req *http.Request) {
	origin, ok := p.r.originOf(req.Host)
	if !ok {
		http.Error(w, "the connection was opened for another host", http.StatusMisdirectedRequest)
		return
	}
	p.r.observed(p.r.gateway.Origin(origin)).ServeHTTP(w, req)
}

// dial connects a tunnel, through the proxy of the environment if there is one.
func (p *proxy) dial(req *http.Request, network, addr string) (net.Conn, error) {
	via, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: "https", Host: addr}})
	if err != nil {
		return nil, err
	}
	if via == nil {
		return (&net.Dialer{Timeout: 30 * time.Second}).DialContext(req.Context(), network, addr)
	}
	return p.NewConnectDialToProxyWithHandler(via.String(), func(r *http.Request) {
		r.Header.Set("Via", "1.1 "+p.r.id)
		if via.User != nil {
			secret, _ := via.User.Password()
			r.Header.Set("Proxy-Authorization", "Basic "+
				base64.StdEncoding.EncodeToString([]byte(via.User.Username()+":"+secret)))
		}
	})(network, addr)
}

// variables returns the names to drop from the program's environment, and what to set.
func (p *proxy) variables(environ []string) (drop, set []string) {
	var exempt []string
	for host := range strings.SplitSeq(valueOf(environ, noProxy[1])+","+valueOf(environ, noProxy[0]), ",") {
		host = strings.TrimSpace(host)
		if host == "*" || strings.Contains(strings.ToLower(host), "ringcentral") {
			continue // it would exempt what is to be recorded
		}
		if host == "" || slices.Contains(exempt, host) {
			continue
		}
		exempt = append(exempt, host)
	}
	names := []string{"HTTPS_PROXY", "https_proxy"}
	set = slices.Concat(variables(names, p.r.url), variables(noProxy, strings.Join(exempt, ",")), p.trust.set,
		[]string{"NODE_USE_ENV_PROXY=1"})
	return slices.Concat(names, noProxy, p.trust.replace, []string{"NODE_USE_ENV_PROXY"}), set
}

func (p *proxy) close() error {
	shutdown(p.server)
	p.Tr.CloseIdleConnections()
	return p.trust.remove()
}

func distrustNote(hosts []string) string {
	return fmt.Sprintf("The program refused the recorder's certificate for %s, so those calls were not made: let it "+
		"trust the file in SSL_CERT_FILE (Java: a trust store).", strings.Join(hosts, ", "))
}

// handover is a listener whose connections are given to it.
type handover struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newHandover() *handover {
	return &handover{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (h *handover) give(c net.Conn) {
	select {
	case h.conns <- c:
	case <-h.done:
		_ = c.Close()
	}
}

// Accept waits for the next connection.
func (h *handover) Accept() (net.Conn, error) {
	select {
	case c := <-h.conns:
		return c, nil
	case <-h.done:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (h *handover) Close() error {
	h.once.Do(func() { close(h.done) })
	return nil
}

// Addr is of no use.
func (h *handover) Addr() net.Addr { return pipenet.Listen().Addr() }
