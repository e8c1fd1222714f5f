package rctest

import (
	"bytes"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	consentPath = controlPrefix + "consent"
	ticketLife  = 10 * time.Minute
	ticketsKept = 100
)

// consents holds the open consent pages and the users who have agreed. The zero value is ready for use.
type consents struct {
	mu    sync.Mutex
	open  map[digest]ticket
	order []digest // oldest first
	users []*user  // those who have agreed, latest last
}

// ticket is an open consent page. Its random value in the form proves that the form was sent by that page.
type ticket struct {
	form    form
	back    *url.URL
	expires time.Time
}

// page is the data of the consent page.
type page struct {
	App, Host, Ticket, Action string
	Scopes                    []string
	Users                     []choice
}

type choice struct {
	ID, Name, Number string
	Chosen           bool
}

// showConsent sends the consent page.
func (x *exchange) showConsent(f form, back *url.URL, hinted *user) {
	p := page{
		App: x.h.appName, Host: back.Scheme + "://" + back.Host,
		Ticket: x.h.consents.issue(f, back, x.at), Action: consentPath,
	}
	for _, s := range x.h.scopes.named {
		p.Scopes = append(p.Scopes, scopeText(s))
	}
	if hinted == nil {
		hinted = x.h.user
	}
	for _, u := range x.h.users {
		p.Users = append(p.Users, choice{u.extensionID, u.Name, u.number + " ext. " + u.ExtensionNumber, u == hinted})
	}
	var b bytes.Buffer
	if !x.h.pages.consent(&b, p) {
		http.Error(x.w, noPage, http.StatusNotImplemented)
		return
	}
	secureHeaders(x.w.Header())
	x.send(http.StatusOK, typeHTML, b.Bytes())
}

// serveConsent handles the form of the consent page. The page is the emulator's own, so this is not recorded as a call.
func (h *Handler) serveConsent(w http.ResponseWriter, r *http.Request) {
	now := h.clock.now()
	secureHeaders(w.Header())
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "This address only accepts the form of the consent page: use POST.", http.StatusMethodNotAllowed)
		return
	}
	if new(http.CrossOriginProtection).Check(r) != nil {
		http.Error(w, "The form was sent from another site. Open the app's login page again.", http.StatusForbidden)
		return
	}
	f, denial := readForm(r)
	if denial != nil {
		http.Error(w, "The form cannot be read. Open the app's login page again.", http.StatusBadRequest)
		return
	}
	t, ok := h.consents.take(f["ticket"], now)
	if !ok {
		http.Error(w, "This page was already submitted or has expired. Open the app's login page again.",
			http.StatusBadRequest)
		return
	}
	to := refusal(t.back, t.form, "access_denied", "The user denied access")
	if f["decision"] == "allow" {
		who := h.user
		if f["user"] != "" {
			who = h.userByHint(f["user"])
		}
		if who == nil {
			http.Error(w, "There is no such user. Open the app's login page again.", http.StatusBadRequest)
			return
		}
		h.consents.remember(who)
		to = h.agree(t.back, t.form, who, now)
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

func (c *consents) issue(f form, back *url.URL, now time.Time) string {
	value := randomText(24)
	key := digestOf(value)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open == nil {
		c.open = make(map[digest]ticket)
	}
	c.open[key] = ticket{f, back, now.Add(ticketLife)}
	c.order = append(c.order, key)
	if len(c.order) > ticketsKept {
		delete(c.open, c.order[0])
		c.order = append([]digest(nil), c.order[1:]...)
	}
	return value
}

// take redeems a ticket. Each is valid once.
func (c *consents) take(value string, now time.Time) (ticket, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	t, ok := c.open[digestOf(value)]
	delete(c.open, digestOf(value))
	return t, ok && now.Before(t.expires)
}

func (c *consents) remember(who *user) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.forget(who)
	c.users = append(c.users, who)
}

// forget removes a user from the list.
func (c *consents) forget(who *user) {
	kept := c.users[:0]
	for _, u := range c.users {
		if u != who {
			kept = append(kept, u)
		}
	}
	c.users = kept
}

// agreed returns the user if that one has agreed before, or for nil the latest one who has.
func (c *consents) agreed(who *user) *user {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := len(c.users) - 1; i >= 0; i-- {
		if who == nil || c.users[i] == who {
			return c.users[i]
		}
	}
	return nil
}

// secureHeaders sets headers that keep a page from being framed or cached and from loading anything. They do not
// restrict form targets, because the response to the form redirects to the app.
func secureHeaders(h http.Header) {
	h.Set("Content-Security-Policy",
		"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin") // with no-referrer, browsers would hide the origin that serveConsent checks
	h.Set("X-Content-Type-Options", "nosniff")
	h["Cache-Control"] = noStore
}

var typeHTML = []string{"text/html; charset=utf-8"}
