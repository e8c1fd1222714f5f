package rctest

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/chat"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// serveFromWorld runs the operation in package world and sends the response.
func serveFromWorld(x *exchange) *problem {
	q := &world.Request{
		Accept: x.r.Header.Get("Accept"), Range: x.r.Header.Get("Range"), Base: x.base(), At: x.at,
		Grants: func(s rcapi.Scope) bool { return x.session != nil && x.session.scopes.permit[s] },
	}
	if x.session != nil {
		q.User = x.session.user.extensionID
	}
	q.Path, q.Params = x.canonicalPath()
	if x.r.URL.RawQuery != "" {
		q.Query = x.r.URL.Query()
	}
	if p := x.readContent(q); p != nil {
		return p
	}
	reply, p := x.h.world.Serve(x.route.plan, q)
	if p != nil {
		return problemOf(p)
	}
	x.webhook = q.Webhook
	x.sendReply(reply)
	if x.changesSubscriptions() {
		x.h.remind()
	}
	return nil
}

func (x *exchange) sendReply(reply world.Reply) {
	for name, values := range reply.Header {
		x.w.Header()[name] = values
	}
	kind := typeJSON
	if reply.Type != "" {
		kind = []string{reply.Type}
	}
	x.written = true
	x.send(reply.Status, kind, reply.Body)
}

// serveContent sends what is at an address that the catalogue has no operation for; false: nothing is.
func (x *exchange) serveContent() (*problem, bool) {
	if x.method != http.MethodGet {
		return nil, false
	}
	q := &world.Request{Path: x.r.URL.Path, Range: x.r.Header.Get("Range"), Base: x.base(), At: x.at}
	if x.session != nil {
		q.User = x.session.user.extensionID
	}
	reply, p, served := x.h.world.Content(q)
	switch {
	case p != nil:
		return problemOf(p), true
	case served:
		x.sendReply(reply)
	}
	return nil, served
}

// canonicalPath returns the path and its parameters with ~ replaced by ids.
func (x *exchange) canonicalPath() (string, []world.Param) {
	params := make([]world.Param, 0, 4)
	path := make([]byte, 0, len(x.escaped)+24)
	for name, value := range x.segments() {
		path = append(path, '/')
		if name == "" {
			path = append(path, value...)
			continue
		}
		if plain, err := url.PathUnescape(value); err == nil {
			value = plain
		}
		if value == "~" {
			value = x.current(name)
		}
		params = append(params, world.Param{Name: name, Value: value})
		path = append(path, url.PathEscape(value)...)
	}
	return string(path), params
}

// current returns the id that ~ means for a parameter: that of the current token.
func (x *exchange) current(param string) string {
	switch param {
	case "accountId", "companyId":
		return x.h.credentials.AccountID
	case "extensionId":
		if x.session != nil {
			return x.session.user.extensionID
		}
	case "chatId":
		if x.session != nil {
			return chat.PersonalChat(x.session.user.extensionID)
		}
	}
	return "~"
}

// scheme returns the scheme of the request. base returns scheme and host, the beginning of URIs in responses.
func (x *exchange) scheme() string {
	if x.r.TLS != nil {
		return "https"
	}
	return "http"
}

func (x *exchange) base() string {
	if x.origin == "" {
		x.origin = x.scheme() + "://" + x.r.Host
	}
	return x.origin
}

// problemOf converts a problem of package world.
func problemOf(p *world.Problem) *problem {
	var all []*problem
	for _, e := range p.Errors {
		one := &problem{status: p.Status, code: e.Code, message: e.Message}
		for _, a := range e.Extra {
			one.extra = append(one.extra, attribute{a.Name, a.Value})
		}
		all = append(all, one)
	}
	first := all[0]
	first.more = all[1:]
	if p.Status == http.StatusForbidden && strings.HasPrefix(first.code, "CMN-4") {
		first.word = "InsufficientPermissions"
	}
	return first
}
