package recorder

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// grant is what a token request says about itself, besides its secrets.
type grant struct {
	kind     string // such as jwt-bearer; empty: it is no token request
	clientID string // empty: none
}

// longestForm is more than any token request has.
const longestForm = 64 << 10

// kinds are the grants of the platform. Others are called other: the program chose the text.
var kinds = map[string]string{
	"urn:ietf:params:oauth:grant-type:jwt-bearer": "jwt-bearer", "authorization_code": "authorization_code",
	"refresh_token": "refresh_token", "password": "password", "client_credentials": "client_credentials",
	"urn:ietf:params:oauth:grant-type:device_code": "device_code", "otp": "otp", "partner_jwt": "partner_jwt",
}

// grantOf reads the form of a token request and returns the request to forward instead.
func grantOf(r *http.Request) (*http.Request, grant) {
	op, ok := rcapi.MatchRequest(r)
	if !ok || op.ID != rcapi.GetToken.ID {
		return r, grant{}
	}
	g := grant{kind: "other"}
	if media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); media == "application/x-www-form-urlencoded" {
		form, err := io.ReadAll(io.LimitReader(r.Body, longestForm))
		rest := io.Reader(r.Body)
		if err != nil {
			rest = failing{err}
		}
		body := struct {
			io.Reader
			io.Closer
		}{io.MultiReader(bytes.NewReader(form), rest), r.Body}
		r = r.WithContext(r.Context())
		r.Body = body
		values, _ := url.ParseQuery(string(form))
		if kind, known := kinds[values.Get("grant_type")]; known {
			g.kind = kind
		}
		g.clientID = values.Get("client_id")
	}
	if id, _, ok := r.BasicAuth(); ok {
		g.clientID = id
	}
	g.clientID = strings.TrimSpace(g.clientID)
	return r, g
}

// failing is a body whose reading has failed.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
