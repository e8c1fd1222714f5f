package replay

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"gopkg.in/dnaeon/go-vcr.v4/pkg/cassette"

	"github.com/graduationkit/ringcentral/gradtest/replay/internal/scrub"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// player plays a cassette.
type player struct {
	file    *file
	rules   scrub.Rules
	options Options

	mu      sync.Mutex
	matcher matcher
	tape    []*taped
	missing []error // requests that were not recorded
}

// taped is a recorded interaction.
type taped struct {
	request  scrub.Request
	response scrub.Response
	status   string
	fields   fields
	played   bool
}

func newPlayer(f *file, rules scrub.Rules, o Options) (*player, error) {
	c, e, err := f.load()
	if err != nil {
		return nil, err
	}
	p := &player{file: f, rules: rules, options: o, matcher: matcher{
		supplied: make(map[string]bool), known: make(map[string]bool), bound: newBindings(), rebind: o.Repeat,
	}}
	for _, fake := range e.Supplied {
		p.matcher.supplied[fake] = true
	}
	learn := func(f scrub.Field) string {
		for _, part := range f.Parts {
			if part.Replaced() {
				p.matcher.known[part.Text] = true
			}
		}
		return ""
	}
	for n, i := range c.Interactions {
		t, err := p.taped(i)
		if err != nil {
			return nil, f.fault(fmt.Sprintf("is damaged (interaction %d has the URL %q)", n, i.Request.URL),
				"restore it from version control, or record it again")
		}
		p.rules.Request(t.request, learn)
		p.rules.Response(t.response, learn)
		p.tape = append(p.tape, t)
	}
	return p, nil
}

func (p *player) taped(i *cassette.Interaction) (*taped, error) {
	u, err := url.Parse(i.Request.URL)
	if err != nil || u.Host == "" {
		return nil, fmt.Errorf("no URL: %w", err)
	}
	t := &taped{
		request: scrub.Request{
			Method: i.Request.Method, Base: u.Scheme + "://" + u.Host, Path: u.EscapedPath(), Query: u.RawQuery,
			Header: canonical(i.Request.Headers), Body: compact(i.Request.Body),
		},
		response: scrub.Response{Status: i.Response.Code, Header: canonical(i.Response.Headers), Body: compact(i.Response.Body)},
		status:   i.Response.Status,
	}
	t.fields = fieldsOf(p.rules, t.request)
	return t, nil
}

// canonical returns headers that an editor may have changed, in the form of net/http.
func canonical(h http.Header) http.Header {
	out := make(http.Header, len(h))
	for name, values := range h {
		for _, v := range values {
			out.Add(name, v)
		}
	}
	return out
}

// playing is the transport of a player.
type playing struct {
	*player
	base http.RoundTripper // for other hosts
}

func (p *playing) RoundTrip(req *http.Request) (*http.Response, error) {
	if !strings.EqualFold(req.URL.Scheme+"://"+req.URL.Host, scrub.Origin) && !scrub.Platform(req.URL.Hostname()) {
		return p.base.RoundTrip(req)
	}
	sent, req, err := read(req)
	if err != nil {
		return nil, err
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	resp, err := p.play(sent)
	if err != nil {
		return nil, err
	}
	resp.Request = req
	return resp, nil
}

// play returns the response to a request.
func (p *player) play(q scrub.Request) (*http.Response, error) {
	sent := fieldsOf(p.rules, q)
	p.mu.Lock()
	defer p.mu.Unlock()
	t, binds := p.find(sent)
	if t == nil {
		err := p.explain(sent)
		p.missing = append(p.missing, err)
		return nil, err
	}
	t.played = true
	p.matcher.bound.add(binds)
	return p.response(t, q.Method), nil
}

// find returns the first interaction that matches and was not played.
func (p *player) find(sent fields) (*taped, *bindings) {
	var again []*taped
	for _, t := range p.tape {
		diffs, binds := p.matcher.compare(t.fields, sent, 1)
		switch {
		case len(diffs) > 0:
		case !t.played:
			return t, binds
		default:
			again = append(again, t)
		}
	}
	if len(again) == 0 || !p.options.Repeat {
		return nil, nil
	}
	for _, t := range again {
		t.played = false
	}
	_, binds := p.matcher.compare(again[0].fields, sent, 1)
	return again[0], binds
}

// response plays an interaction, with the values that the test brought along.
func (p *player) response(t *taped, method string) *http.Response {
	s := t.response
	if value := p.matcher.bound.value; len(value) > 0 {
		s = p.rules.Response(s, func(f scrub.Field) string {
			return scrub.Write(f.Parts, func(part scrub.Part) string {
				if v, ok := value[part.Text]; ok {
					return v
				}
				return part.Text
			})
		})
	}
	header := s.Header.Clone()
	if header.Get("Retry-After") != "" && !p.options.RetryAfter {
		header.Set("Retry-After", "0")
	}
	header.Set(wire.FaultHeader, "replay") // never evidence
	resp := &http.Response{
		Status: t.status, StatusCode: s.Status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: header,
	}
	if n, ok := scrub.FillerLength(s.Body); ok {
		resp.Body, resp.ContentLength = io.NopCloser(io.LimitReader(filler{}, n)), n
	} else {
		body := scrub.Zip(header, s.Body)
		resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	if method == http.MethodHead || len(s.Body) == 0 {
		resp.Body, resp.ContentLength = http.NoBody, 0
	}
	return resp
}

// filler is binary content without end.
type filler struct{}

func (filler) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = byte(0xf0 | i%8)
	}
	return len(b), nil
}

// check returns an error for requests that were not recorded, and for recorded requests that were not sent.
func (p *player) check(lenient bool) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.missing) > 0 {
		return p.missing[0] // the others may follow from it
	}
	if lenient || p.options.AllowUnused {
		return nil
	}
	var unused []string
	for n, t := range p.tape {
		if !t.played {
			unused = append(unused, fmt.Sprintf("\n  interaction %d: %s", n, p.show(t.fields)))
		}
	}
	if len(unused) == 0 || p.options.Repeat && len(unused) < len(p.tape) {
		return nil
	}
	return fmt.Errorf("replay: %d of the %d requests in %s were not sent:%s\nIf that is right, record it again with\n\t%s",
		len(unused), len(p.tape), p.file.path, strings.Join(unused, ""), p.file.again)
}
