package world

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const (
	kindSubscription        = "/restapi/v1.0/subscription"
	kindWebinarSubscription = "/webinar/notifications/v1/subscriptions"

	subscriptionDefault = 604_799              // seconds
	subscriptionLongest = 20 * 365 * 24 * 3600 // of webhooks
)

// subscriptions is the part of the world about being told of changes.
func subscriptions() domain {
	d := domain{
		created: map[string]func(*World, *Request, *thing) *Problem{},
		updated: map[string]func(*World, *Request, Object) *Problem{},
		lists:   map[string]func(*World, *Request) ([]*thing, *Problem){},
		actions: map[string]action{},
		before:  map[string]func(*World, *Request) *Problem{},
		own:     []string{kindSubscription, kindWebinarSubscription},
	}
	for _, s := range []struct{ create, read, update, renew, remove, list string }{
		{"createSubscription", "readSubscription", "updateSubscription", "renewSubscription", "deleteSubscription", "listSubscriptions"},
		{"rcwN11sCreateSubscription", "rcwN11sGetSubscription", "rcwN11sUpdateSubscription", "rcwN11sRenewSubscription", "rcwN11sDeleteSubscription", "rcwN11sListSubscriptions"},
	} {
		d.created[s.create] = createdSubscription
		d.updated[s.update] = updatedSubscription
		d.before[s.create] = validateWebhook
		d.lists[s.list] = listSubscriptions
		d.actions[s.read] = ofSubscriber(readSubscription)
		d.actions[s.update] = ofSubscriber(update)
		d.actions[s.renew] = ofSubscriber(renewSubscription)
		d.actions[s.remove] = ofSubscriber(remove)
	}
	return d
}

// ofSubscriber lets an action see live subscriptions of the user alone.
func ofSubscriber(do action) action {
	return func(w *World, q *Request) (Reply, *Problem) {
		switch t := q.thing; {
		case t.within("subscriber") != q.User:
			return Reply{}, unknown("subscriptionId", t.id)
		case !t.alive(q.At):
			return Reply{}, problem(http.StatusNotFound, "SUB-507", "Subscription is expired")
		default:
			t.doc["expiresIn"] = int(t.expiry().Sub(q.At) / time.Second)
			return do(w, q)
		}
	}
}

// expiry is when a subscription ends; alive, whether it has not.
func (t *thing) expiry() time.Time {
	at, _ := t.doc["expirationTime"].(time.Time)
	return at
}

func (t *thing) alive(now time.Time) bool { return now.Before(t.expiry()) }

// webhook is the address of a delivery mode; false: it has another transport.
func webhook(mode Object) (string, bool) {
	return text(mode, "address"), strings.EqualFold(text(mode, "transportType"), "WebHook")
}

// validateWebhook asks whoever is at the address whether they want to be told. It runs outside the lock: it takes as long as
// they do.
func validateWebhook(w *World, q *Request) *Problem {
	mode := object(q.body(), "deliveryMode")
	address, ok := webhook(mode)
	if !ok {
		return nil
	}
	if !q.Grants(rcapi.ScopeSubscriptionWebhook) {
		return problem(http.StatusForbidden, "SUB-528", "The application lacks the ["+string(rcapi.ScopeSubscriptionWebhook)+"] permission, which this transport needs",
			Attribute{"permissionName", string(rcapi.ScopeSubscriptionWebhook)})
	}
	u, err := url.Parse(address)
	if address == "" {
		return missing("deliveryMode.address")
	}
	if err != nil || u.Host == "" {
		return invalid("deliveryMode.address", address)
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
		return refused(http.StatusBadRequest, "SUB-523", "WebHook address has to be one of https")
	}
	if w.cfg.Validate == nil || reserved(u.Hostname()) {
		return nil
	}
	return w.cfg.Validate(q, address)
}

// loopback is where a test listens, which has no certificate: the one exception from https.
func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

// Reserved reports whether an address is one that nobody can have.
func Reserved(address string) bool {
	u, err := url.Parse(address)
	return err == nil && reserved(u.Hostname())
}

// reserved reports whether a name can be nobody's (RFC 2606): such an address is taken as good, and nothing is sent to it.
func reserved(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, name := range []string{"example", "invalid", "test", "example.com", "example.org", "example.net"} {
		if host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}

// createdSubscription completes what a subscription is made of.
func createdSubscription(w *World, q *Request, t *thing) *Problem {
	t.id = w.newUUID()
	t.doc["uri"] = q.Path + "/" + t.id
	t.in = []Param{{"subscriber", q.User}, {"base", q.Base}}
	if most := w.cfg.Subscriptions; most > 0 && len(w.subscribed(t.kind, q.User, q.At)) >= most {
		return refused(http.StatusForbidden, "SUB-505", "Subscriptions limit exceeded")
	}
	if p := w.listen(q, t.doc); p != nil {
		return p
	}
	w.forgetExpired(t.kind, q)
	t.doc["status"] = "Active"
	w.prolong(q, t.doc)
	return nil
}

// expiredKept is how many subscriptions of a user are known to have expired; older ones were never there.
const expiredKept = 100

// forgetExpired keeps a user who subscribes for a moment again and again from filling the world.
func (w *World) forgetExpired(kind string, q *Request) {
	expired := slices.DeleteFunc(w.list(kind, Param{"subscriber", q.User}), func(t *thing) bool { return t.alive(q.At) })
	for len(expired) > expiredKept {
		w.remove(expired[0], q.At)
		expired = expired[1:]
	}
}

// updatedSubscription holds what is changed to the same rules. How a subscriber is told is no part of an update: the
// specification lets filters and the end be changed.
func updatedSubscription(w *World, q *Request, members Object) *Problem {
	delete(members, "deliveryMode")
	if members["eventFilters"] != nil {
		if p := w.listen(q, members); p != nil {
			return p
		}
	}
	w.prolong(q, members)
	return nil
}

// listen reads the filters and the delivery mode. Filters that the app may not use are listed apart; with no other the
// subscription is refused.
func (w *World) listen(q *Request, doc Object) *Problem {
	var kept []string
	disabled := []Object{}
	for _, s := range texts(doc, "eventFilters") {
		f, ok := w.newFilter(s, q.User)
		if !ok {
			return problem(http.StatusBadRequest, "SUB-508", "Event filter is not supported", Attribute{"parameterName", "eventFilters"}, Attribute{"parameterValue", s})
		}
		if scope := f.scope(); scope != "" && !q.Grants(scope) {
			disabled = append(disabled, Object{"filter": f.text, "reason": "CMN-401", "message": "The application lacks the [" + string(scope) + "] permission"})
			continue
		}
		kept = append(kept, f.text)
	}
	if len(kept) == 0 {
		if len(disabled) > 0 {
			return refused(http.StatusForbidden, "SUB-406", text(disabled[0], "message")+", which the event filter needs")
		}
		return missing("eventFilters")
	}
	doc["eventFilters"] = kept
	delete(doc, "disabledFilters")
	if len(disabled) > 0 {
		doc["disabledFilters"] = disabled
	}
	if mode := object(doc, "deliveryMode"); mode != nil {
		_, hook := webhook(mode)
		q.Webhook = hook
		if hook {
			mode["transportType"], mode["encryption"] = "WebHook", false
		} else {
			setDefault(mode, "transportType", "WebSocket")
		}
	}
	return nil
}

// prolong sets the end that the request asks for, within the bounds.
func (w *World) prolong(q *Request, doc Object) {
	seconds := subscriptionDefault
	if n, ok := q.body()["expiresIn"].(float64); ok && n >= 1 {
		seconds = int(min(n, subscriptionLongest))
	}
	doc["expiresIn"], doc["expirationTime"] = seconds, q.At.Add(time.Duration(seconds)*time.Second)
}

// subscribed are a user's live subscriptions.
func (w *World) subscribed(kind, user string, now time.Time) []*thing {
	var out []*thing
	for _, t := range w.list(kind, Param{"subscriber", user}) {
		if t.alive(now) {
			t.doc["expiresIn"] = int(t.expiry().Sub(now) / time.Second)
			out = append(out, t)
		}
	}
	return out
}

func listSubscriptions(w *World, q *Request) ([]*thing, *Problem) {
	return w.subscribed(q.kind(), q.User, q.At), nil
}

func readSubscription(w *World, q *Request) (Reply, *Problem) { return w.replyThing(q, q.thing), nil }

func renewSubscription(w *World, q *Request) (Reply, *Problem) {
	w.prolong(q, q.thing.doc)
	w.changed()
	return w.replyThing(q, q.thing), nil
}
