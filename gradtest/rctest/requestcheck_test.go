package rctest

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/requestcheck"
	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// declared is a request as package gradtest checks it before it is sent.
func declared(t *testing.T, op rcapi.Operation, r *http.Request) requestcheck.Request {
	t.Helper()
	c := requestcheck.Request{Op: op, Query: r.URL.Query(), Type: r.Header.Get("Content-Type")}
	if r.Body == nil || r.Body == http.NoBody {
		return c
	}
	body, err := io.ReadAll(r.Body)
	require.NoError(t, err)
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	kind, params, _ := mime.ParseMediaType(c.Type)
	if !strings.HasPrefix(kind, "multipart/") {
		c.Body = body
		return c
	}
	c.Multipart = true
	for parts := multipart.NewReader(strings.NewReader(string(body)), params["boundary"]); ; {
		part, err := parts.NextPart()
		if err != nil {
			return c
		}
		if part.Header.Get("Content-Type") == "application/json" {
			c.Body, err = io.ReadAll(part)
			require.NoError(t, err)
			continue
		}
		c.Files = append(c.Files, part.FormName())
	}
}

// TestCheckAcceptsWhatTheEmulatorAccepts compares the check of declared requests with the emulator, for every
// operation: it accepts the request of TestConformance, and the emulator refuses each changed request that it refuses.
func TestCheckAcceptsWhatTheEmulatorAccepts(t *testing.T) {
	refused := 0
	for _, op := range rest() {
		t.Run(op.ID, func(t *testing.T) {
			a := newApp(t, Config{Limits: Unlimited()})
			request := a.example(t, op)
			good := declared(t, op, request)
			assert.Empty(t, requestcheck.Faults(good))
			for what, c := range spoiled(good) {
				faults := requestcheck.Faults(c)
				if faults == nil {
					continue
				}
				r := a.request(op.Method+" "+request.URL.Path+"?"+c.Query.Encode(), string(c.Body))
				r.Header.Del("Content-Type")
				if c.Body == nil {
					r = a.request(op.Method + " " + request.URL.Path + "?" + c.Query.Encode())
				}
				if c.Type != "" {
					r.Header.Set("Content-Type", c.Type)
				}
				got := a.send(r)
				assert.GreaterOrEqual(t, got.status, 400, "%s: the check says %v", what, faults)
				if got.status != 404 {
					refused++
				}
			}
		})
	}
	assert.Greater(t, refused, 400, "the check refuses something")
}

// spoiled returns what is left of a good request without one thing or with one value that is wrong.
func spoiled(good requestcheck.Request) map[string]requestcheck.Request {
	out := make(map[string]requestcheck.Request)
	for name := range good.Query {
		c := good
		c.Query = url.Values{}
		for other, values := range good.Query {
			if other != name {
				c.Query[other] = values
			}
		}
		out["without ?"+name] = c
	}
	for _, p := range shape.Of(good.Op.ID).Parameters {
		if p.In == "query" {
			c := good
			c.Query = url.Values{p.Name: {"Nonsense"}}
			for other, values := range good.Query {
				if other != p.Name {
					c.Query[other] = values
				}
			}
			out["?"+p.Name+"=Nonsense"] = c
		}
	}
	c := good
	c.Body, c.Type, c.Multipart, c.Files = nil, "", false, nil
	out["without a body"] = c
	c = good
	c.Body, c.Type, c.Multipart = []byte(`{}`), "application/json", false
	out["an empty object"] = c
	c.Body = []byte(`{"a":`)
	out["half an object"] = c
	c.Body, c.Type = []byte(`a=b`), "application/x-www-form-urlencoded"
	out["a form"] = c
	var v any
	if good.Multipart || json.Unmarshal(good.Body, &v) != nil {
		return out
	}
	for _, what := range places(v, "") {
		for _, wrong := range []any{absent{}, "Nonsense"} {
			body, err := json.Marshal(changed(v, "", what, wrong))
			if err == nil {
				c := good
				c.Body = body
				out[what+" "+string(body)] = c
			}
		}
	}
	return out
}

type absent struct{}

// places are the paths of all members in a value.
func places(v any, at string) (out []string) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			out = append(append(out, at+"/"+name), places(value, at+"/"+name)...)
		}
	case []any:
		for _, value := range v {
			out = append(out, places(value, at+"/*")...)
		}
	}
	return out
}

// changed returns a copy of v with another value in a place, or without it.
func changed(v any, at, place string, to any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any)
		for name, value := range v {
			if at+"/"+name != place {
				out[name] = changed(value, at+"/"+name, place, to)
			} else if to != (absent{}) {
				out[name] = to
			}
		}
		return out
	case []any:
		var out []any
		for _, value := range v {
			out = append(out, changed(value, at+"/*", place, to))
		}
		return out
	}
	return v
}
