package rctest

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"math/big"
)

// Credentials are what an app needs to log in to the emulator. They are generated and of no use elsewhere, but a
// program should treat them like real secrets.
type Credentials struct {
	ClientID     string
	ClientSecret string // empty for a public app
	JWT          string // of the grant jwt-bearer
	Username     string // of the grant password
	Password     string
	AccountID    string // of the user
	ExtensionID  string // of the user
}

// The first user and the account. They are the same in every run, so that tests can use them.
const (
	accountID   = "37439510"
	extensionID = "62264425"
	mainNumber  = "+16505550100"
	ownNumber   = "+16505550101"
)

// complete generates the credentials that the config leaves empty, in the format of the platform's.
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

// newJWT generates a JWT credential in the format of the developer console. It is not really signed; the emulator
// compares the text.
func newJWT(subject string) string {
	part := base64.RawURLEncoding.EncodeToString
	header := `{"kid":"` + randomText(16) + `","typ":"JWT","alg":"RS256"}`
	claims := fmt.Sprintf(`{"aud":"http://emulator.invalid/restapi/oauth/token","sub":"%s",`+
		`"iss":"http://emulator.invalid","exp":2147483647,"iat":1700000000,"jti":"%s"}`, subject, randomText(16))
	return part([]byte(header)) + "." + part([]byte(claims)) + "." + randomText(256)
}

// randomText returns n random bytes in base64url. crypto/rand does not fail.
func randomText(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// randomID returns a random number of nine digits, for session ids.
func randomID() string {
	n, _ := rand.Int(rand.Reader, big.NewInt(900_000_000))
	return fmt.Sprint(n.Int64() + 100_000_000)
}
