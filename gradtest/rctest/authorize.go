package rctest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"
)

const (
	codeLife   = 60 * time.Second
	codesKept  = 100
	challenged = "S256"
)

// codes are the authorization codes that have been handed out. The zero value is ready for use.
type codes struct {
	mu    sync.Mutex
	open  map[string]code
	order []string // oldest first
}

type code struct {
	redirect  string
	challenge string // PKCE; empty: none
	method    string
	expires   time.Time
}

// authorize is GET and POST /restapi/oauth/authorize. Nobody is asked: the user agrees at once and the browser is sent back.
// Any absolute redirect_uri is taken as registered.
func authorize(x *exchange) *problem {
	var f form
	if x.method == http.MethodGet {
		f = form{}
		for name, values := range x.r.URL.Query() {
			if len(values) > 1 {
				x.deny(faultDuplicate)
				return nil
			}
			f[name] = values[0]
		}
	} else {
		var fault *oauthFault
		if f, fault = readForm(x.r); fault != nil {
			x.deny(fault)
			return nil
		}
	}
	back, err := url.Parse(f["redirect_uri"])
	var fault *oauthFault
	switch {
	case f["client_id"] == "":
		fault = faultMissing("client_id")
	case f["client_id"] != x.h.credentials.ClientID:
		fault = faultClient(f["client_id"])
	case f["response_type"] == "":
		fault = faultMissing("response_type")
	case f["response_type"] != "code":
		fault = &oauthFault{kind: "unsupported_response_type", code: "CMN-101", description: "Unsupported response type"}
	case f["redirect_uri"] == "":
		fault = faultMissing("redirect_uri")
	case err != nil || !back.IsAbs() || back.Fragment != "":
		fault = faultValue("redirect_uri")
	case f["code_challenge_method"] != "" && f["code_challenge_method"] != "plain" && f["code_challenge_method"] != challenged:
		fault = faultValue("code_challenge_method")
	}
	if fault != nil {
		x.deny(fault)
		return nil
	}
	query := back.Query()
	query.Set("code", x.h.codes.issue(f, x.at))
	query.Set("expires_in", strconv.Itoa(int(codeLife/time.Second)))
	if f["state"] != "" {
		query.Set("state", f["state"])
	}
	back.RawQuery = query.Encode()
	x.w.Header().Set("Location", back.String())
	x.send(http.StatusFound, nil, nil)
	return nil
}

func (c *codes) issue(f form, now time.Time) string {
	value := "U0pDMTFQMDFQQVMwMA" + randomText(24)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		c.open = make(map[string]code)
	}
	c.open[value] = code{f["redirect_uri"], f["code_challenge"], f["code_challenge_method"], now.Add(codeLife)}
	c.order = append(c.order, value)
	if len(c.order) > codesKept {
		delete(c.open, c.order[0])
		c.order = append([]string(nil), c.order[1:]...)
	}
	return value
}

// redeem takes a code back, whatever comes of it: a code is good for one try.
func (c *codes) redeem(f form, now time.Time) *oauthFault {
	if f["code"] == "" {
		return faultMissing("code")
	}
	c.mu.Lock()
	got, ok := c.open[f["code"]]
	delete(c.open, f["code"])
	c.mu.Unlock()
	switch {
	case !ok:
		return faultCode
	case !now.Before(got.expires):
		return faultCodeExpired
	case f["redirect_uri"] == "":
		return faultMissing("redirect_uri")
	case f["redirect_uri"] != got.redirect:
		return faultRedirect
	case got.challenge == "":
		return nil
	case f["code_verifier"] == "":
		return faultMissing("code_verifier")
	}
	derived := f["code_verifier"]
	if got.method == challenged {
		sum := sha256.Sum256([]byte(derived))
		derived = base64.RawURLEncoding.EncodeToString(sum[:])
	}
	if derived != got.challenge {
		return faultCode
	}
	return nil
}
