package rcapi_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestMethod(t *testing.T) {
	for _, tt := range []struct {
		method, header, query string
		want                  string
		conflict              bool
	}{
		{"GET", "", "", "GET", false},
		{"POST", "", "", "POST", false},
		{"POST", "PUT", "", "PUT", false},
		{"POST", " put ", "", "PUT", false},
		{"POST", "", "_method=delete", "DELETE", false},
		{"POST", "", "a=b&_method=PATCH&c", "PATCH", false},
		{"POST", "", "_method=%50UT", "PUT", false},
		{"POST", "", "_method=%zz", "%ZZ", false},
		{"POST", "", "x_method=PUT", "POST", false},
		{"POST", "", "_method=", "POST", false},
		{"POST", "PUT", "_method=PUT", "PUT", false},
		{"POST", "put", "_method=PUT", "PUT", false},
		{"POST", "PUT", "_method=DELETE", "POST", true},
		{"POST", "purge", "", "PURGE", false},
		{"GET", "PUT", "_method=DELETE", "GET", false},
		{"PUT", "DELETE", "", "PUT", false},
	} {
		r := httptest.NewRequest(tt.method, "/restapi?"+tt.query, nil)
		if tt.header != "" {
			r.Header.Set("X-HTTP-Method-Override", tt.header)
		}
		assert.Equal(t, tt.want, rcapi.Method(r), "%+v", tt)
		assert.Equal(t, tt.conflict, rcapi.MethodConflict(r), "%+v", tt)
	}
	assert.Equal(t, "GET", rcapi.Method(&http.Request{}))
	assert.Equal(t, "POST", rcapi.Method(&http.Request{Method: "POST"}))
}
