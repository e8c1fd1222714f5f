// Package main configures a client with functional options.
package main

import (
	"net/http"
	"net/url"
	"time"
)

type client struct {
	base    string
	version string
	hc      *http.Client
}

type Option func(*client)

func WithBase(u string) Option           { return func(c *client) { c.base = u } }
func WithVersion(v string) Option        { return func(c *client) { c.version = v } }
func WithTimeout(d time.Duration) Option { return func(c *client) { c.hc.Timeout = d } }
func WithDevtest() Option                { return WithBase("https://platform.devtest.ringcentral.com") }
func chain(opts ...Option) Option {
	return func(c *client) {
		for _, o := range opts {
			o(c)
		}
	}
}

func New(opts ...Option) *client {
	c := &client{base: "https://platform.ringcentral.com", version: "v1.0", hc: &http.Client{}}
	for _, opt := range opts {
		opt(c)
	}
	return c
}

type reqOption func(*http.Request)

func query(k, v string) reqOption {
	return func(r *http.Request) {
		q := r.URL.Query()
		q.Set(k, v)
		r.URL.RawQuery = q.Encode()
	}
}

func (c *client) call(method, resource string, opts ...reqOption) error {
	u, err := url.Parse(c.base)
	if err != nil {
		return err
	}
	u = u.JoinPath("restapi", c.version, resource)
	req, err := http.NewRequest(method, u.String(), nil)
	if err != nil {
		return err
	}
	for _, o := range opts {
		o(req)
	}
	_, err = c.hc.Do(req)
	return err
}

func main() {
	c := New(chain(WithTimeout(time.Second), WithDevtest()))
	c.call("GET", "account/~/extension/~/address-book/contact", query("perPage", "100")) // want "listContacts"
	c.call("GET", "account/~/directory/entries", query("page", "1"))                     // want "listDirectoryEntries"
}
