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

// exchange is one request under way.
type exchange struct {
	h       *Handler
	w       http.ResponseWriter
	r       *http.Request
	at      time.Time // of arrival
	route   *route    // nil: the catalogue has no such operation
	method  string    // effective
	escaped string    // path as it was sent
	session *session  // nil: no token needed
	quota   quota
	retry   []string // value of Retry-After; nil: none
	origin  string   // scheme and host, once asked for

	webhook  bool   // created a subscription with WebHook transport
	fault    *Fault // that had a part in the answer; nil: none
	muted    bool   // the answer is not to be sent
	write    *write // until it is answered; nil: no write
	buffered []byte // beginning of the body, once read

	values [3]string // of the headers that differ from answer to answer
}

// identify finds the operation.
func (x *exchange) identify() bool {
	if x.r.URL == nil {
		x.r = x.r.Clone(x.r.Context())
		x.r.URL = new(url.URL)
	}
	x.method, x.escaped = rcapi.Method(x.r), x.r.URL.EscapedPath()
	op, ok := rcapi.MatchRequest(x.r)
	if ok {
		x.route = routes()[op.ID]
	}
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

// queryToken is the token in the query, which the platform's guide allows and advises against.
func (x *exchange) queryToken() string {
	if !strings.Contains(x.r.URL.RawQuery, "access_token=") {
		return ""
	}
	return x.r.URL.Query().Get("access_token")
}

// segments yields the path segment by segment, each with the name of the parameter it fills; literal ones have none.
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

// param is the value of a path parameter, decoded; empty if the route lacks it.
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

// Header values that are the same in every answer. Header maps share them; nobody writes into them.
var (
	typeJSON = []string{"application/json;charset=utf-8"}
	typeSCIM = []string{"application/scim+json;charset=utf-8"}
	language = []string{"en-US"}
	vary     = []string{"Accept-Encoding, User-Agent"}
	routing  = []string{"SJC01P07"}
	realm    = []string{`Bearer realm="RingCentral REST API"`}
	noStore  = []string{"no-store"}
)

// send writes the answer, having recorded it: whoever reads it finds it counted.
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
	x.h.evidence.add(x, status)
	x.w.WriteHeader(status)
	if len(body) > 0 && x.r.Method != http.MethodHead {
		_, _ = x.w.Write(body) // a client that has gone has been answered all the same
	}
}

// refuse answers with a problem.
func (x *exchange) refuse(p *problem) {
	if p.allow != "" {
		x.w.Header().Set("Allow", p.allow)
	}
	if p.status == http.StatusUnauthorized {
		x.w.Header()["Www-Authenticate"] = realm
	}
	if x.isSCIM(p) {
		x.send(p.status, typeSCIM, p.scim())
		return
	}
	x.send(p.status, typeJSON, p.render())
}

// requestID is a random UUID. It identifies, it does not protect, so it need not be unpredictable.
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
