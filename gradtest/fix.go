package gradtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// detail is the part of an error body that says what is wrong.
type detail struct {
	Message        string `json:"message"`
	PermissionName string `json:"permissionName"`
	ParameterName  string `json:"parameterName"`
}

// explain renders what the server says about a refusal, and what to do about it.
func (s *session) explain(c *Call, r ledger.Record) string {
	var d detail
	if c.Answer != nil {
		_ = json.Unmarshal(c.Answer.Body, &d) // a body that is not JSON has no detail
	}
	var b strings.Builder
	if d.Message != "" {
		fmt.Fprintf(&b, " (%s)", s.target.Redact(clip(d.Message)))
	}
	b.WriteString(": ")
	if cause := s.logins.cause(r); cause != "" {
		b.WriteString(cause)
	} else {
		b.WriteString(fix(c.op, r, d))
	}
	if r.RequestID != "" {
		fmt.Fprintf(&b, " [request %s]", r.RequestID)
	}
	return b.String()
}

// fix says what to do about a refusal.
func fix(op rcapi.Operation, r ledger.Record, d detail) string {
	switch {
	case r.Status == http.StatusUnauthorized:
		return "the server does not accept the access token: " + wire.TokenFix(r.Code)
	case r.Status == http.StatusForbidden && r.Code == "CMN-408":
		return "the user lacks the permission " + named(d.PermissionName, op.Permission) + ": have an administrator grant it, or use another user"
	case r.Status == http.StatusForbidden:
		if op.Scope == "" && d.PermissionName == "" {
			return "the app or its user may not do this: look up the error code"
		}
		return "the app lacks the scope " + named(d.PermissionName, string(op.Scope)) + ": add it in the developer console, then get a new token"
	case r.Partial && uncounted[r.Code].fix != "":
		return uncounted[r.Code].fix
	case r.Partial:
		return "each item of a batch must succeed: look at the inner statuses"
	case r.Status == http.StatusNotFound && d.ParameterName != "":
		return "the value of " + d.ParameterName + " does not exist there: set Endpoint.Params, or find it in Prepare"
	case r.Status == http.StatusNotFound:
		return "an id in the path does not exist there: set Endpoint.Params, or find it in Prepare"
	case d.ParameterName != "":
		return "correct the parameter " + d.ParameterName
	case r.Status/100 == 4:
		return "correct the request: it is not repeated unchanged, since each such answer counts against the app"
	case r.Status/100 == 3:
		return "a redirect is no success: call the address it points to"
	}
	return "look up the error code"
}

// named returns the first name that is known.
func named(names ...string) string {
	for _, name := range names {
		if name != "" {
			return name
		}
	}
	return "that the error code refers to"
}

// clip bounds a message from outside to one short line.
func clip(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if runes := []rune(s); len(runes) > 200 {
		return string(runes[:200]) + "…"
	}
	return s
}
