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
		words, scope, group, edition string
		want                         []string // operation ids; nil: an error
	}{
		{words: "createSMSMessage", want: []string{"createSMSMessage"}},
		{words: "CREATESMS message", want: []string{"createSMSMessage"}},
		{words: "sms", scope: "ReadMessages"},
		{words: "everyone GET", want: []string{"readGlipEveryone", "readGlipEveryoneNew"}},
		{words: "everyone GET", edition: "2021", want: []string{"readGlipEveryone"}},
		{words: "everyone GET", edition: "2024-03-05", scope: "Glip", want: []string{"readGlipEveryoneNew"}},
		{words: "video-configuration GET", edition: "2021-03", scope: "Meetings", want: []string{"readUserVideoConfiguration"}},
		{words: "video-configuration GET", edition: "2023-05", scope: "Meetings"},
		{words: "custom-fields POST", edition: "2021-03", group: "light", want: []string{"createCustomField"}},
		{words: "/restapi/v1.0/glip/everyone GET", edition: "2023-05"},
		{words: "sms", edition: "2022"},
		{words: "PUT /restapi/v1.0/account/~/extension/~/message-store/1,2", want: []string{"updateMessage"}},
		{words: "get get"}, // every word occurs, so this is a search with more than one answer
		{words: "PUT", scope: "Webhook Subscriptions"},
		{words: "/restapi/v1.0/no/such/path"},
		{words: "GET /restapi/v1.0/account/~ extra"},
		{scope: "sms", group: "MEDIUM", words: "POST mms", want: []string{"createMMS"}},
		{scope: "Voicemail"},
		{group: "Feather"},
	} {
		found, err := search(strings.Fields(c.words), opsFilters{c.scope, c.group, c.edition})
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
		f.Add(s, "", "", "")
	}
	f.Add("", "Glip", "light", "2021")
	f.Add("", "\xff", "\xff", "\xff")
	f.Fuzz(func(t *testing.T, words, scope, group, edition string) {
		found, err := search([]string{words}, opsFilters{scope, group, edition})
		if (err == nil) != (len(found) > 0) {
			t.Fatalf("%d found, error %v", len(found), err)
		}
		if err != nil && len(lines(err)) != 1 {
			t.Fatalf("%q", err)
		}
	})
}
