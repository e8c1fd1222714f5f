package rctest

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRegistrationFaults(t *testing.T) {
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	require.NoError(t, err)
	ed, _, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	for name, c := range map[string]struct {
		cfg  Config
		want string
	}{
		"relative redirect":     {Config{RedirectURIs: []string{"/back"}}, `"/back": use an absolute`},
		"redirect and fragment": {Config{RedirectURIs: []string{"https://a.example/#x"}}, "without a fragment"},
		"redirect that is none": {Config{RedirectURIs: []string{":"}}, `":"`},
		"half a second":         {Config{SessionIdle: time.Second / 2}, "500ms"},
		"negative":              {Config{SessionLife: -time.Second}, "-1s"},
		"curve":                 {Config{ClientKey: &p384.PublicKey}, "P-256"},
		"algorithm":             {Config{ClientKey: ed}, "ed25519.PublicKey"},
		"private key":           {Config{ClientKey: p384}, "*ecdsa.PrivateKey"},
		"no key":                {Config{ClientKey: (*rsa.PublicKey)(nil)}, "ClientKey"},
		"app without id":        {Config{OtherApps: []OtherApp{{}}}, `client id ""`},
		"app twice":             {Config{ClientID: "app", OtherApps: []OtherApp{{ClientID: "app", ClientSecret: "s3cret"}}}, `client id "app"`},
	} {
		_, err := NewHandler(c.cfg)
		require.Error(t, err, name)
		assert.ErrorContains(t, err, c.want, name)
		assert.NotContains(t, err.Error(), "s3cret")
	}
}

// TestRegisteredRedirect takes addresses letter by letter.
func TestRegisteredRedirect(t *testing.T) {
	a := newStranger(t, Config{Limits: Unlimited(), RedirectURIs: []string{"https://app.example/back", "https://app.example/back?x=1"}})
	assert.NotEmpty(t, a.consent("redirect_uri", "https://app.example/back").Get("code"))
	assert.NotEmpty(t, a.consent().Get("code"))
}
