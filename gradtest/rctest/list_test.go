package rctest

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPages(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	store := own + "/message-store"
	for _, c := range []struct {
		query                         string
		records                       int
		page, per, pages              float64
		first, previous, next, closes string // page numbers; empty: absent
	}{
		{"", 3, 1, 100, 1, "1", "", "", "1"},
		{"?perPage=2", 2, 1, 2, 2, "1", "", "2", "2"},
		{"?perPage=2&page=2", 1, 2, 2, 2, "1", "1", "", "2"},
		{"?perPage=1&page=2&messageType=SMS", 1, 2, 1, 3, "1", "1", "3", "3"},
		{"?page=9", 0, 9, 100, 1, "1", "", "", "1"},
		{"?perPage=5000", 3, 1, 1000, 1, "1", "", "", "1"},
		{"?perPage=max", 3, 1, 1000, 1, "1", "", "", "1"},
		{"?perPage=&page=", 3, 1, 100, 1, "1", "", "", "1"},
	} {
		m := a.call("GET " + store + c.query).json(t)
		assert.Len(t, m["records"], c.records, c.query)
		paging := m["paging"].(map[string]any)
		assert.Equal(t, []any{c.page, c.per, c.pages, 3.0}, []any{paging["page"], paging["perPage"], paging["totalPages"], paging["totalElements"]}, c.query)
		if c.records > 0 {
			assert.Equal(t, float64(c.records-1), paging["pageEnd"].(float64)-paging["pageStart"].(float64))
		}
		navigation := m["navigation"].(map[string]any)
		for key, page := range map[string]string{"firstPage": c.first, "previousPage": c.previous, "nextPage": c.next, "lastPage": c.closes} {
			link, ok := navigation[key].(map[string]any)
			require.Equal(t, page != "", ok, "%s %s", c.query, key)
			if !ok {
				continue
			}
			u, err := url.Parse(link["uri"].(string))
			require.NoError(t, err)
			assert.Equal(t, page, u.Query().Get("page"), key)
			assert.Equal(t, "/restapi/v1.0/account/"+accountID+"/extension/"+extensionID+"/message-store", u.Path)
			assert.Equal(t, 200, a.call("GET "+u.RequestURI()).status, "what it leads to is there")
		}
	}
}

func TestPagesThatMakeNoSense(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	for _, query := range []string{"page=0", "page=-1", "perPage=x", "perPage=0", "page=1.5", "perPage=99999999999999999999"} {
		got := a.call("GET " + own + "/message-store?" + query)
		assert.Equal(t, 400, got.status, query)
		assert.Equal(t, "CMN-101", got.codes(t)[0], query)
		assert.NotEmpty(t, got.json(t)["parameterName"], query)
	}
}

func TestListStyles(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	for path, want := range map[string][]string{
		own + "/call-log":                              {"uri", "records", "paging", "navigation"},
		"/restapi/v1.0/account/~/extension":            {"uri", "records", "paging", "navigation"},
		"/restapi/v1.0/account/~/a2p-sms/batches":      {"records", "paging"},
		"/restapi/v2/accounts/~/phone-numbers":         {"records", "paging"},
		"/webinar/configuration/v1/sessions":           {"records", "paging"},
		"/rcvideo/v1/history/meetings":                 {"meetings", "paging"},
		"/team-messaging/v1/chats":                     {"records", "navigation"},
		own + "/message-sync?syncType=FSync":           {"uri", "records", "syncInfo"},
		"/scim/v2/Users":                               {"schemas", "totalResults", "startIndex", "itemsPerPage", "Resources"},
		"/restapi/v1.0/subscription":                   {"uri", "records", "paging", "navigation"},
		"/restapi/v1.0/account/~/extension/~/features": {"uri", "records", "paging", "navigation"},
	} {
		var keys []string
		for k := range a.call("GET " + path).json(t) {
			keys = append(keys, k)
		}
		assert.ElementsMatch(t, want, keys, path)
	}
}

func TestListsKeepTheClientsSecret(t *testing.T) {
	a := newApp(t, Config{})
	token := a.token
	a.token = ""
	got := a.call("GET " + own + "/call-log?view=Simple&access_token=" + url.QueryEscape(token))
	assert.Equal(t, 200, got.status)
	assert.NotContains(t, got.body, token)
	assert.Contains(t, got.body, "view=Simple")
}
