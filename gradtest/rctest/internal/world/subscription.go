package world

import (
	"cmp"
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

	defaultSubscription = 604_799 // seconds
)

// maxSubscription is the longest life of a subscription in seconds, by transport. Source: descriptions of expiresIn in
// the editions of 2023 and 2026.
var maxSubscription = map[string]float64{
	"WebHook": 315_360_000, "RC/APNS": 7_776_000, "RC/GCM": 7_776_000, "PubNub": 900,
}

// subscriptions is the domain of notifications about changes.
func subscriptions() Domain {
	d := Domain{
		OnCreate: map[string]CreateHook{},
		OnUpdate: map[string]UpdateHook{},
		Lists:    map[string]Lister{},
		Handlers: map[string]Handler{},
		Before:   map[string]BeforeHook{},
		Owned:    []string{kindSubscription, kindWebinarSubscription},
	}
	for _, s := range []struct{ create, read, update, renew, remove, list string }{
		{"createSubscription", "readSubscription", "updateSubscription", "renewSubscription", "deleteSubscription",
			"listSubscriptions"},
		{"rcwN11sCreateSubscription", "rcwN11sGetSubscription", "rcwN11sUpdateSubscription", "rcwN11sRenewSubscription",
			"rcwN11sDeleteSubscription", "rcwN11sListSubscriptions"},
	} {
		d.OnCreate[s.create] = completeSubscription
		d.OnUpdate[s.update] = updateSubscription
		d.Before[s.create] = validateWebhook
		d.Lists[s.list] = listSubscriptions
		d.Handlers[s.read] = forSubscriber(readSubscription)
		d.Handlers[s.update] = forSubscriber(HandleUpdate)
		d.Handlers[s.renew] = forSubscriber(renewSubscription)
		d.Handlers[s.remove] = forSubscriber(HandleRemove)
	}
	return d
}

// forSubscriber lets an action see live subscriptions of the user alone.
func forSubscriber(do Handler) Handler {
	return func(w *World, q *Request) (Reply, *Problem) {
		switch t := q.Resource; {
		case t.Parent("subscriber") != q.User:
			return Reply{}, NotFound("subscriptionId", t.ID)
		case !t.alive(q.At):
			return Reply{}, problemSubscriptionExpired.New()
		default:
			t.Doc["expiresIn"] = int(t.expiry().Sub(q.At) / time.Second)
			return do(w, q)
		}
	}
}

// expiry is when a subscription ends; alive, whether it has not.
func (t *Resource) expiry() time.Time {
	at, _ := t.Doc["expirationTime"].(time.Time)
	return at
}

func (t *Resource) alive(now time.Time) bool { return now.Before(t.expiry()) }

// webhook is the address of a delivery mode; false: it has another transport.
func webhook(mode Object) (string, bool) {
	return Text(mode, "address"), strings.EqualFold(Text(mode, "transportType"), "WebHook")
}

// validateWebhook asks the server at the address whether it accepts notifications. It runs outside the lock: it takes
// as long as they do.
func validateWebhook(w *World, q *Request) *Problem {
	mode := Child(q.Object(), "deliveryMode")
	address, ok := webhook(mode)
	if !ok {
		return nil
	}
	if q.Operation().BodyDecides() && !q.Grants(rcapi.ScopeSubscriptionWebhook) {
		scope := string(rcapi.ScopeSubscriptionWebhook)
		return problemTransportScope.New(scope).with("permissionName", scope)
	}
	u, err := url.Parse(address)
	if address == "" {
		return Missing("deliveryMode.address")
	}
	if err != nil || u.Host == "" {
		return Invalid("deliveryMode.address", address)
	}
	if u.User != nil { // it would be in notifications' logs, and every reader of the subscription would have it
		return Invalid("deliveryMode.address", u.Redacted())
	}
	if u.Scheme != "https" && !(u.Scheme == "http" && loopback(u.Hostname())) {
		return problemWebhookScheme.New()
	}
	if w.Config.Validate == nil || reserved(u.Hostname()) {
		return nil
	}
	return w.Config.Validate(q, address)
}

// loopback is where a test listens, which has no certificate: the one exception from https.
func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

// Reserved reports whether an address is reserved for examples and can have no server.
func Reserved(address string) bool {
	u, err := url.Parse(address)
	return err == nil && reserved(u.Hostname())
}

// reserved reports whether a name is reserved (RFC 2606). Such an address is accepted, and nothing is sent to it.
func reserved(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, name := range []string{"example", "invalid", "test", "example.com", "example.org", "example.net"} {
		if host == name || strings.HasSuffix(host, "."+name) {
			return true
		}
	}
	return false
}

// completeSubscription completes what a subscription is made of.
func completeSubscription(w *World, q *Request, t *Resource) *Problem {
	t.ID = w.NewUUID()
	t.Doc["uri"] = q.Path + "/" + t.ID
	t.Parents = []Param{{"subscriber", q.User}, {"base", q.Base}}
	if most := w.Config.Subscriptions; most > 0 && len(w.liveSubscriptions(t.Kind, q.User, q.At)) >= most {
		return problemSubscriptionLimit.New()
	}
	if p := w.setFilters(q, t.Doc); p != nil {
		return p
	}
	w.forgetExpired(t.Kind, q)
	t.Doc["status"] = "Active"
	w.setExpiry(q, t.Doc, Text(Child(t.Doc, "deliveryMode"), "transportType"))
	return nil
}

// maxExpired is how many subscriptions of a user are known to have expired; older ones were never there.
const maxExpired = 100

// forgetExpired keeps a user who subscribes for a moment again and again from filling the world.
func (w *World) forgetExpired(kind string, q *Request) {
	expired := slices.DeleteFunc(w.List(kind, Param{"subscriber", q.User}),
		func(t *Resource) bool { return t.alive(q.At) })
	for len(expired) > maxExpired {
		w.Remove(expired[0], q.At)
		expired = expired[1:]
	}
}

// updateSubscription applies the same rules to changes. The delivery mode is no part of an update: the
// specification lets filters and the end be changed.
func updateSubscription(w *World, q *Request, members Object) *Problem {
	delete(members, "deliveryMode")
	if members["eventFilters"] != nil {
		if p := w.setFilters(q, members); p != nil {
			return p
		}
	}
	w.setExpiry(q, members, Text(Child(q.Resource.Doc, "deliveryMode"), "transportType"))
	return nil
}

// setFilters reads the filters and the delivery mode. Filters that the app may not use are listed apart; with no other
// the subscription is refused.
func (w *World) setFilters(q *Request, doc Object) *Problem {
	var kept []string
	disabled := []Object{}
	var lacking rcapi.Scope // the first one
	for _, s := range Texts(doc, "eventFilters") {
		f, ok := w.newEventFilter(s, q.User)
		if !ok {
			return Invalid("eventFilters", s)
		}
		if scope := f.scope; scope != "" && !q.Grants(scope) {
			e := problemScope.New(scope).Errors[0]
			disabled = append(disabled, Object{"filter": f.text, "reason": e.Code, "message": e.Message})
			lacking = cmp.Or(lacking, scope)
			continue
		}
		kept = append(kept, f.text)
	}
	if len(kept) == 0 {
		if len(disabled) > 0 {
			return problemFilterScope.New(lacking)
		}
		return Missing("eventFilters")
	}
	doc["eventFilters"] = kept
	delete(doc, "disabledFilters")
	if len(disabled) > 0 {
		doc["disabledFilters"] = disabled
	}
	if mode := Child(doc, "deliveryMode"); mode != nil {
		_, hook := webhook(mode)
		q.Webhook = hook
		if hook {
			mode["transportType"], mode["encryption"] = "WebHook", false
			doc["verificationToken"] = mode["verificationToken"] // not in the delivery mode, because it is never shown
			mode = Pick(mode, "transportType", "encryption", "address")
		} else {
			mode = w.otherTransport(mode)
		}
		doc["deliveryMode"] = mode
	}
	return nil
}

// otherTransport completes a delivery mode of the older editions. Nothing is delivered by it.
func (w *World) otherTransport(mode Object) Object {
	switch Text(mode, "transportType") {
	case "PubNub":
		out := Object{"transportType": "PubNub", "encryption": mode["encryption"] == true, "address": "made_" + w.NewID(),
			"subscriberKey": "sub-c-" + w.NewUUID(), "secretKey": "sec-c-" + w.NewUUID()}
		if mode["encryption"] == true {
			out["encryptionAlgorithm"], out["encryptionKey"] = "AES", "bWFkZS1lbmNyeXB0aW9uLWtleQ=="
		}
		return out
	case "RC/APNS", "RC/GCM":
		return Pick(mode, "transportType", "certificateName", "registrationId")
	}
	SetDefault(mode, "transportType", "WebSocket")
	return mode
}

// setExpiry sets the end that the request asks for, at most that of the transport.
func (w *World) setExpiry(q *Request, doc Object, transport string) {
	asked := float64(defaultSubscription)
	if n, ok := q.Object()["expiresIn"].(float64); ok && n >= 1 {
		asked = n
	}
	most, ok := maxSubscription[transport]
	if !ok {
		most = defaultSubscription
	}
	seconds := int(min(asked, most))
	delete(doc, "reminded")
	doc["expiresIn"], doc["expirationTime"] = seconds, q.At.Add(time.Duration(seconds)*time.Second)
}

// liveSubscriptions are a user's live subscriptions.
func (w *World) liveSubscriptions(kind, user string, now time.Time) []*Resource {
	var out []*Resource
	for _, t := range w.List(kind, Param{"subscriber", user}) {
		if t.alive(now) {
			t.Doc["expiresIn"] = int(t.expiry().Sub(now) / time.Second)
			out = append(out, t)
		}
	}
	return out
}

func listSubscriptions(w *World, q *Request) ([]*Resource, *Problem) {
	return w.liveSubscriptions(q.Kind(), q.User, q.At), nil
}

func readSubscription(w *World, q *Request) (Reply, *Problem) {
	return w.ReplyResource(q, q.Resource), nil
}

func renewSubscription(w *World, q *Request) (Reply, *Problem) {
	w.setExpiry(q, q.Resource.Doc, Text(Child(q.Resource.Doc, "deliveryMode"), "transportType"))
	w.Invalidate()
	return w.ReplyResource(q, q.Resource), nil
}

// LimitSubscriptions changes how many subscriptions a user may have; 0 means no limit. Existing ones remain.
func (w *World) LimitSubscriptions(most int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.Config.Subscriptions = most
}
