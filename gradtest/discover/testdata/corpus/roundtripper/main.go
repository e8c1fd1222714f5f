// Package main sets the host in a RoundTripper, so that calls have only paths.
package main

import (
	"context"
	"net/http"
	"net/url"
)

type rewriting struct {
	host string
	next http.RoundTripper
}

func (r rewriting) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.URL.Scheme, req.URL.Host = "https", r.host
	return r.next.RoundTrip(req)
}

// tripper is a function that is a RoundTripper; what calls it decides what is sent.
type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

type service struct{ *http.Client }

func (s service) fetch(ctx context.Context, p string, q url.Values) error {
	u := url.URL{Path: p, RawQuery: q.Encode()}
	req, err := http.NewRequestWithContext(ctx, "", u.RequestURI(), nil)
	if err != nil {
		return err
	}
	_, err = s.Do(req)
	return err
}

func main() {
	s := service{&http.Client{Transport: rewriting{"platform.ringcentral.com", tripper(http.DefaultTransport.RoundTrip)}}}
	s.fetch(context.Background(), "/restapi/v1.0/account/~/extension/~/greeting", url.Values{"perPage": {"1"}}) // want-unknown "GET /restapi/v1.0/account/~/extension/~/greeting"
	s.fetch(context.Background(), "/restapi/v1.0/account/~/ivr-menus", nil)                                     // want "readIvrMenuList"
	s.Head("/restapi/v1.0/account/~")                                                                           // want-unknown "HEAD /restapi/v1.0/account/~"
}
