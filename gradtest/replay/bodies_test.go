package replay_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/replay"
)

// odd is a server with answers that the emulator does not give.
func odd(t *testing.T) gradtest.App {
	page := strings.Repeat(`{"id":400123456,"subject":"a secret text"},`, 3_000)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		switch r.URL.Query().Get("view") {
		case "gzip":
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = io.WriteString(z, `{"name":"Jane Doe","status":"Enabled"}`)
			_ = z.Close()
		case "binary":
			w.Header().Set("Content-Type", "audio/mpeg")
			_, _ = w.Write(bytes.Repeat([]byte{0xff, 0xfb, 'J'}, 1<<20))
		case "large":
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"records":[`+page[:len(page)-1]+`]}`)
		case "busy":
			w.Header().Set("Retry-After", "60")
			w.Header().Set("X-Rate-Limit-Group", "light")
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(429)
			_, _ = io.WriteString(w, `{"errorCode":"CMN-301","message":"Request rate exceeded for Jane"}`)
		case "page":
			w.WriteHeader(503)
			_, _ = io.WriteString(w, "<html>jane@corp.test</html>")
		default:
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprintf(w, `{"size":%d}`, len(body))
		}
	}))
	t.Cleanup(server.Close)
	store := ledger.NewMemory()
	a := app
	a.Store, a.Gate = store, store.Gate(nil)
	a.Target = gradtest.Target{URL: server.URL, Token: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "a-token-of-the-user"})}
	return a
}

// upload is a fax with an attachment.
func upload(boundary, name, content string) (string, string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	_ = w.SetBoundary(boundary)
	p, _ := w.CreateFormField("to")
	_, _ = io.WriteString(p, "+13105550177")
	p, _ = w.CreateFormFile("attachment", name)
	_, _ = io.WriteString(p, content)
	_ = w.Close()
	return w.FormDataContentType(), b.String()
}

func TestBodies(t *testing.T) {
	kind, fax := upload("one", "Jane.pdf", "%PDF\x00 secret")
	otherKind, sameFax := upload("two", "Other.pdf", "%PDF\x00 SECRET")
	_, longer := upload("two", "Other.pdf", "%PDF\x00 SECRET!")
	all := func(r *replay.Replay, kind, fax string) []string {
		get := func(view string) string {
			status, body := send(t, r, "GET", own+"?view="+view, "", "")
			return fmt.Sprint(status, " ", body)
		}
		_, answer := send(t, r, "POST", own+"/fax", kind, fax)
		return []string{get("gzip"), get("binary"), get("large"), get("page"), answer}
	}
	var recorded []string
	path := record(t, odd(t), func(r *replay.Replay) {
		recorded = all(r, kind, fax)
		send(t, r, "POST", own+"/fax", "application/json", `{"a":1.0,"b":[true,null],"size":50}`)
		send(t, r, "POST", own+"/fax", "application/x-www-form-urlencoded", "a=1&b=2")
	})
	assert.Less(t, len(content(t, path)), 700_000, "binary content is not in the cassette")
	text := content(t, path)
	for _, secret := range []string{"Jane", "secret", "3105550177", "jane@corp.test", "400123456", "a-token-of-the-user"} {
		assert.NotContains(t, text, secret)
	}

	r := play(t, path)
	played := all(r, otherKind, sameFax)
	assert.Len(t, played[1], len(recorded[1]))
	assert.Len(t, played[2], len(recorded[2])-3_000*len("a secret text")+3_000*len("Text 12345678"))
	assert.Regexp(t, `^200 {"name":"[A-Z][a-z]+ [A-Z][a-z]+","status":"Enabled"}$`, played[0])
	assert.Regexp(t, `^503 Text `, played[3])
	m := missing(t, r, "POST", own+"/fax", otherKind, longer)
	assert.Equal(t, []string{"body part 2: recorded replay: 12 bytes of binary content, sent replay: 13 bytes of binary content"}, m.Differences)
	send(t, r, "POST", own+"/fax", "application/json; charset=utf-8", "{\"size\": 5e1, \"b\":[true, null],\n\"a\":1}") // equal as JSON
	send(t, r, "POST", own+"/fax", "application/x-www-form-urlencoded", "b=2&a=1")
}

// TestGzip: a client that asks for gzip itself gets it.
func TestGzip(t *testing.T) {
	get := func(r *replay.Replay) *http.Response {
		req, err := http.NewRequest("GET", r.URL()+own+"?view=gzip", nil)
		require.NoError(t, err)
		req.Header.Set("Accept-Encoding", "gzip")
		resp, err := r.Client().Do(req)
		require.NoError(t, err)
		return resp
	}
	path := record(t, odd(t), func(r *replay.Replay) { get(r).Body.Close() })
	assert.NotContains(t, content(t, path), "Jane")
	r := play(t, path)
	resp := get(r)
	defer resp.Body.Close()
	assert.Equal(t, "gzip", resp.Header.Get("Content-Encoding"))
	z, err := gzip.NewReader(resp.Body)
	require.NoError(t, err)
	text, err := io.ReadAll(z)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"status":"Enabled"`)
}

// TestGzippedRequests: they are compared by what they hold.
func TestGzippedRequests(t *testing.T) {
	post := func(r *replay.Replay, text string, level int) error {
		var b bytes.Buffer
		z, err := gzip.NewWriterLevel(&b, level)
		require.NoError(t, err)
		_, _ = io.WriteString(z, text)
		require.NoError(t, z.Close())
		req, err := http.NewRequest("POST", r.URL()+own+"/fax", &b)
		require.NoError(t, err)
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Content-Encoding", "gzip")
		resp, err := r.Client().Do(req)
		if err == nil {
			resp.Body.Close()
		}
		return err
	}
	path := record(t, odd(t), func(r *replay.Replay) { require.NoError(t, post(r, `{"size":1,"text":"secret text"}`, 1)) })
	assert.NotContains(t, content(t, path), "secret text")
	r := play(t, path)
	assert.ErrorContains(t, post(r, `{"size":2,"text":"secret text"}`, 9), "body.size: recorded 1, sent 2")
	assert.NoError(t, post(r, `{"text":"secret text","size":1}`, 9))
}

// TestErrorsArePlayed: a 429 is played as recorded, and nothing waits for it.
func TestErrorsArePlayed(t *testing.T) {
	path := record(t, odd(t), func(r *replay.Replay) { send(t, r, "GET", own+"?view=busy", "", "") })
	get := func(t *testing.T, o replay.Options) *http.Response {
		r := play(t, path, o)
		resp, err := r.Client().Get(r.URL() + own + "?view=busy")
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		assert.Contains(t, string(body), `"errorCode":"CMN-301"`)
		assert.Equal(t, 429, resp.StatusCode)
		assert.Equal(t, "light", resp.Header.Get("X-Rate-Limit-Group"))
		return resp
	}
	assert.Equal(t, "0", get(t, replay.Options{}).Header.Get("Retry-After"))

	synctest.Test(t, func(t *testing.T) { // with virtual time, code may wait as it really would
		start := time.Now()
		wait, err := time.ParseDuration(get(t, replay.Options{RetryAfter: true}).Header.Get("Retry-After") + "s")
		require.NoError(t, err)
		time.Sleep(wait)
		assert.Equal(t, time.Minute, time.Since(start))
	})
}

// TestOtherHosts: requests to other servers go there, in both modes.
func TestOtherHosts(t *testing.T) {
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(418) }))
	defer other.Close()
	both := func(r *replay.Replay) {
		resp, err := r.Client().Get(other.URL)
		require.NoError(t, err)
		resp.Body.Close()
		assert.Equal(t, 418, resp.StatusCode)
		send(t, r, "GET", own, "", "")
	}
	path := record(t, app, both)
	r := play(t, path)
	both(r)
	require.NoError(t, r.Close())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", r.URL()+own, nil)
	require.NoError(t, err)
	_, err = r.Client().Do(req)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Contains(t, r.Credentials().JWT, "FAKE")
	require.NoError(t, os.Remove(path))
}
