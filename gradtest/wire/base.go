package wire

import "net/http"

// WithBase returns a Transport that shares everything with t and sends through base (nil: as t does). It is for programs
// built around a transport of their own, for proxies, certificates or tracing.
func (t *Transport) WithBase(base http.RoundTripper) *Transport {
	c := *t
	if base != nil {
		c.cfg.Base = base
	}
	return &c
}
