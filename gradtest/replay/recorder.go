package replay

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"gopkg.in/dnaeon/go-vcr.v4/pkg/cassette"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/replay/internal/scrub"
)

// recorder collects what goes through a session. It replaces values when all of them are known, at the end.
type recorder struct {
	file    *file
	rules   scrub.Rules
	key     []byte // of the replacements
	secrets []string

	mu        sync.Mutex
	moments   int // events so far
	exchanges []*exchange
	left      bool // nothing is written
}

// exchange is a request with its response. Its moments tell which values a response had before a request.
type exchange struct {
	request  scrub.Request
	response scrub.Response
	begin    int
	end      int // 0: no response yet
}

func newRecorder(f *file, rules scrub.Rules, key []byte, c gradtest.Credentials) *recorder {
	if key == nil {
		key = []byte(rand.Text())
	}
	return &recorder{file: f, rules: rules, key: key, secrets: []string{c.ClientSecret, c.JWT}}
}

// abandon keeps save from writing.
func (r *recorder) abandon() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = true
}

// recording is the transport of a recorder.
type recording struct {
	*recorder
	base http.RoundTripper
}

func (r *recording) RoundTrip(req *http.Request) (*http.Response, error) {
	if !r.platform(req.URL) {
		return r.base.RoundTrip(req)
	}
	e := &exchange{}
	var err error
	if e.request, req, err = read(req); err != nil {
		return nil, err
	}
	r.begin(e)
	resp, err := r.base.RoundTrip(req)
	if err != nil || resp.StatusCode == http.StatusSwitchingProtocols {
		return resp, err
	}
	body, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	resp.Body = io.NopCloser(bytes.NewReader(body))
	if err != nil { // an incomplete response is not recorded
		resp.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), failing{err}))
		return resp, nil
	}
	plain, err := scrub.Unzip(resp.Header, body)
	header := resp.Header.Clone()
	if err != nil { // it says gzip and is something else: binary content
		plain = body
		header.Set("Content-Type", "application/octet-stream")
		header.Del("Content-Encoding")
	}
	r.finish(e, scrub.Response{Status: resp.StatusCode, Header: header, Body: plain})
	return resp, nil
}

// failing is the rest of a body that broke off.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// platform reports whether requests to u are recorded.
func (r *recorder) platform(u *url.URL) bool {
	return strings.EqualFold(u.Scheme+"://"+u.Host, r.rules.Origin) || scrub.Platform(u.Hostname())
}

func (r *recorder) begin(e *exchange) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.moments++
	e.begin = r.moments
	r.exchanges = append(r.exchanges, e)
}

func (r *recorder) finish(e *exchange, resp scrub.Response) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.moments++
	e.response, e.end = resp, r.moments
}

// read returns a request as a cassette keeps it, and the request to send instead.
func read(req *http.Request) (scrub.Request, *http.Request, error) {
	out := scrub.Request{
		Method: cmp.Or(req.Method, http.MethodGet), Base: strings.ToLower(req.URL.Scheme + "://" + req.URL.Host),
		Path: req.URL.EscapedPath(), Query: req.URL.RawQuery, Header: req.Header,
	}
	if req.Body == nil || req.Body == http.NoBody {
		return out, req, nil
	}
	body, err := io.ReadAll(req.Body)
	_ = req.Body.Close()
	if err != nil {
		return out, req, fmt.Errorf("replay: %s %s: the request's body cannot be read: %w", out.Method, out.Path, err)
	}
	if out.Body, err = scrub.Unzip(req.Header, body); err != nil {
		out.Body = body
	}
	req = req.Clone(req.Context())
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	req.Body, _ = req.GetBody()
	return out, req, nil
}

// save writes the cassette.
func (r *recorder) save() error {
	defer r.file.release()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.left {
		return nil
	}
	r.exchanges = slices.DeleteFunc(r.exchanges, func(e *exchange) bool { return e.end == 0 })
	if len(r.exchanges) == 0 {
		return fmt.Errorf("replay: %s is not written, because no request to %s got a response: "+
			"make the app send its requests through Client, Transport or Gateway of the Replay", r.file.path, r.rules.Origin)
	}
	fakes := scrub.NewFakes(r.key)
	learn := func(f scrub.Field) string {
		for _, p := range f.Parts {
			fakes.Learn(p)
		}
		return scrub.Plain(f.Parts)
	}
	for _, e := range r.exchanges {
		r.rules.Request(e.request, learn)
		r.rules.Response(e.response, learn)
	}
	fakes.Make()
	c := cassette.New(strings.TrimSuffix(r.file.path, suffix))
	for _, e := range r.exchanges {
		c.AddInteraction(r.interaction(e, func(f scrub.Field) string { return scrub.Write(f.Parts, fakes.Of) }))
	}
	return r.file.save(c, extra{format, r.file.edition, len(c.Interactions), r.supplied(fakes)}, r.watched(fakes))
}

func (r *recorder) interaction(e *exchange, replace scrub.Visit) *cassette.Interaction {
	q, s := r.rules.Request(e.request, replace), r.rules.Response(e.response, replace)
	host, _ := strings.CutPrefix(q.Base, "https://")
	return &cassette.Interaction{
		Request: cassette.Request{
			Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: int64(len(q.Body)), Host: host,
			Method: q.Method, URL: q.URL(), Headers: q.Header, Body: indented(q.Body),
		},
		Response: cassette.Response{
			Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: int64(len(s.Body)),
			Status: fmt.Sprintf("%d %s", s.Status, http.StatusText(s.Status)), Code: s.Status,
			Headers: s.Header, Body: indented(s.Body),
		},
	}
}

// supplied returns the replacements of the values that a request had before any response, sorted.
func (r *recorder) supplied(fakes *scrub.Fakes) []string {
	type event struct {
		at    int
		visit func(scrub.Visit)
		sent  bool
	}
	var events []event
	for _, e := range r.exchanges {
		events = append(events,
			event{e.begin, func(v scrub.Visit) { r.rules.Request(e.request, v) }, true},
			event{e.end, func(v scrub.Visit) { r.rules.Response(e.response, v) }, false})
	}
	slices.SortFunc(events, func(a, b event) int { return a.at - b.at })
	first := make(map[string]bool) // replacement: whether a request had it first
	for _, e := range events {
		e.visit(func(f scrub.Field) string {
			for _, p := range f.Parts {
				if fake := fakes.Of(p); p.Replaced() {
					if _, known := first[fake]; !known {
						first[fake] = e.sent
					}
				}
			}
			return ""
		})
	}
	maps.DeleteFunc(first, func(_ string, sent bool) bool { return !sent })
	return slices.Sorted(maps.Keys(first))
}

// shortestSecret is the length from which the text of a cassette is searched for a secret. Shorter ones occur by
// chance.
const shortestSecret = 8

// watched returns what must not be in the cassette in any form.
func (r *recorder) watched(fakes *scrub.Fakes) []string {
	watched := slices.Concat(r.secrets, fakes.Values(scrub.Email))
	return slices.DeleteFunc(watched, func(s string) bool { return len(s) < shortestSecret || slices.Contains(r.rules.Keep, s) })
}
