// Package wire records and limits HTTP traffic to the platform: Transport, a RoundTripper, and Gateway, a recording reverse proxy.
package wire

import (
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/time/rate"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Config of a Transport.
type Config struct {
	Origin    *url.URL            // the platform; requests to other hosts pass through unrecorded and without the token
	Base      http.RoundTripper   // nil: a private clone of http.DefaultTransport
	Store     ledger.Store        // required
	Gate      window.Gate         // required
	Pace      *rate.Limiter       // nil: no overall pace
	Token     oauth2.TokenSource  // nil: requests keep their own Authorization (gateway, token calls)
	Catalogue *rcapi.Catalogue    // nil: the platform's
	Timeout   time.Duration       // how long one attempt may take until its answer's headers; zero: 60 s
	Log       *slog.Logger        // nil: silent
	Watch     func(ledger.Record) // called with each Done record after it is durable; must not block
}

// Transport sends requests inside the limits and records each attempt before its answer reaches the caller.
type Transport struct{ cfg Config }

func New(cfg Config) (*Transport, error) { panic("stub") }

// With returns a Transport that shares everything with t and also calls watch.
func (t *Transport) With(watch func(ledger.Record)) *Transport { panic("stub") }

// WithToken returns a Transport that shares everything with t and authorizes by ts (nil: not at all).
func (t *Transport) WithToken(ts oauth2.TokenSource) *Transport { panic("stub") }

func (t *Transport) RoundTrip(req *http.Request) (*http.Response, error) { panic("stub") }
