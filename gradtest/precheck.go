package gradtest

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/internal/requestcheck"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// errMustFail is in the error of a call whose request was not sent, because the platform would refuse it.
var errMustFail = errors.New("not sent, because it must fail (Endpoint.Unchecked sends it)")

// requestFaults returns what is wrong with the declared request of an endpoint without Prepare and Do.
func (e Endpoint) requestFaults() []error {
	if e.Unchecked {
		return nil
	}
	return requestFaults(e.Op, e.Query, e.Header, e.Body)
}

// requestFaults returns what makes the platform refuse a request, by its specification.
func requestFaults(op rcapi.Operation, query url.Values, header http.Header, body any) []error {
	r := requestcheck.Request{Op: op, Query: query}
	var err error
	if m, ok := multipartOf(body); ok {
		r.Multipart, r.Type = true, "multipart/form-data"
		for _, f := range m.Files {
			r.Files = append(r.Files, f.field())
		}
		if m.JSON != nil {
			r.Body, err = json.Marshal(m.JSON)
		}
	} else {
		r.Body, r.Type, err = encode(body)
	}
	if err != nil { // the request cannot be built, which says so
		return nil
	}
	if set := header.Get("Content-Type"); set != "" && r.Body != nil {
		r.Type = set
	}
	return requestcheck.Faults(r)
}

func multipartOf(body any) (Multipart, bool) {
	switch b := body.(type) {
	case Multipart:
		return b, true
	case *Multipart:
		if b != nil {
			return *b, true
		}
	}
	return Multipart{}, false
}

// scopesOfBody returns the scopes that a request needs because of its body, and that scopes lack.
func scopesOfBody(op rcapi.Operation, body any, scopes []rcapi.Scope) (missing []rcapi.Scope) {
	if !op.BodyDecides() || body == nil {
		return nil
	}
	data, _, err := encode(body)
	if err != nil {
		return nil
	}
	for _, s := range op.Exercised(data) {
		if s != op.Scope && !declares(scopes, s) {
			missing = append(missing, s)
		}
	}
	return slices.Clip(missing)
}

// scopeOfBodyMissing is the fault of a request that needs s because it fulfils the condition of s.
func scopeOfBodyMissing(s rcapi.Scope) error {
	return fmt.Errorf("its body %s, which needs scope %s: add rcapi.Scope%s to App.Scopes and in the developer console",
		s.Condition(), s, s)
}

// check returns the error of a request that must fail; nil if it may be sent.
func (c *Call) check() error {
	if c.unchecked {
		return nil
	}
	faults := requestFaults(c.op, c.Query, c.Header, c.Body)
	for _, s := range scopesOfBody(c.op, c.Body, c.scopes) {
		faults = append(faults, scopeOfBodyMissing(s))
	}
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %w", errMustFail, errors.Join(faults...))
}
