package wire

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// identity is what a request is to the platform.
type identity struct {
	op     string   // operation id; empty: not in the catalogue
	method string   // effective method
	path   string   // template
	groups []string // buckets it charges
	scopes []string // app scopes that a success exercises
	oauth  bool     // an authorization request
	bearer bool     // to be authorized by the token source
}

func (i identity) String() string {
	if i.op != "" {
		return i.op
	}
	return i.method + " " + i.path
}

// peekBody bounds how much of a request's body is read to learn what it is.
const peekBody = 1 << 20

// identify finds req's operation. The request that it returns has to be sent instead of req, whose body it may have read.
func (t *Transport) identify(req *http.Request) (identity, *http.Request, error) {
	op, known := t.cfg.Catalogue.MatchRequest(req)
	if !known {
		op.Method, op.Path = cleanMethod(rcapi.Method(req)), t.cfg.Catalogue.Template(req.URL.Path)
		if op.OAuth() {
			op.Group = rcapi.Auth
		}
	}
	id := identity{op: op.ID, method: op.Method, path: op.Path, groups: op.Groups(), oauth: op.OAuth(), bearer: true}
	if op.Scope != "" {
		id.scopes = []string{string(op.Scope)}
	}
	switch op.Path {
	case "/restapi/oauth/token", "/restapi/oauth/revoke", "/restapi/oauth/authorize":
		// The app authorizes these itself; asking the token source here would have it wait for itself.
		id.bearer = false
	}
	if op.Path != rcapi.CreateSubscription.Path || op.Method != rcapi.CreateSubscription.Method || !hasBody(req) {
		return id, req, nil
	}
	webhook, req, err := webhookWanted(req)
	if webhook {
		id.scopes = append(id.scopes, string(rcapi.ScopeSubscriptionWebhook))
	}
	return id, req, err
}

// webhookWanted reads the body of a new subscription.
func webhookWanted(req *http.Request) (bool, *http.Request, error) {
	body, err := io.ReadAll(io.LimitReader(req.Body, peekBody+1))
	if err != nil {
		return false, req, fmt.Errorf("wire: createSubscription: the request's body cannot be read: %w", err)
	}
	out := req.WithContext(req.Context())
	if len(body) > peekBody {
		out.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(body), req.Body), req.Body}
		return false, out, nil
	}
	closeBody(req)
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	out.Body, _ = out.GetBody()
	var sub struct {
		DeliveryMode struct {
			TransportType string `json:"transportType"`
		} `json:"deliveryMode"`
	}
	_ = json.Unmarshal(body, &sub) // the platform judges the body; what is no JSON has no transport
	return strings.EqualFold(sub.DeliveryMode.TransportType, "WebHook"), out, nil
}

// cleanMethod keeps what a program wrote into a method override from reaching a record, unless it is a method.
func cleanMethod(m string) string {
	if len(m) > 16 || strings.ContainsFunc(m, func(c rune) bool { return c < 'A' || c > 'Z' }) {
		return "OTHER"
	}
	return m
}
