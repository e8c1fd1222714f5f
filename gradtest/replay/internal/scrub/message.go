package scrub

import (
	"bytes"
	"compress/gzip"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// Request is a request as far as a cassette keeps it. The body is not compressed.
type Request struct {
	Method string
	Base   string // scheme and host
	Path   string // escaped
	Query  string // encoded
	Header http.Header
	Body   []byte
}

// Response is a response as far as a cassette keeps it. The body is not compressed, even with a Content-Encoding.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
}

// URL returns the URL of the request.
func (q Request) URL() string {
	if q.Query == "" {
		return q.Base + q.Path
	}
	return q.Base + q.Path + "?" + q.Query
}

// Request visits the fields of a request and returns it with what visit returns, and with the headers that matter.
func (r Rules) Request(q Request, visit Visit) Request {
	scheme, host, _ := strings.Cut(q.Base, "://")
	out := Request{Method: q.Method, Header: make(http.Header)}
	out.Base = visit(Field{Where: "host", Parts: r.host(scheme, host)})
	out.Path = visit(Field{Where: "path", Parts: r.Path(q.Method, q.Path)})
	out.Query = r.Form("query", q.Query, visit)
	r.headers(out.Header, q.Header, requestHeaders, visit)
	var kind string
	if out.Body, kind = r.Body(q.Header.Get("Content-Type"), q.Body, visit); kind != "" {
		out.Header.Set("Content-Type", kind)
	}
	return out
}

// Response visits the fields of a response and returns it with what visit returns, and with the headers that matter.
func (r Rules) Response(s Response, visit Visit) Response {
	out := Response{Status: s.Status, Header: make(http.Header)}
	r.headers(out.Header, s.Header, responseHeaders, visit)
	if s.Status != http.StatusTooManyRequests { // it differs with each recording
		out.Header.Del("X-Rate-Limit-Remaining")
	}
	var kind string
	if out.Body, kind = r.Body(s.Header.Get("Content-Type"), s.Body, visit); kind != "" {
		out.Header.Set("Content-Type", kind)
	}
	return out
}

// The headers that a cassette keeps, with the form that their values must have. All others are dropped: they hold
// secrets, or differ with each recording. Content-Type belongs to the body.
var (
	requestHeaders = map[string]*regexp.Regexp{
		"X-Http-Method-Override": regexp.MustCompile(`^[A-Z]{1,16}$`),
		"Range":                  regexp.MustCompile(`^bytes=[0-9,-]{1,40}$`),
	}
	responseHeaders = map[string]*regexp.Regexp{
		"Content-Encoding":       regexp.MustCompile(`^gzip$`),
		"Content-Range":          regexp.MustCompile(`^bytes [0-9/*-]{1,60}$`),
		"Retry-After":            regexp.MustCompile(`^\d{1,6}$`),
		"X-Rate-Limit-Group":     regexp.MustCompile(`^[A-Za-z_-]{1,32}$`),
		"X-Rate-Limit-Limit":     regexp.MustCompile(`^\d{1,6}$`),
		"X-Rate-Limit-Remaining": regexp.MustCompile(`^\d{1,6}$`),
		"X-Rate-Limit-Window":    regexp.MustCompile(`^\d{1,6}$`),
		"Content-Disposition":    nil, // visited
		"Location":               nil,
		"Www-Authenticate":       nil,
	}
)

func (r Rules) headers(to, from http.Header, kept map[string]*regexp.Regexp, visit Visit) {
	for _, name := range sortedKeys(kept) {
		v := from.Get(name)
		form := kept[name]
		switch {
		case v == "":
		case form != nil:
			if form.MatchString(v) {
				to.Set(name, v)
			}
		case name == "Content-Disposition":
			to.Set(name, r.Disposition("header "+name, v, visit))
		case name == "Location":
			parts := r.Value("uri", v)
			if strings.HasPrefix(v, "/") {
				path, query, asked := strings.Cut(v, "?")
				if parts = r.Path(http.MethodGet, path); asked {
					parts = append(append(parts, Part{Kind: Keep, Text: "?"}), r.query(query)...)
				}
			}
			to.Set(name, visit(Field{Where: "header " + name, Parts: parts}))
		default:
			to.Set(name, challenge(v))
		}
	}
}

var challengeError = regexp.MustCompile(`error="([^"]*)"`)

// challenge returns scheme and error of a WWW-Authenticate header.
func challenge(v string) string {
	scheme := "Bearer"
	if strings.HasPrefix(v, "Basic") {
		scheme = "Basic"
	}
	if m := challengeError.FindStringSubmatch(v); m != nil && safetext.ErrorCode(m[1]) != "" {
		return scheme + ` error="` + m[1] + `"`
	}
	return scheme
}

// Unzip returns the body of a message that has Content-Encoding: gzip.
func Unzip(h http.Header, body []byte) ([]byte, error) {
	if !strings.EqualFold(h.Get("Content-Encoding"), "gzip") || len(body) == 0 {
		return body, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// Zip returns a body as a message with Content-Encoding: gzip has it.
func Zip(h http.Header, body []byte) []byte {
	if h.Get("Content-Encoding") != "gzip" || len(body) == 0 {
		return body
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body) // a buffer takes everything
	_ = z.Close()
	return b.Bytes()
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
