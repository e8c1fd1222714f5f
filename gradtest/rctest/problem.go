package rctest

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// problem is an error answer to a REST call. On the wire the first error stands twice: in errors and at top level, where
// some have a word of the old kind instead of the code.
type problem struct {
	status  int
	word    string // at top level; empty: the code
	code    string
	message string
	extra   []attribute // repeated at top level
	more    []*problem  // further errors, in errors alone
	bare    bool        // errors stays empty, as the gateway has it
	allow   string      // methods, with 405
}

type attribute struct{ key, value string }

var (
	problemNoToken = &problem{status: http.StatusUnauthorized, code: "AGW-401", message: "Authorization header is not specified"}
	problemHeader  = &problem{status: http.StatusUnauthorized, code: "AGW-402", message: "Authorization header is malformed"}
	problemScheme  = &problem{status: http.StatusUnauthorized, code: "OAU-151", message: "Authorization method is not supported"}

	problemTokenInvalid   = tokenProblem("TokenInvalid", "OAU-149", "OAuth token is invalid")
	problemTokenNotFound  = tokenProblem("TokenInvalid", "OAU-213", "Token not found")
	problemTokenCorrupted = tokenProblem("TokenInvalid", "OAU-129", "Access token corrupted")
	// The word for this one is in no source: TokenExpired is made up.
	problemTokenExpired = tokenProblem("TokenExpired", "OAU-128", "Access token expired")

	problemRate        = &problem{status: http.StatusTooManyRequests, code: "CMN-301", message: "Request rate exceeded"}
	problemMessageRate = &problem{status: http.StatusTooManyRequests, code: "MSG-305", message: "Message rate exceeded"}
	problemAccountRate = &problem{status: http.StatusTooManyRequests, code: "CMN-302", message: "Request rate exceeded for the account"}
	problemAddressRate = &problem{status: http.StatusTooManyRequests, code: "CMN-310", message: "Global request rate exceeded"}
	problemDuplicate   = &problem{status: http.StatusTooManyRequests, code: "CMN-304", message: "An identical request is being processed"}
	problemMaintenance = &problem{status: http.StatusServiceUnavailable, word: "MaintenanceMode", code: "CMN-211", message: "Service is overloaded or under maintenance"}
	problemRoute       = &problem{status: http.StatusNotFound, code: "AGW-404", message: "Resource not found", bare: true}
	problemURI         = &problem{status: http.StatusNotFound, code: "CMN-120", message: "Invalid URI"}
	problemJSON        = &problem{status: http.StatusBadRequest, code: "CMN-103", message: "JSON in the request body cannot be parsed"}
	problemRequest     = &problem{status: http.StatusBadRequest, code: "CMN-104", message: "The request cannot be parsed"}
	problemOverride    = &problem{status: http.StatusBadRequest, code: "CMN-407", message: "X-HTTP-Method-Override and _method name different methods"}
	problemTooLarge    = &problem{status: http.StatusRequestEntityTooLarge, code: "CMN-104", message: "The request body is too large"}
)

func tokenProblem(word, code, message string) *problem {
	return &problem{status: http.StatusUnauthorized, word: word, code: code, message: message}
}

// problemScope is the app's fault: a scope that it was not given.
func problemScope(s rcapi.Scope) *problem {
	return &problem{
		status: http.StatusForbidden, word: "InsufficientPermissions", code: "CMN-401",
		message: "The application lacks the [" + string(s) + "] permission, which this operation needs",
		extra:   []attribute{{"permissionName", string(s)}},
	}
}

// problemPermission is the user's fault: a permission that the administrator did not give.
func problemPermission(name string) *problem {
	return &problem{
		status: http.StatusForbidden, code: "CMN-408", message: "The user lacks the [" + name + "] permission, which this operation needs",
		extra: []attribute{{"permissionName", name}},
	}
}

// problemTransport is a subscription whose transport the app may not use.
func problemTransport(s rcapi.Scope) *problem {
	return &problem{
		status: http.StatusForbidden, code: "SUB-528",
		message: "The application lacks the [" + string(s) + "] permission, which this transport needs",
		extra:   []attribute{{"permissionName", string(s)}},
	}
}

// problemResource is a thing that does not exist.
func problemResource(name, value string) *problem {
	return &problem{
		status: http.StatusNotFound, code: "CMN-102", message: "Resource for parameter [" + name + "] is not found",
		extra: []attribute{{"parameterName", name}, {"parameterValue", value}},
	}
}

// problemMethod is a known path with a method that it lacks. The platform's answer is in no source; the code is that of
// an operation which is not supported.
func problemMethod(allow []string) *problem {
	return &problem{
		status: http.StatusMethodNotAllowed, code: "CMN-202", message: "Method is not allowed",
		allow: strings.Join(allow, ", "),
	}
}

// render writes the body.
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

// scim writes the body as SCIM has it.
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

// isSCIM reports whether a problem has the form of SCIM.
func (x *exchange) isSCIM(p *problem) bool {
	return p.status != http.StatusUnauthorized && p.status != http.StatusTooManyRequests && strings.HasPrefix(x.r.URL.Path, "/scim/")
}
