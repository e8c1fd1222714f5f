package rcauth

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
)

const (
	clientID     = "abcdEFGHijklMNOP123456"
	clientSecret = "cs/Secret+0123456789%x"
	jwt          = "eyJraWQiOiI4NzYyZjU5OGQwNTk0NGRiODZi.eyJhdWQiOiJodHRwczovL3BsYXRmb3JtLnJpbmdjZW50cmFsLmNvbSJ9.c2lnbmF0dXJl"
)

// call is a request as the token endpoint saw it.
type call struct {
	path, auth, contentType string
	form                    url.Values
}

// endpoint is a token endpoint with canned answers.
type endpoint struct {
	*httptest.Server
	mu    sync.Mutex
	calls []call
}

func newEndpoint(t *testing.T, answer func(w http.ResponseWriter, n int, c call)) *endpoint {
	e := new(endpoint)
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		form, _ := url.ParseQuery(string(body))
		c := call{r.URL.Path, r.Header.Get("Authorization"), r.Header.Get("Content-Type"), form}
		e.mu.Lock()
		e.calls = append(e.calls, c)
		n := len(e.calls)
		e.mu.Unlock()
		answer(w, n, c)
	}))
	t.Cleanup(e.Close)
	return e
}

func (e *endpoint) config() Config {
	return Config{URL: e.URL + "/", ClientID: clientID, ClientSecret: clientSecret, Client: e.Client()}
}

func (e *endpoint) seen() []call {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.calls
}

func respond(status int, media, body string, header ...string) func(http.ResponseWriter, int, call) {
	return func(w http.ResponseWriter, _ int, _ call) {
		w.Header().Set("Content-Type", media)
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

var quiet = log.New(io.Discard, "", 0)

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
