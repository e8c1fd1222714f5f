package rcapi

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNearestPaths(t *testing.T) {
	for _, tc := range []struct{ method, path, id string }{
		{"GET", "/restapi/v1.0/account/{accountId}/extention/{x}/device", "listExtensionDevices"},
		{"GET", "/restapi/v1.0/account/{a}/extension/{b}/device", "listExtensionDevices"},
		{"GET", "/restapi/v1.0/account/{a}/extension/{b}/devise", "listExtensionDevices"},
		{"DELETE", "/restapi/v1.0/account/{a}/extension/{b}/devise", ""},
		{"GET", "/restapi/v2/account/{accountId}/extention/{x}/device", ""},
		{"GET", "/restapi/v1.0/account/{accountId}/extension/{x}/news", ""},
		{"GET", "/", ""},
	} {
		near := NearestPaths(tc.method, tc.path, 1)
		if tc.id == "" {
			assert.Empty(t, near, tc.path)
			continue
		}
		if assert.Len(t, near, 1, tc.path) {
			assert.Equal(t, tc.id, near[0].ID)
		}
	}
	assert.Empty(t, NearestPaths("GET", "/restapi/v1.0/account/{a}/extension/{b}/devise", 0))
	for _, o := range table {
		assert.Equal(t, []Operation{*o}, NearestPaths(o.Method, o.Path, 3), "a path of the catalogue is not misspelt")
	}
}

func TestNearestScopes(t *testing.T) {
	assert.Equal(t, ScopeReadAccounts, NearestScopes("rcapi.ScopeReadAcounts", 3)[0])
	assert.Contains(t, NearestScopes("callog", 3), ScopeReadCallLog)
	assert.LessOrEqual(t, len(NearestScopes("read", 3)), 3)
	assert.Empty(t, NearestScopes("", 3))
	assert.Empty(t, NearestScopes("zzzzzzzzzzzz", 3))
}
