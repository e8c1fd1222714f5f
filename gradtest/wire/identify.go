package wire

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// identity describes a request to the platform.
type identity struct {
	op     string   // operation id; empty: not in the catalogue
	method string   // effective method
	path   string   // template
	groups []string // it is charged to
	scopes []string // app scopes that a success exercises
	oauth  bool     // it is an authorization request
	bearer bool     // it needs a token of the token source

	operation rcapi.Operation // what the catalogue knows of it
}

func (i identity) String() string {
	if i.op != "" {
		return i.op
	}
	return i.method + " " + i.path
}

// peekBody bounds how much of a request's body is read to identify it.
const peekBody = 1 << 20

// identify finds the operation of req. It may have read the body: send the returned request instead of req.
func (t *Transport) identify(req *http.Request) (identity, *http.Request, error) {
	op, known := t.cfg.Catalogue.MatchRequest(req)
	if !known {
		op.Method, op.Path = cleanMethod(rcapi.Method(req)), t.cfg.Catalogue.Template(req.URL.Path)
		if op.OAuth() {
			op.Group = rcapi.Auth
		}
	}
	id := identity{op: op.ID, method: op.Method, path: op.Path, groups: op.Groups(), oauth: op.OAuth(), bearer: true, operation: op}
	switch op.Path {
	case tokenPath, "/restapi/oauth/revoke", "/restapi/oauth/authorize":
		// The app authorizes these itself. The token source sends them too and would wait for itself.
		id.bearer = false
	}
	var body []byte
	var err error
	if op.BodyDecides() && hasBody(req) {
		body, req, err = peekRequest(id.String(), req)
	}
	for _, s := range op.Exercised(body) {
		id.scopes = append(id.scopes, string(s))
	}
	return id, req, err
}

// peekRequest reads the body of a request and returns the request to send instead. A body longer than peekBody is not
// returned.
func peekRequest(op string, req *http.Request) ([]byte, *http.Request, error) {
	body, err := io.ReadAll(io.LimitReader(req.Body, peekBody+1))
	if err != nil {
		return nil, req, fmt.Errorf("wire: %s: the request's body cannot be read: %w", op, err)
	}
	out := req.WithContext(req.Context())
	if len(body) > peekBody {
		out.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(body), req.Body), req.Body}
		return nil, out, nil
	}
	closeBody(req)
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	out.Body, _ = out.GetBody()
	return body, out, nil
}

// cleanMethod returns m if it can be a method. A method override may contain anything, which must not get into a
// record.
func cleanMethod(m string) string {
	if len(m) > 16 || strings.ContainsFunc(m, func(c rune) bool { return c < 'A' || c > 'Z' }) {
		return "OTHER"
	}
	return m
}
