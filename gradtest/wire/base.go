package wire

import (
	"net/http"
	"time"
)

// WithBase returns a Transport that shares everything with t but sends through base; nil: through t's. It is for
// programs that need their own transport, for a proxy, certificates or tracing.
func (t *Transport) WithBase(base http.RoundTripper) *Transport {
	c := *t
	if base != nil {
		c.cfg.Base = base
	}
	return &c
}

// privateBase returns a copy of the default transport, so that no setting or connection is shared with the program
// under test. It keeps as many idle connections as a sweep has calls in flight.
func privateBase() http.RoundTripper {
	base, ok := http.DefaultTransport.(*http.Transport)
	if ok {
		base = base.Clone()
	} else {
		base = &http.Transport{Proxy: http.ProxyFromEnvironment, IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: 10 * time.Second}
	}
	base.MaxIdleConnsPerHost = max(base.MaxIdleConnsPerHost, 100)
	base.Protocols = new(http.Protocols)
	base.Protocols.SetHTTP1(true)
	base.ForceAttemptHTTP2 = false
	base.MaxResponseHeaderBytes = 1 << 20
	return base
}
