package rcapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func count(keep func(rcapi.Operation) bool) int {
	n := 0
	for o := range rcapi.Newest.Operations() {
		if keep(o) {
			n++
		}
	}
	return n
}

func TestTableTotals(t *testing.T) {
	takes := func(name string) func(rcapi.Operation) bool {
		return func(o rcapi.Operation) bool { return slices.Contains(o.PathParams, name) }
	}
	under := func(prefix string) func(rcapi.Operation) bool {
		return func(o rcapi.Operation) bool { return strings.HasPrefix(o.Path, prefix) }
	}
	paths := make(map[string]bool)
	for o := range rcapi.Newest.Operations() {
		paths[o.Path] = true
	}
	assert.Len(t, paths, 363)
	for _, tt := range []struct {
		what string
		keep func(rcapi.Operation) bool
		want int
	}{
		{"operations", func(rcapi.Operation) bool { return true }, 520},
		{"Light", func(o rcapi.Operation) bool { return o.Group == rcapi.Light }, 164},
		{"Medium", func(o rcapi.Operation) bool { return o.Group == rcapi.Medium }, 214},
		{"Heavy", func(o rcapi.Operation) bool { return o.Group == rcapi.Heavy }, 132},
		{"Auth", func(o rcapi.Operation) bool { return o.Group == rcapi.Auth }, 6},
		{"NoThrottling", func(o rcapi.Operation) bool { return o.Group == rcapi.NoThrottling }, 4},
		{"deprecated", func(o rcapi.Operation) bool { return o.Deprecated }, 13},
		{"with accountId", takes("accountId"), 349},
		{"with extensionId", takes("extensionId"), 122},
		{"/restapi/v1.0", under("/restapi/v1.0/"), 327},
		{"/team-messaging/v1", under("/team-messaging/v1/"), 66},
		{"/restapi/v2", under("/restapi/v2/"), 41},
		{"/webinar", under("/webinar/"), 41},
		{"/rcvideo", under("/rcvideo/"), 13},
		{"/scim/v2", under("/scim/v2/"), 12},
		{"/restapi/oauth", under("/restapi/oauth/"), 7},
		{"/ai", under("/ai/"), 8},
		{"/analytics/calls/v1", under("/analytics/calls/v1/"), 2},
		{"GET without further ids", func(o rcapi.Operation) bool {
			return o.Method == "GET" && !slices.ContainsFunc(o.PathParams, func(p string) bool { return p != "accountId" && p != "extensionId" })
		}, 138},
	} {
		assert.Equal(t, tt.want, count(tt.keep), tt.what)
	}
}

func TestTableSuccess(t *testing.T) {
	got := make(map[string]int)
	for o := range rcapi.Newest.Operations() {
		got[o.Method+" "+fmt.Sprint(o.Success)]++
	}
	assert.Equal(t, map[string]int{
		"GET [200]": 249, "GET [200 207]": 7, "GET [200 304]": 1, "GET [302]": 1,
		"POST [200]": 67, "POST [201]": 26, "POST [204]": 20, "POST [202]": 13, "POST [204 205]": 4,
		"POST [200 201]": 1, "POST [200 202]": 1, "POST [302]": 1,
		"PUT [200]": 49, "PUT [200 207]": 1, "PUT [204]": 1,
		"PATCH [200]": 23, "PATCH [200 207]": 1,
		"DELETE [204]": 44, "DELETE [200]": 7, "DELETE [202]": 1, "DELETE [200 204]": 1, "DELETE [200 204 207]": 1,
	}, got)
}

// Columns: scope, operations, GET/POST/PUT/PATCH/DELETE, Light/Medium/Heavy.
const scopeTable = `
ReadAccounts 106 102/3/1/0/0 61/38/7
EditAccounts 86 12/33/18/4/19 7/40/39
TeamMessaging 66 27/25/2/5/7 11/51/4
EditExtensions 44 1/14/17/3/9 4/33/7
CallControl 24 2/18/0/2/2 22/0/2
ReadWebinars 23 23/0/0/0/0 0/0/23
SMS 22 10/7/0/2/3 5/17/0
Video 13 10/1/0/1/1 5/7/1
EditWebinars 12 0/3/1/4/4 0/0/12
RoleManagement 9 2/2/4/0/1 1/7/1
ReadCallLog 9 9/0/0/0/0 0/0/9
A2PSMS 8 6/2/0/0/0 8/0/0
Contacts 7 1/2/2/1/1 1/1/5
ReadMessages 7 6/1/0/0/0 3/1/3
AI 6 1/5/0/0/0 0/0/6
ReadPresence 5 5/0/0/0/0 3/1/1
ReadContacts 4 4/0/0/0/0 1/0/3
EditPresence 4 0/0/3/1/0 0/4/0
EditMessages 4 0/0/1/1/2 0/4/0
RingOut 3 1/1/0/0/1 1/0/2
Analytics 2 0/2/0/0/0 2/0/0
EditCallLog 2 0/0/0/0/2 0/0/2
ReadCallRecording 2 2/0/0/0/0 0/0/2
RingSense 2 2/0/0/0/0 2/0/0
VoipCalling 1 0/1/0/0/0 0/0/1
ReadAuditTrail 1 0/1/0/0/0 0/0/1
WebSocket 1 0/1/0/0/0 0/0/0
Faxes 1 0/1/0/0/0 0/0/1
InternalMessages 1 0/1/0/0/0 0/1/0
- 45 32/9/2/0/2 27/9/0
`

func TestTableScopes(t *testing.T) {
	tally := func(s rcapi.Scope) string {
		n, methods, groups := 0, make(map[string]int), make(map[rcapi.Group]int)
		for o := range rcapi.Operations(s) {
			if _, ok := o.At(rcapi.Newest); !ok {
				continue
			}
			n++
			methods[o.Method]++
			groups[o.Group]++
		}
		return fmt.Sprintf("%d %d/%d/%d/%d/%d %d/%d/%d", n,
			methods["GET"], methods["POST"], methods["PUT"], methods["PATCH"], methods["DELETE"],
			groups[rcapi.Light], groups[rcapi.Medium], groups[rcapi.Heavy])
	}
	seen := make(map[rcapi.Scope]bool)
	for line := range strings.Lines(strings.TrimSpace(scopeTable)) {
		name, want, _ := strings.Cut(strings.TrimSpace(line), " ")
		s := rcapi.Scope(strings.TrimPrefix(name, "-"))
		seen[s] = true
		assert.Equal(t, want, tally(s), "scope %q", s)
	}
	for o := range rcapi.Newest.Operations() {
		assert.True(t, seen[o.Scope], "scope %s of %s is not in the table", o.Scope, o.ID)
	}
	assert.Len(t, seen, 30)
}

func TestTableIsWellFormed(t *testing.T) {
	order := []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}
	var last rcapi.Operation
	ids := make(map[string]bool)
	for o := range rcapi.All() {
		require.False(t, ids[o.ID], "%s twice", o.ID)
		ids[o.ID] = true
		if last.Path == o.Path {
			assert.Less(t, slices.Index(order, last.Method), slices.Index(order, o.Method), o.ID)
		} else {
			assert.Less(t, last.Path, o.Path)
		}
		last = o
		parsed, err := rcapi.Parse(o.String())
		if assert.NoError(t, err, "every template of the platform can be declared too") {
			assert.Equal(t, o.PathParams, parsed.PathParams, o.ID)
		}
		assert.NotEmpty(t, o.Success, o.ID)
		assert.True(t, slices.IsSorted(o.Success), o.ID)
		assert.True(t, slices.IsSorted(o.ContentTypes), o.ID)
		assert.True(t, o.Scope == "" || o.Scope.Canonical() == o.Scope, o.ID)
	}
}
