package rctest

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// eachAddress yields the addresses in a response: strings that are one by the name of their member or by their path.
// Event filters look like addresses and are none.
func eachAddress(v any, name string, yield func(name, address string)) {
	switch v := v.(type) {
	case map[string]any:
		for k, in := range v {
			eachAddress(in, k, yield)
		}
	case []any:
		for _, in := range v {
			eachAddress(in, name, yield)
		}
	case string:
		lower := strings.ToLower(name)
		if name != "eventFilters" && (strings.HasSuffix(lower, "uri") || lower == "href" || lower == "url" ||
			strings.Contains(v, "/restapi/")) {
			yield(name, v)
		}
	}
}

// TestCrawl makes every resource that can be made, reads all that can be read, and follows every address in the
// responses that is one of the platform: with the token in the header and in the query. None leads to 4xx, and none to
// another host.
func TestCrawl(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	type found struct{ path, from, name string }
	seen := map[string]bool{}
	var queue []found
	take := func(from string, got answer) {
		if !strings.Contains(got.header.Get("Content-Type"), "json") || got.body == "" {
			return
		}
		var v any
		require.NoError(t, json.Unmarshal([]byte(got.body), &v), got.body)
		eachAddress(v, "", func(name, address string) {
			u, err := url.Parse(address)
			if err != nil || !knownService(u.Path) || u.Path == "/restapi" || seen[u.RequestURI()] || postOnly[from] == name {
				return
			}
			assert.Equal(t, "http://example.com", u.Scheme+"://"+u.Host, "%s: %s %s", from, name, address)
			seen[u.RequestURI()] = true
			queue = append(queue, found{u.RequestURI(), from, name})
		})
	}
	follow := func() (followed int) {
		for ; len(queue) > 0; followed++ {
			f := queue[0]
			queue = queue[1:]
			got := a.call("GET " + f.path)
			assert.Less(t, got.status, 400, "%s, from %s of %s: %s", f.path, f.name, f.from, got.body)
			take(f.path, got)
			r := a.request("GET " + f.path)
			r.Header.Del("Authorization")
			query := r.URL.Query()
			query.Set("access_token", a.token)
			r.URL.RawQuery = query.Encode()
			again := a.send(r)
			assert.Equal(t, got.status, again.status, "%s with the token in the query", f.path)
			assert.NotContains(t, again.body, a.token)
		}
		return followed
	}
	var reads []rcapi.Operation
	for _, op := range rest() {
		switch op.Method {
		case "POST":
			take(op.ID, a.send(a.example(t, op)))
		case "GET":
			reads = append(reads, op)
		}
	}
	followed := follow()
	a.h.Advance(30 * time.Second) // reports and exports are done
	for _, op := range reads {
		if r := a.exampleIfAny(t, op); r != nil {
			take(op.ID, a.send(r))
		}
	}
	followed += follow()
	assert.Greater(t, followed, 250)
	for _, part := range []string{"/files/", "/datasets/", "/archive/", "/media/", "/content"} {
		assert.True(t, func() bool {
			for path := range seen {
				if strings.Contains(path, part) {
					return true
				}
			}
			return false
		}(), "no address with %s", part)
	}
}

// postOnly are members that hold the address of their request, which is a POST, by operation.
var postOnly = map[string]string{"parsePhoneNumber": "uri"}
