package rctest

import (
	"iter"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// exchange is one request in progress.
type exchange struct {
	h       *Handler
	w       http.ResponseWriter
	r       *http.Request
	at      time.Time // of arrival
	route   *route    // nil: the catalogue has no such operation
	method  string    // after X-HTTP-Method-Override
	escaped string    // path as sent
	session *session  // nil: no token needed
	quota   quota
	retry   []string // value of Retry-After; nil: none
	origin  string   // scheme and host; set on first use

	good     bool   // the response counts as a success
	written  bool   // the body is from package world
	webhook  bool   // created a subscription with the transport WebHook
	fault    *Fault // that changes the response; nil: none
	muted    bool   // the response is discarded
	write    *write // a write in flight; nil: none
	buffered []byte // beginning of the body, if it was read

	values [3]string // of the headers that differ between responses
}

// identify finds the operation.
func (x *exchange) identify() bool {
	if x.r.URL == nil {
		x.r = x.r.Clone(x.r.Context())
		x.r.URL = new(url.URL)
	}
	x.method, x.escaped = rcapi.Method(x.r), x.r.URL.EscapedPath()
	x.route = x.h.own.Load().find(x.r)
	return x.route != nil
}

// authenticate finds the session of the bearer token.
func (x *exchange) authenticate() *problem {
	scheme, value, found := strings.Cut(strings.TrimSpace(x.r.Header.Get("Authorization")), " ")
	value = strings.TrimSpace(value)
	switch {
	case scheme == "":
		if value = x.queryToken(); value == "" {
			return problemNoToken
		}
	case strings.EqualFold(scheme, "Basic") || strings.EqualFold(scheme, "Digest"):
		return problemScheme
	case !found || value == "" || !strings.EqualFold(scheme, "Bearer") || strings.ContainsAny(value, " \t"):
		return problemHeader
	}
	var p *problem
	x.session, p = x.h.sessions.find(value, x.at)
	return p
}

// queryToken returns the token in the query. The platform's guide allows it but advises against it.
func (x *exchange) queryToken() string {
	if !strings.Contains(x.r.URL.RawQuery, "access_token=") {
		return ""
	}
	return x.r.URL.Query().Get("access_token")
}

// segments yields the segments of the path, each with the name of its path parameter or an empty name.
func (x *exchange) segments() iter.Seq2[string, string] {
	return func(yield func(param, value string) bool) {
		template, path := strings.TrimPrefix(x.route.op.Path, "/"), strings.TrimPrefix(x.escaped, "/")
		for template != "" && path != "" {
			var want, got string
			want, template, _ = strings.Cut(template, "/")
			got, path, _ = strings.Cut(path, "/")
			name := ""
			if strings.HasPrefix(want, "{") {
				name = strings.Trim(want, "{}")
			}
			if !yield(name, got) {
				return
			}
		}
	}
}

// param returns the decoded value of a path parameter, or an empty string if the route lacks it.
func (x *exchange) param(name string) string {
	for param, value := range x.segments() {
		if param != name {
			continue
		}
		if plain, err := url.PathUnescape(value); err == nil {
			return plain
		}
		return value
	}
	return ""
}

// Header values that are the same in every response. Header maps share the slices, which must not be modified.
var (
	typeJSON = []string{"application/json;charset=utf-8"}
	typeSCIM = []string{"application/scim+json;charset=utf-8"}
	language = []string{"en-US"}
	vary     = []string{"Accept-Encoding, User-Agent"}
	routing  = []string{"SJC01P07"}
	realm    = []string{`Bearer realm="RingCentral REST API"`}
	noStore  = []string{"no-store"}
)

// send records the call and then writes the response, so that a client that has read it finds it in the counts.
func (x *exchange) send(status int, contentType []string, body []byte) {
	if x.muted {
		return
	}
	x.endWrite()
	header := x.w.Header()
	values := &x.values
	values[0] = requestID()
	header["Rcrequestid"] = values[0:1:1]
	header["Routingkey"], header["Content-Language"], header["Vary"] = routing, language, vary
	if rule := x.quota.rule; rule != nil {
		values[1] = strconv.Itoa(x.quota.remaining)
		header["X-Rate-Limit-Group"], header["X-Rate-Limit-Limit"] = rule.group, rule.limit
		header["X-Rate-Limit-Window"], header["X-Rate-Limit-Remaining"] = rule.window, values[1:2:2]
	}
	if x.retry != nil {
		header["Retry-After"] = x.retry
	}
	if status != http.StatusNoContent && status != http.StatusResetContent {
		values[2] = strconv.Itoa(len(body))
		header["Content-Length"] = values[2:3:3]
		if body != nil {
			header["Content-Type"] = contentType
		}
	}
	if x.h.clock.offset.Load() != 0 {
		header["Date"] = []string{x.h.clock.now().UTC().Format(http.TimeFormat)}
	}
	if x.fault != nil && !x.applyToResponse(status, body) {
		return
	}
	x.good = x.succeeded(status, contentType, body)
	m := x.h.evidence.add(x, status)
	x.w.WriteHeader(status)
	if len(body) > 0 && x.r.Method != http.MethodHead {
		if _, err := x.w.Write(body); err != nil { // the client has gone: it cannot have read the body to its end
			x.h.evidence.spoil(m)
		}
	}
}

// succeeded reports whether the response counts as a success.
func (x *exchange) succeeded(status int, contentType []string, body []byte) bool {
	if status < 200 || status > 299 {
		return false
	}
	if x.route == nil {
		return true
	}
	kind := ""
	if len(contentType) > 0 && body != nil {
		kind = contentType[0]
	}
	return success(x.route.op.ID, status, kind, body, x.written && x.fault == nil)
}

// refuse sends a problem.
func (x *exchange) refuse(p *problem) {
	if p.allow != "" {
		x.w.Header().Set("Allow", p.allow)
	}
	if p.status == http.StatusUnauthorized {
		x.w.Header()["Www-Authenticate"] = realm
	}
	if x.opensPage() {
		x.send(p.status, typeHTML, p.page(x.quota))
		return
	}
	if x.isSCIM(p) {
		x.send(p.status, typeSCIM, p.scim())
		return
	}
	x.send(p.status, typeJSON, p.render())
}

// requestID returns a random UUID. It is an identifier and not a secret, so math/rand is good enough.
func requestID() string {
	const hex = "0123456789abcdef"
	var b [36]byte
	hi, lo := rand.Uint64(), rand.Uint64()
	for i := range b {
		n := &hi
		if i >= 18 {
			n = &lo
		}
		switch i {
		case 8, 13, 18, 23:
			b[i] = '-'
		case 14:
			b[i] = '4'
		case 19:
			b[i] = hex[8|*n&3]
			*n >>= 4
		default:
			b[i] = hex[*n&15]
			*n >>= 4
		}
	}
	return string(b[:])
}
