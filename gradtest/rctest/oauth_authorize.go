package rctest

import (
	"html"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// authorize handles GET and POST /restapi/oauth/authorize. Depending on [Config.Consent], the user agrees at once and
// the browser is redirected back, or the browser shows the consent page. Errors in the request are reported here and
// not at the redirect address, so that the app's developer sees them.
func authorize(x *exchange) *problem {
	f, denial := x.authorizeParams()
	var back *url.URL
	if denial == nil {
		back, denial = x.h.checkAuthorize(f)
	}
	if denial != nil {
		x.deny(denial)
		return nil
	}
	hinted := x.h.userByHint(f["login_hint"])
	if !x.h.consent {
		if hinted == nil {
			hinted = x.h.user
		}
		x.redirect(x.h.agree(back, f, hinted, x.at))
		return nil
	}
	if f["prompt"] != "none" {
		x.showConsent(f, back, hinted)
		return nil
	}
	if who := x.h.consents.agreed(hinted); who != nil {
		x.redirect(x.h.agree(back, f, who, x.at))
		return nil
	}
	// The error name is from OpenID Connect; the platform's sources have none.
	x.redirect(refusal(back, f, "login_required", "No user has agreed yet, and prompt=none does not allow asking"))
	return nil
}

// authorizeParams reads the parameters from the query or the form.
func (x *exchange) authorizeParams() (form, *oauthError) {
	if x.method != http.MethodGet {
		return readForm(x.r)
	}
	values, err := url.ParseQuery(x.r.URL.RawQuery)
	if err != nil {
		return nil, oauthForm
	}
	return flat(values)
}

// checkAuthorize checks the parameters and returns the redirect address. It checks that address early, because a
// browser must never be redirected to an address that is not registered.
func (h *Handler) checkAuthorize(f form) (*url.URL, *oauthError) {
	c := h.app(f["client_id"])
	back, err := url.Parse(f["redirect_uri"])
	switch {
	case f["client_id"] == "":
		return nil, oauthMissing("client_id")
	case c == nil:
		return nil, h.oauthUnknownClient(f["client_id"])
	case c.sandbox:
		return nil, h.oauthSandbox(c.id)
	case c.own && h.redirects != nil && len(h.redirects) == 0:
		return nil, oauthNoRedirect
	case f["redirect_uri"] == "":
		return nil, oauthMissing("redirect_uri")
	case err != nil || !redirectable(back):
		return nil, oauthValue("redirect_uri")
	case c.own && h.redirects != nil && !slices.Contains(h.redirects, f["redirect_uri"]):
		return nil, oauthRedirect
	case f["response_type"] == "":
		return nil, oauthMissing("response_type")
	case f["response_type"] != "code":
		return nil, oauthResponseType
	case !c.own || !slices.Contains(h.grants, GrantCode):
		return nil, oauthGrant
	case f["code_challenge"] == "" && (c.secret == "" || f["code_challenge_method"] != ""):
		return nil, oauthMissing("code_challenge")
	}
	for _, field := range []struct {
		name    string
		members []string
	}{
		{"code_challenge_method", []string{"", "plain", "S256"}},
		{"display", []string{"", "page", "popup", "touch", "mobile"}},
	} {
		if !slices.Contains(field.members, f[field.name]) {
			return nil, oauthValue(field.name)
		}
	}
	prompts := strings.Fields(f["prompt"])
	for _, p := range prompts {
		if !slices.Contains([]string{"login", "sso", "consent", "none"}, p) || p == "none" && len(prompts) > 1 {
			return nil, oauthValue("prompt")
		}
	}
	return back, nil
}

// userByHint finds the user that a login_hint names by user name, number, e-mail address, extension number or id.
func (h *Handler) userByHint(hint string) *user {
	for _, u := range h.users {
		if hint != "" && slices.Contains([]string{u.Username, u.number, u.email, u.ExtensionNumber, u.extensionID}, hint) {
			return u
		}
	}
	return nil
}

// agree returns the redirect address with a code.
func (h *Handler) agree(back *url.URL, f form, who *user, now time.Time) string {
	return returning(back, f, "code", h.codes.issue(f, who, now), "expires_in", strconv.Itoa(int(codeLife/time.Second)))
}

// refusal returns the redirect address with an error.
func refusal(back *url.URL, f form, kind, why string) string {
	return returning(back, f, "error", kind, "error_description", why)
}

// returning adds parameters to the redirect address and keeps its query.
func returning(back *url.URL, f form, kv ...string) string {
	to := *back
	query := to.Query()
	for i := 0; i < len(kv); i += 2 {
		query.Set(kv[i], kv[i+1])
	}
	if f["state"] != "" {
		query.Set("state", f["state"])
	}
	to.RawQuery = query.Encode()
	return to.String()
}

func (x *exchange) redirect(to string) {
	x.w.Header()["Cache-Control"] = noStore
	x.w.Header().Set("Location", to)
	x.send(http.StatusFound, nil, nil)
}

// opensPage reports whether a browser shows the response to a person: the one who logs in.
func (x *exchange) opensPage() bool {
	return x.route != nil && strings.HasPrefix(x.route.op.ID, "authorize") &&
		strings.Contains(x.r.Header.Get("Accept"), "text/html")
}

// page renders a problem for a person who logs in, with what to do about a rate limit.
func (p *problem) page(q quota) []byte {
	text := "<p>" + html.EscapeString(p.message) + " (" + html.EscapeString(p.code) + ").</p>\n"
	if p.status == http.StatusTooManyRequests && q.rule != nil {
		text += "<p>The platform allows an app " + q.rule.limit[0] + " authorization requests in " + q.rule.window[0] +
			" seconds, and each login takes two. Wait that long and reload the page, or start the emulator with " +
			"<code>--limits auth=0</code>.</p>\n"
	}
	return []byte("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Login</title></head>\n<body>" +
		"<h1>Login is not possible now</h1>\n" + text + "</body></html>\n")
}
