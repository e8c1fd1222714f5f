package target

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

// all are complete credentials under the current names.
func all(change ...string) map[string]string {
	env := map[string]string{
		"RC_SERVER_URL": "http://127.0.0.1:9", "RC_APP_CLIENT_ID": "id", "RC_APP_CLIENT_SECRET": "hush", "RC_USER_JWT": "a.b.c",
	}
	for i := 0; i < len(change); i += 2 {
		env[change[i]] = change[i+1]
	}
	return env
}

func TestResolve(t *testing.T) {
	token := oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "t"})
	for _, tc := range []struct {
		name   string
		target Config
		env    map[string]string
		origin string // empty: the emulator
		client string
		err    string // a part of the error's text
	}{
		{name: "nothing set: the emulator"},
		{name: "all set", env: all(), origin: "http://127.0.0.1:9", client: "id"},
		{name: "older names", env: map[string]string{
			"RINGCENTRAL_SERVER_URL": "https://x.example.com/", "RC_CLIENT_ID": "old", "RINGCENTRAL_CLIENT_SECRET": "s", "RC_JWT": "j",
		}, origin: "https://x.example.com", client: "old"},
		{name: "the current name wins", env: all("RC_CLIENT_ID", "old"), origin: "http://127.0.0.1:9", client: "id"},
		{name: "one is missing", env: all("RC_USER_JWT", ""), err: "but not RC_USER_JWT: set the rest"},
		{name: "only a URL", env: map[string]string{"RC_SERVER_URL": "http://127.0.0.1:9"}, err: "RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET, RC_USER_JWT"},
		{name: "emulator forced", env: all("GRADTEST_TARGET", "emulator")},
		{name: "live forced without credentials", env: map[string]string{"GRADTEST_TARGET": "live"}, err: "set RC_SERVER_URL, RC_APP_CLIENT_ID"},
		{name: "no such target", env: map[string]string{"GRADTEST_TARGET": "moon"}, err: `GRADTEST_TARGET is "moon"`},
		{name: "no such value", env: map[string]string{"GRADTEST_REPEAT": "yes"}, err: `GRADTEST_REPEAT is "yes": set it to 1`},
		{name: "production neither allowed nor not", env: all("GRADTEST_ALLOW_PRODUCTION", "true"), err: `GRADTEST_ALLOW_PRODUCTION is "true"`},
		{name: "production not allowed", env: all("RC_SERVER_URL", "https://platform.ringcentral.com", "GRADTEST_ALLOW_PRODUCTION", "0"), err: "production host"},
		{name: "several faults at once", env: map[string]string{"GRADTEST_TARGET": "moon", "GRADTEST_REPEAT": "yes"}, err: `GRADTEST_REPEAT is "yes": set it to 1, or unset it
gradtest: GRADTEST_TARGET is "moon"`},
		{name: "emulator forced against App.Target", target: Config{URL: "http://127.0.0.1:9"}, env: map[string]string{"GRADTEST_TARGET": "emulator"}, err: "contradicts"},
		{name: "own token", target: Config{URL: "http://127.0.0.1:9", Token: token}, origin: "http://127.0.0.1:9", client: "the app"},
		{name: "own token and client id", target: Config{URL: "http://127.0.0.1:9", Token: token, ClientID: "mine"}, origin: "http://127.0.0.1:9", client: "mine"},
		{name: "own token without a URL", target: Config{Token: token}, err: "but not RC_SERVER_URL"},
		{name: "own URL without credentials", target: Config{URL: "http://127.0.0.1:9"}, err: "but not RC_APP_CLIENT_ID"},
		{name: "production", env: all("RC_SERVER_URL", "https://platform.ringcentral.com"), err: "production host"},
		{name: "production in capitals with a dot", env: all("RC_SERVER_URL", "https://Platform.RingCentral.Com."), err: "production host"},
		{name: "production allowed by the declaration", target: Config{AllowProduction: true}, env: all("RC_SERVER_URL", "https://platform.ringcentral.com"),
			origin: "https://platform.ringcentral.com", client: "id"},
		{name: "production allowed by the environment", env: all("RC_SERVER_URL", "https://platform.ringcentral.com", "GRADTEST_ALLOW_PRODUCTION", "1"),
			origin: "https://platform.ringcentral.com", client: "id"},
		{name: "sandbox", env: all("RC_SERVER_URL", "https://platform.devtest.ringcentral.com"), origin: "https://platform.devtest.ringcentral.com", client: "id"},
		{name: "no scheme", env: all("RC_SERVER_URL", "platform.devtest.ringcentral.com"), err: "needs http:// or https://"},
		{name: "a path", env: all("RC_SERVER_URL", "https://x.example.com/restapi"), err: "ends in a path"},
		{name: "a user", env: all("RC_SERVER_URL", "https://u:p@x.example.com"), err: "holds a user name"},
		{name: "not a URL", env: all("RC_SERVER_URL", "http://[::1"), err: "cannot be read"},
		{name: "secrets in the clear", env: all("RC_SERVER_URL", "http://x.example.com"), err: "unencrypted"},
		{name: "a container beside this one", env: all("RC_SERVER_URL", "http://emulator:8080"), origin: "http://emulator:8080", client: "id"},
		{name: "a private address", env: all("RC_SERVER_URL", "http://10.1.2.3:8080"), origin: "http://10.1.2.3:8080", client: "id"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			env, err := environ.Read(func(name string) string { return tc.env[name] })
			var got destination
			if err == nil {
				tc.target.Name = "the app"
				got, err = resolve(tc.target, env)
			}
			if tc.err != "" {
				require.ErrorContains(t, err, tc.err)
				assert.NotContains(t, err.Error(), "hush")
				assert.NotContains(t, err.Error(), "a.b.c")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, tc.origin == "", got.emulator)
			if !got.emulator {
				assert.Equal(t, tc.origin, got.origin.String())
				assert.Equal(t, tc.client, got.clientID)
			}
		})
	}
}
