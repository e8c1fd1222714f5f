package rctest

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// problem is the error response to a REST call. The body has the first error twice: in the list errors, and at the top
// level, where some errors have an older word in place of the code.
type problem struct {
	status  int
	word    string // errorCode at the top level; empty: the code
	code    string
	message string
	extra   []attribute // further members of the error
	more    []*problem  // further errors, only in the list errors
	bare    bool        // the list errors is empty, as the gateway writes it
	allow   string      // methods allowed, with 405
}

type attribute struct{ key, value string }

// The errors of the checks before an operation runs, one row each. Errors of the operations themselves are in
// internal/world.
var (
	problemNoToken = newProblem(http.StatusUnauthorized, "AGW-401", "Authorization header is not specified")
	problemHeader  = newProblem(http.StatusUnauthorized, "AGW-402", "Authorization header is malformed")
	problemScheme  = newProblem(http.StatusUnauthorized, "OAU-151", "Authorization method is not supported")

	problemTokenInvalid   = tokenProblem("TokenInvalid", "OAU-149", "OAuth token is invalid")
	problemTokenNotFound  = tokenProblem("TokenInvalid", "OAU-213", "Token not found")
	problemTokenCorrupted = tokenProblem("TokenInvalid", "OAU-129", "Access token corrupted")
	// No source has the word of this one; TokenExpired is invented.
	problemTokenExpired = tokenProblem("TokenExpired", "OAU-128", "Access token expired")

	problemRate        = newProblem(http.StatusTooManyRequests, "CMN-301", "Request rate exceeded")
	problemMessageRate = newProblem(http.StatusTooManyRequests, "MSG-305", "Message rate exceeded")
	problemAccountRate = newProblem(http.StatusTooManyRequests, "CMN-302", "Request rate exceeded for the account")
	problemAddressRate = newProblem(http.StatusTooManyRequests, "CMN-310", "Global request rate exceeded")
	problemDuplicate   = newProblem(http.StatusTooManyRequests, "CMN-304", "An identical request is being processed")
	problemMaintenance = &problem{
		status: http.StatusServiceUnavailable, word: "MaintenanceMode", code: "CMN-211",
		message: "Service is overloaded or under maintenance",
	}
	problemRoute    = &problem{status: http.StatusNotFound, code: "AGW-404", message: "Resource not found", bare: true}
	problemURI      = newProblem(http.StatusNotFound, "CMN-120", "Invalid URI")
	problemJSON     = newProblem(http.StatusBadRequest, "CMN-103", "JSON in the request body cannot be parsed")
	problemRequest  = newProblem(http.StatusBadRequest, "CMN-104", "The request cannot be parsed")
	problemOverride = newProblem(http.StatusBadRequest, "CMN-407", "X-HTTP-Method-Override and _method name different methods")
	problemTooLarge = newProblem(http.StatusRequestEntityTooLarge, "CMN-104", "The request body is too large")
)

func newProblem(status int, code, message string) *problem {
	return &problem{status: status, code: code, message: message}
}

func tokenProblem(word, code, message string) *problem {
	return &problem{status: http.StatusUnauthorized, word: word, code: code, message: message}
}

// problemScope is the error of an app that lacks a scope.
func problemScope(s rcapi.Scope) *problem {
	return &problem{
		status: http.StatusForbidden, word: "InsufficientPermissions", code: "CMN-401",
		message: "The application lacks the [" + string(s) + "] permission, which this operation needs",
		extra:   []attribute{{"permissionName", string(s)}},
	}
}

// problemPermission is the error of a user who lacks a permission.
func problemPermission(name string) *problem {
	return &problem{
		status: http.StatusForbidden, code: "CMN-408",
		message: "The user lacks the [" + name + "] permission, which this operation needs",
		extra:   []attribute{{"permissionName", name}},
	}
}

// problemTransport is the error of an app that lacks the scope of a subscription's transport.
func problemTransport(s rcapi.Scope) *problem {
	return &problem{
		status: http.StatusForbidden, code: "SUB-528",
		message: "The application lacks the [" + string(s) + "] permission, which this transport needs",
		extra:   []attribute{{"permissionName", string(s)}},
	}
}

// problemResource is the error of an id that does not exist.
func problemResource(name, value string) *problem {
	return &problem{
		status: http.StatusNotFound, code: "CMN-102", message: "Resource for parameter [" + name + "] is not found",
		extra: []attribute{{"parameterName", name}, {"parameterValue", value}},
	}
}

// problemMethod is the error of a method that a known path does not have. The platform's response is in no source; the
// code is that of an unsupported operation.
func problemMethod(allow []string) *problem {
	return &problem{
		status: http.StatusMethodNotAllowed, code: "CMN-202", message: "Method is not allowed",
		allow: strings.Join(allow, ", "),
	}
}

// render returns the body.
func (p *problem) render() []byte {
	t := &jsonText{b: make([]byte, 0, 320)}
	word := p.word
	if word == "" {
		word = p.code
	}
	t.open('{')
	p.error(t, word)
	t.array("errors")
	if !p.bare {
		t.open('{')
		p.error(t, p.code)
		t.end()
	}
	for _, other := range p.more {
		t.open('{')
		other.error(t, other.code)
		t.end()
	}
	t.done()
	t.end()
	return t.b
}

func (p *problem) error(t *jsonText, code string) {
	t.string("errorCode", code)
	t.string("message", p.message)
	for _, a := range p.extra {
		t.string(a.key, a.value)
	}
}

// scim returns the body in the form of SCIM.
func (p *problem) scim() []byte {
	t := &jsonText{b: make([]byte, 0, 200)}
	t.open('{')
	t.strings("schemas", "urn:ietf:params:scim:api:messages:2.0:Error")
	t.string("status", strconv.Itoa(p.status))
	if p.status == http.StatusBadRequest {
		t.string("scimType", "invalidSyntax")
	}
	t.string("detail", p.message)
	t.end()
	return t.b
}

// isSCIM reports whether the response to a problem has the form of SCIM.
func (x *exchange) isSCIM(p *problem) bool {
	return p.status != http.StatusUnauthorized && p.status != http.StatusTooManyRequests &&
		strings.HasPrefix(x.r.URL.Path, "/scim/")
}
