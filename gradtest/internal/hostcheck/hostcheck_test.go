package hostcheck

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAddressed(t *testing.T) {
	hosts, err := Allow("Emulator", "192.0.2.7", "2001:db8::1")
	require.NoError(t, err)
	for host, want := range map[string]bool{
		"localhost": true, "localhost:80": true, "LOCALHOST.:80": true, "app.localhost:80": true, "127.0.0.1:80": true,
		"127.9.9.9": true, "[::1]:80": true, "10.0.0.5:80": true, "emulator:80": true, "192.0.2.7": true, "[2001:db8::1]:1": true,

		"": false, "evil.example": false, "evil.example:80": false, "localhost.evil.example": false, "127.0.0.1.evil.example": false,
		"10.0.0.6": false, "xlocalhost": false, "emulator.evil.example": false, "evil@localhost": false, "0.0.0.0:80": false,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = host
		r = r.WithContext(context.WithValue(t.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.IPv4(10, 0, 0, 5), Port: 80}))
		assert.Equal(t, want, hosts.Addressed(r), "%q", host)
	}
	r := httptest.NewRequest("GET", "http://evil.example/", nil)
	assert.True(t, hosts.Addressed(r), "not over TCP")
}

func TestAllowRefusesWhatIsNoHost(t *testing.T) {
	for _, name := range []string{"", "a:80", "http://a", "*", "a b", "u@a", "[::1]"} {
		_, err := Allow(name)
		assert.Error(t, err, name)
	}
}

func TestFromPage(t *testing.T) {
	for _, tt := range []struct {
		name, value string
		want        bool
	}{
		{"Accept", "*/*", false},
		{"Origin", "https://evil.example", true},
		{"Origin", "null", true},
		{"Sec-Fetch-Site", "cross-site", true},
		{"Sec-Fetch-Site", "none", false},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set(tt.name, tt.value)
		assert.Equal(t, tt.want, FromPage(r), "%s: %s", tt.name, tt.value)
	}
}
