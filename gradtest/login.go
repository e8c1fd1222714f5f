package gradtest

import (
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
)

// tokenPath is the path of token requests.
const tokenPath = "/restapi/oauth/token"

// logins know whether the latest token request was refused. An app's own code often goes on without a token, and the
// 401 that follows does not say why.
type logins struct{ refused atomic.Pointer[ledger.Record] }

// add takes in an attempt. It returns a note about a call that failed because of a refused login; empty: none.
func (l *logins) add(r ledger.Record) string {
	switch {
	case r.Path != tokenPath:
		if cause := l.cause(r); cause != "" {
			return fmt.Sprintf("%s %s was answered %s: %s", r.Method, r.Path, status(r), cause)
		}
	case r.Succeeded():
		l.refused.Store(nil)
	case r.Status/100 == 4:
		l.refused.Store(&r)
	}
	return ""
}

// cause returns what to do about a 401 if the login before it was refused; empty if it was not.
func (l *logins) cause(r ledger.Record) string {
	login := l.refused.Load()
	if login == nil || r.Status != http.StatusUnauthorized {
		return ""
	}
	return "the login before it was refused, so it had no valid token: " + refusal(login)
}

// with adds a refused login to the error of code that made no call after it.
func (l *logins) with(err error) error {
	if login := l.refused.Load(); login != nil {
		return fmt.Errorf("%w\n%s", err, refusal(login))
	}
	return err
}

func refusal(login *ledger.Record) string {
	return fmt.Sprintf("the token request was answered %s: %s", status(*login), rcauth.Fix(login.Status, login.Code))
}
