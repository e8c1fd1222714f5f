package rctest

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"math/big"
)

// Credentials are what an app needs to log in to the emulator. They are made up, and worth nothing anywhere else; a
// program should all the same treat them as the secrets that they stand for.
type Credentials struct {
	ClientID     string
	ClientSecret string // empty for a public app
	JWT          string // of the grant jwt-bearer
	Username     string // of the grant password
	Password     string
	AccountID    string // that the user belongs to
	ExtensionID  string // of the user
}

// The user and account of the emulator. They do not change from run to run, so that tests can name them.
const (
	accountID   = "37439510"
	extensionID = "62264425"
	mainNumber  = "+16505550100"
	ownNumber   = "+16505550101"
)

// complete fills in what the config leaves empty, in the shapes that the platform's credentials have.
func (cfg Config) complete() Credentials {
	c := Credentials{
		ClientID: cfg.ClientID, ClientSecret: cfg.ClientSecret, JWT: cfg.JWT, Username: cfg.Username, Password: cfg.Password,
		AccountID: accountID, ExtensionID: extensionID,
	}
	if c.ClientID == "" {
		c.ClientID = randomText(16)
	}
	if c.ClientSecret == "" && !cfg.Public {
		c.ClientSecret = randomText(40)
	}
	if c.JWT == "" {
		c.JWT = newJWT(extensionID)
	}
	if c.Username == "" {
		c.Username = ownNumber
	}
	if c.Password == "" {
		c.Password = randomText(12)
	}
	return c
}

// newJWT makes an assertion that looks like one of the console's, for a user. Nothing signed it: the emulator knows it
// by its text.
func newJWT(subject string) string {
	part := base64.RawURLEncoding.EncodeToString
	header := `{"kid":"` + randomText(16) + `","typ":"JWT","alg":"RS256"}`
	claims := fmt.Sprintf(`{"aud":"http://emulator.invalid/restapi/oauth/token","sub":"%s","iss":"http://emulator.invalid","exp":2147483647,"iat":1700000000,"jti":"%s"}`,
		subject, randomText(16))
	return part([]byte(header)) + "." + part([]byte(claims)) + "." + randomText(256)
}

// randomText is n random bytes in the alphabet of URLs. crypto/rand does not fail.
func randomText(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// randomID is a random number of nine digits, for ids of sessions.
func randomID() string {
	n, _ := rand.Int(rand.Reader, big.NewInt(900_000_000))
	return fmt.Sprint(n.Int64() + 100_000_000)
}
