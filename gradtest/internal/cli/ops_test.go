package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestSearch(t *testing.T) {
	for _, c := range []struct {
		words, scope, group string
		want                []string // operation ids; nil: an error
	}{
		{words: "createSMSMessage", want: []string{"createSMSMessage"}},
		{words: "CREATESMS message", want: []string{"createSMSMessage"}},
		{words: "sms", scope: "ReadMessages"},
		{words: "PUT /restapi/v1.0/account/~/extension/~/message-store/1,2", want: []string{"updateMessage"}},
		{words: "get get"}, // every word occurs, so this is a search with more than one answer
		{words: "PUT", scope: "Webhook Subscriptions"},
		{words: "/restapi/v1.0/no/such/path"},
		{words: "GET /restapi/v1.0/account/~ extra"},
		{scope: "sms", group: "MEDIUM", words: "POST mms", want: []string{"createMMS"}},
		{scope: "Voicemail"},
		{group: "Feather"},
	} {
		found, err := search(strings.Fields(c.words), c.scope, c.group)
		var ids []string
		for _, op := range found {
			ids = append(ids, op.ID)
		}
		if c.words == "get get" {
			require.NoError(t, err)
			assert.Greater(t, len(ids), 100)
			continue
		}
		assert.Equal(t, c.want, ids, "%+v", c)
		assert.Equal(t, c.want == nil, err != nil, "%+v: %v", c, err)
	}
}

func TestScopeFilterKnowsEveryScope(t *testing.T) {
	for _, s := range rcapi.Scopes() {
		keep, err := scopeFilter(strings.ToLower(string(s)))
		if !s.Exercisable() {
			assert.ErrorContains(t, err, string(s))
			continue
		}
		require.NoError(t, err, s)
		some := false
		for op := range rcapi.All() {
			some = some || keep(op)
		}
		assert.True(t, some, s)
	}
}

// FuzzSearch: every search has a result, or an error that quotes the search, on one line.
func FuzzSearch(f *testing.F) {
	for _, s := range []string{"", "sms", "GET /restapi/v1.0/account/~", "/", "post //", "\x00 \n", "%", "rcapi.ReadMessage"} {
		f.Add(s, "", "")
	}
	f.Add("", "Glip", "light")
	f.Add("", "\xff", "\xff")
	f.Fuzz(func(t *testing.T, words, scope, group string) {
		found, err := search([]string{words}, scope, group)
		if (err == nil) != (len(found) > 0) {
			t.Fatalf("%d found, error %v", len(found), err)
		}
		if err != nil && len(lines(err)) != 1 {
			t.Fatalf("%q", err)
		}
	})
}
