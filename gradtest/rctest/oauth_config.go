package rctest

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"
)

// oauth sets what the config says about the app, the other apps, the users and their sessions.
func (s *settings) oauth(cfg Config, invalid func(string, ...any)) {
	s.credentials, s.people = cfg.people(invalid)
	s.appName, s.consent, s.redirects = cmp.Or(cfg.AppName, "Emulated app"), cfg.Consent, slices.Clone(cfg.RedirectURIs)
	for _, r := range s.redirects {
		if u, err := url.Parse(r); err != nil || !redirectable(u) {
			invalid("RedirectURIs has %q: use an absolute address with http, https or an app's own scheme, "+
				"without a fragment and without user info", r)
		}
	}
	s.rules = sessionRules{refuse: cfg.RefuseLogins, idle: cfg.SessionIdle, life: cfg.SessionLife}
	for _, d := range []time.Duration{cfg.SessionIdle, cfg.SessionLife} {
		if d < 0 || d%time.Second != 0 {
			invalid("SessionIdle or SessionLife is %v: use a multiple of 1s, or 0 for none", d)
		}
	}
	if !checkKey(cfg.ClientKey) {
		invalid("ClientKey is a %T: use an *rsa.PublicKey, or an *ecdsa.PublicKey on P-256", cfg.ClientKey)
	}
	s.apps = []client{{id: s.credentials.ClientID, secret: s.credentials.ClientSecret, key: cfg.ClientKey, own: true}}
	for _, o := range cfg.OtherApps {
		if o.ClientID == "" || s.app(o.ClientID) != nil {
			invalid("OtherApps has the client id %q: use one that is not empty and that no other app has", o.ClientID)
		}
		s.apps = append(s.apps, client{id: o.ClientID, secret: o.ClientSecret, sandbox: o.Sandbox})
	}
}

// redirectable reports whether a browser may be sent to an address: http or https, or the scheme of an installed app.
// Other schemes of browsers run scripts or show files.
func redirectable(u *url.URL) bool {
	switch strings.ToLower(u.Scheme) {
	case "", "javascript", "vbscript", "data", "file", "blob", "filesystem", "about", "view-source", "mailto", "tel",
		"sms":
		return false
	case "http", "https":
		return u.Host != "" && u.User == nil && u.Fragment == ""
	}
	return u.User == nil && u.Fragment == ""
}
