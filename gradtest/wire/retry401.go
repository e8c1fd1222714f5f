package wire

import (
	"net/http"

	"golang.org/x/oauth2"
)

// A rejecter is a token source that can do better than a token which the platform no longer takes, such as one that was
// revoked, or left behind by an earlier process.
type rejecter interface {
	// Reject reports whether the next Token may be taken where this one was not.
	Reject(token *oauth2.Token) bool
}

// retryable401 reports whether a request that was answered 401 is worth sending once more, with another token. The platform
// has done nothing for it then; the refusal is recorded like any other.
func (a *attempt) retryable401(resp *http.Response) bool {
	if resp.StatusCode != http.StatusUnauthorized || a.token == nil || hasBody(a.req) && a.req.GetBody == nil {
		return false
	}
	source, ok := a.t.token.(rejecter)
	return ok && source.Reject(a.token)
}
