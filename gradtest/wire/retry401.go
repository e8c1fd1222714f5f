package wire

import (
	"net/http"

	"golang.org/x/oauth2"
)

// rejecter is a token source that can replace a token that the platform no longer accepts, such as one that was
// revoked or stored by an earlier process.
type rejecter interface {
	// Reject reports whether the next Token may be accepted where token was not.
	Reject(token *oauth2.Token) bool
}

// retryable401 reports whether to send a request that was answered 401 once more, with another token. The platform
// has not executed it. The 401 is recorded like any other answer.
func (a *attempt) retryable401(resp *http.Response) bool {
	if resp.StatusCode != http.StatusUnauthorized || a.token == nil || hasBody(a.req) && a.req.GetBody == nil {
		return false
	}
	source, ok := a.t.token.(rejecter)
	return ok && source.Reject(a.token)
}
