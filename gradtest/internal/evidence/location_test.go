package evidence_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
)

func TestAppNameKeepsAppsApart(t *testing.T) {
	names := make(map[string]bool)
	for _, app := range []struct{ host, id string }{
		{"x.example.com", "a"}, {"x.example.com", "b"}, {"y.example.com", "a"}, {"127.0.0.1:80", "a"}, {"[::1]:80", "a"},
	} {
		name := evidence.AppName(app.host, app.id)
		assert.Regexp(t, `^[a-z0-9._-]+$`, name)
		assert.True(t, evidence.IsAppName(name), name)
		assert.False(t, names[name], name)
		names[name] = true
	}
	assert.Equal(t, evidence.AppName("X.Example.com", "a"), evidence.AppName("x.example.com", "a"), "host names ignore case")
	assert.False(t, evidence.IsAppName("tokens"))
}

func TestHostAndLocal(t *testing.T) {
	for host, local := range map[string]bool{
		"localhost": true, "127.0.0.1:8080": true, "[::1]:8080": true, "[::1]": true,
		"platform.ringcentral.com": false, "localhost.example.com": false, "127.example.com": false, "emulator:8080": false,
	} {
		name := evidence.AppName(host, "id")
		assert.Equal(t, local, evidence.Local(name), name)
		if !strings.Contains(host, "[") {
			assert.Equal(t, host, evidence.Host(name))
		}
	}
}
