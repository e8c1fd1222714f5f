package rcapi_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestMatch(t *testing.T) {
	const account, own = "/restapi/v1.0/account/~", "/restapi/v1.0/account/~/extension/~"
	for _, tt := range []struct {
		method, path, want string
	}{
		{"GET", own + "/call-log", "readUserCallLog"},
		{"GET", "/restapi/v1.0/account/80012345/extension/90012345/call-log", "readUserCallLog"},
		{"GET", own + "/call-log/", "readUserCallLog"},
		{"GET", own + "/call-log?perPage=10&dateFrom=2020-01-01/x", "readUserCallLog"},
		{"GET", own + "/call-log/?perPage=10", "readUserCallLog"},
		{"GET", own + "/call-log#x", "readUserCallLog"},
		{"", own + "/call-log", "readUserCallLog"},
		{"DELETE", own + "/call-log", "deleteUserCallLog"},
		{"GET", own + "/message-store/1,2,3", "readMessage"},
		{"GET", own + "/message-store/1%2C2", "readMessage"},
		{"PUT", own + "/message-store/*", "updateMessage"},
		{"GET", own + "/message-store/a%2Fb", "readMessage"},
		{"GET", "/restapi/v1.0/account/%7E/extension/%7e/call-log", "readUserCallLog"},
		{"GET", "/restapi/v1.0/account/~/extension/~/call%2Dlog", "readUserCallLog"},
		{"GET", "/restapi/v1.0/account/~/ext%65nsion/~/call-log", "readUserCallLog"},
		{"GET", account + "/user-role/default", "readDefaultRole"},
		{"GET", account + "/user-role/d%65fault", "readDefaultRole"},
		{"GET", account + "/user-role/defaults", "readUserRole"},
		{"GET", account + "/directory/entries/search", "readDirectoryEntry"},
		{"POST", account + "/directory/entries/search", "searchDirectoryEntries"},
		{"GET", account + "/extension/1/overflow-settings", "getCallQueueOverflowSettings"},
		{"GET", "/restapi/v2/accounts/~/devices/1", ""},
		{"DELETE", "/restapi/v2/accounts/~/phone-numbers", "deleteNumbersFromInventoryV2"},
		{"GET", "/restapi/v2/accounts/~", "getAccountInfoV2"},
		{"POST", "/scim/v2/Users/.search", "scimSearchViaPost2"},
		{"GET", "/scim/v2/Users/.search", "scimGetUser2"},
		{"GET", "/restapi", "readAPIVersions"},
		{"GET", "/restapi/", "readAPIVersions"},
		{"GET", "/restapi/v1.0", "readAPIVersion"},
		{"GET", "/restapi/v1.0/", "readAPIVersion"},
		{"GET", "/restapi/v2", "readAPIVersion"},
		{"GET", "/restapi/oauth", "readAPIVersion"},
		{"POST", "/restapi/oauth/token", "getToken"},
		{"GET", "/.well-known/openid-configuration", "readOpenIdConfiguration"},
		{"GET", "/rcvideo/v2/bridges/pin/pstn/1", "getBridgeByPstnPin"},
		{"GET", "/rcvideo/v2/bridges/pin/pstn", ""},
		{"GET", "/rcvideo/v2/bridges/1", "getBridge"},

		{"GET", "", ""},
		{"GET", "/", ""},
		{"GET", "//", ""},
		{"GET", "?x", ""},
		{"GET", "restapi", ""},
		{"GET", "//restapi", ""},
		{"GET", "/restapi//", ""},
		{"GET", own + "/call-log//", ""},
		{"GET", "/restapi/v1.0/account//extension/~/call-log", ""},
		{"GET", own + "/call-logs", ""},
		{"GET", own + "/call-log%2", ""},
		{"GET", own + "/Call-Log", ""},
		{"HEAD", own + "/call-log", ""},
		{"get", own + "/call-log", ""},
		{"PUT", own + "/call-log", ""},
		{"GET", "https://platform.ringcentral.com/restapi", ""},
	} {
		o, ok := rcapi.Match(tt.method, tt.path)
		assert.Equal(t, tt.want, o.ID, "%s %s", tt.method, tt.path)
		assert.Equal(t, tt.want != "", ok, "%s %s", tt.method, tt.path)
	}
}

// concrete is a path of o with ids of realistic length.
func concrete(o rcapi.Operation) string {
	path := o.Path
	for _, p := range o.PathParams {
		path = strings.ReplaceAll(path, "{"+p+"}", "8"+fmt.Sprint(len(p))+"-4a1b-0123456789")
	}
	return path
}

func TestMatchFindsAll(t *testing.T) {
	for o := range rcapi.All() {
		for _, path := range []string{concrete(o), concrete(o) + "/", concrete(o) + "?a=/b", o.Path} {
			got, ok := rcapi.Match(o.Method, path)
			require.True(t, ok, "%s %s", o.Method, path)
			assert.Equal(t, o, got, path)
		}
	}
}

func TestMatchRequest(t *testing.T) {
	for _, tt := range []struct {
		method, target, override, want string
	}{
		{"GET", "/restapi/v1.0/account/~/extension/~/call-log?view=Detailed", "", "readUserCallLog"},
		{"POST", "https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~/sms", "", "createSMSMessage"},
		{"POST", "/restapi/v1.0/account/~/extension/~/call-log", "DELETE", "deleteUserCallLog"},
		{"POST", "/restapi/v1.0/account/~/extension/~/call-log?_method=get", "", "readUserCallLog"},
		{"GET", "/restapi/v1.0/account/~/extension/~/call-log", "DELETE", "readUserCallLog"},
		{"GET", "/restapi/v1.0/account/~/extension/~/message-store/a%2Fb", "", "readMessage"},
		{"GET", "/restapi/v1.0/account/~/extension/~/message-store/a%3Fb", "", "readMessage"},
		{"GET", "/restapi/v1.0/account/~/extension/~/message-store/a%23b", "", "readMessage"},
		{"GET", "/restapi/v1.0/account/~/user-role/d%2565fault", "", "readUserRole"},
		{"GET", "/restapi/v1.0/account/~/extension/~/nothing", "", ""},
	} {
		r := httptest.NewRequest(tt.method, tt.target, nil)
		if tt.override != "" {
			r.Header.Set("X-HTTP-Method-Override", tt.override)
		}
		o, ok := rcapi.MatchRequest(r)
		assert.Equal(t, tt.want, o.ID, "%s %s", tt.method, tt.target)
		assert.Equal(t, tt.want != "", ok, "%s %s", tt.method, tt.target)
	}
	_, ok := rcapi.MatchRequest(&http.Request{})
	assert.False(t, ok)
}

func TestMatchAllocatesNothing(t *testing.T) {
	ops := slices.Collect(rcapi.All())
	paths := make([]string, len(ops))
	for i, o := range ops {
		paths[i] = concrete(o) + "?perPage=10"
	}
	r := httptest.NewRequest("POST", "/restapi/v1.0/account/~/extension/~/call-log?a=b&_method=DELETE", nil)
	r.Header.Set("X-HTTP-Method-Override", "delete")
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		for i, o := range ops {
			if _, ok := rcapi.Match(o.Method, paths[i]); !ok {
				panic(o.ID)
			}
			if _, ok := rcapi.Lookup(o.ID); !ok {
				panic(o.ID)
			}
		}
		if o, _ := rcapi.MatchRequest(r); o.ID != "deleteUserCallLog" {
			panic(o.ID)
		}
		rcapi.Match("GET", "/restapi/v1.0/account/~/ext%65nsion/~/nothing")
	}))
}

type splitTemplate struct {
	id, method string
	segments   []string
}

var templates = sync.OnceValue(func() (out []splitTemplate) {
	for o := range rcapi.All() {
		out = append(out, splitTemplate{o.ID, o.Method, strings.Split(o.Path[1:], "/")})
	}
	return out
})

// reference is Match by brute force: of all templates that fit, the one whose first segment to differ is literal.
func reference(method, path string) string {
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	if !strings.HasPrefix(path, "/") || path == "/" {
		return ""
	}
	given := strings.Split(strings.TrimSuffix(path[1:], "/"), "/")
	best, kinds := "", ""
	for _, o := range templates() {
		want := o.segments
		if o.method != method || len(want) != len(given) {
			continue
		}
		kind := ""
		for i, s := range want {
			switch {
			case s[0] == '{' && given[i] != "":
				kind += "b"
			case s == given[i]:
				kind += "a"
			}
		}
		if len(kind) == len(want) && (best == "" || kind < kinds) {
			best, kinds = o.id, kind
		}
	}
	return best
}

func FuzzMatch(f *testing.F) {
	for o := range rcapi.All() {
		f.Add(o.Method, concrete(o))
	}
	f.Add("GET", "/restapi/v1.0/account/~/user-role/default/?x")
	f.Add("POST", "/scim/v2/Users/.search")
	f.Add("GET", "/restapi/v1.0/account/~/extension//call-log")
	f.Fuzz(func(t *testing.T, method, path string) {
		o, ok := rcapi.Match(method, path)
		if ok != (o.ID != "") {
			t.Fatalf("Match(%q, %q) = %v, %v", method, path, o, ok)
		}
		if method == "" || strings.Contains(path, "%") {
			return
		}
		if want := reference(method, path); o.ID != want {
			t.Fatalf("Match(%q, %q) = %q, want %q", method, path, o.ID, want)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	ops := slices.Collect(rcapi.All())
	paths := make([]string, len(ops))
	for i, o := range ops {
		paths[i] = concrete(o)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		rcapi.Match(ops[i%len(ops)].Method, paths[i%len(ops)])
	}
}

// BenchmarkMatchWorst times each operation by itself and reports the slowest.
func BenchmarkMatchWorst(b *testing.B) {
	const rounds = 2000
	ops := slices.Collect(rcapi.All())
	var worst time.Duration
	var slowest string
	for b.Loop() {
		worst = 0
		for _, o := range ops {
			path, best := concrete(o), time.Hour
			for range 5 { // the best of five is the operation's own time; the rest is the machine's
				start := time.Now()
				for range rounds {
					rcapi.Match(o.Method, path)
				}
				best = min(best, time.Since(start)/rounds)
			}
			if best > worst {
				worst, slowest = best, o.ID
			}
		}
	}
	b.ReportMetric(float64(worst.Nanoseconds()), "worst-ns/match")
	b.Logf("slowest of %d: %s", len(ops), slowest)
}
