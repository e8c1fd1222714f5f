package replay

import (
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"

	"github.com/graduationkit/ringcentral/gradtest/internal/hostcheck"
)

// gateway is a server in front of a transport.
type gateway struct {
	url    string
	server *http.Server
	done   chan struct{}
}

func newGateway(t http.RoundTripper, origin string) (*gateway, error) {
	to, err := url.Parse(origin)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	proxy := &httputil.ReverseProxy{
		Transport: t,
		Rewrite:   func(p *httputil.ProxyRequest) { p.SetURL(to) },
		ErrorLog:  log.New(io.Discard, "", 0),
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadGateway)
			_ = json.NewEncoder(w).Encode(map[string]string{"errorCode": "ReplayFailed", "message": err.Error()})
		},
	}
	g := &gateway{url: "http://" + l.Addr().String(), done: make(chan struct{})}
	g.server = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hostcheck.FromPage(r) {
			http.Error(w, "replay: no requests of web pages", http.StatusForbidden)
			return
		}
		proxy.ServeHTTP(w, r)
	})}
	go func() {
		defer close(g.done)
		_ = g.server.Serve(l) // ends with ErrServerClosed
	}()
	return g, nil
}

// close stops the gateway. A nil gateway is stopped.
func (g *gateway) close() {
	if g != nil {
		_ = g.server.Close()
		<-g.done
	}
}
