package wire

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// prover is a token source that shares its token with other processes.
type prover interface {
	// Prove waits until no other process tries the token. It returns a function if this process is to try it, which the
	// caller calls with how the platform received it (neither: not known). Without a function, another process has just
	// seen it accepted or, if replaced is true, Token returns another one now.
	Prove(ctx context.Context, token *oauth2.Token) (finish func(accepted, rejected bool), replaced bool)
}

// authorize returns the token of an admitted attempt, and nil if the request has its own or none. It waits until a call
// with this token may leave.
func (a *attempt) authorize(ctx context.Context) (*oauth2.Token, error) {
	for last := (tokenKey{}); ; {
		var token *oauth2.Token
		header := a.req.Header.Get("Authorization")
		if a.t.token != nil {
			var err error
			if token, err = ask(ctx, a.t.token); err != nil {
				return nil, a.unauthorized(ctx, err)
			}
			header = token.Type() + " " + token.AccessToken
		}
		key, ok := keyOf(origin(a.t.cfg.Origin), header)
		if !ok || a.t.passes != nil {
			return token, nil
		}
		p, err := a.t.cfg.Trials.enter(ctx, key)
		if _, rejected := errors.AsType[*RejectedError](err); rejected && key != last && a.reject(token) {
			last = key
			continue
		}
		if err != nil {
			return nil, a.unauthorized(ctx, err)
		}
		if a.prove(ctx, token, p) {
			a.pass = p
			return token, nil
		}
	}
}

// prove settles with other processes which of them tries the token of a call that goes first. It reports false if the
// token has been replaced.
func (a *attempt) prove(ctx context.Context, token *oauth2.Token, p *pass) bool {
	source, shared := a.t.token.(prover)
	if !p.first || token == nil || !shared {
		return true
	}
	finish, replaced := source.Prove(ctx, token)
	switch {
	case replaced:
		p.end(unknown, "")
		return false
	case finish == nil:
		p.end(yes, "")
		p.rejoin()
	default:
		p.finish = finish
	}
	return true
}

// unauthorized returns the error of an attempt without a token.
func (a *attempt) unauthorized(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("wire: %s: not sent: %w", a.id, ctx.Err())
	}
	return &TokenError{Op: a.id.String(), Err: err}
}

// received takes in what an answer says about the token.
func (a *attempt) received(r ledger.Record) {
	code := r.Code
	if r.Fault {
		code = faultCode
	}
	a.replace = a.pass.end(reception(r.Status, r.Code, r.Fault), code)
}

// rejecter is a token source that can replace a token that the platform no longer accepts, such as one that was
// revoked or stored by an earlier process.
type rejecter interface {
	// Reject reports whether the next Token may be accepted where token was not.
	Reject(token *oauth2.Token) bool
}

// reject asks the source to replace a token. It reports false for a request with its own.
func (a *attempt) reject(token *oauth2.Token) bool {
	source, ok := a.t.token.(rejecter)
	return ok && token != nil && source.Reject(token)
}

// retryable401 reports whether to send a request whose token was rejected once more, with another token. The platform
// has not executed it. The 401 is recorded like any other answer.
func (a *attempt) retryable401() bool {
	if !a.replace || a.token == nil || hasBody(a.req) && a.req.GetBody == nil {
		return false
	}
	return a.reject(a.token)
}
