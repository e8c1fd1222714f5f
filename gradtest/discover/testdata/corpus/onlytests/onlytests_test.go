package onlytests

import "testing"

func TestGet(t *testing.T) {
	for _, tc := range []struct{ name, path string }{
		{"log", "/restapi/v1.0/account/~/call-log"},
		{"sites", "/restapi/v1.0/account/~/sites"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			client{}.get(tc.path) // want-test "readCompanyCallLog" "listSites"
		})
	}
}
