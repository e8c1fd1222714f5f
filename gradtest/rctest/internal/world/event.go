package world

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// event is a change that subscribers may want to be told of.
type event struct {
	filter string  // canonical address of the event, such as /restapi/v1.0/account/1/extension/2/message-store
	of     []Param // what a filter's query can ask for, such as type and direction
	body   Object  // of the notification's member body
	at     time.Time
	to     func(user string) bool // who may hear of it; nil: whoever asks for it
}

// tell notes a change. Subscribers are told when the call that made it has been carried out.
func (w *World) tell(at time.Time, filter string, body Object, of ...Param) {
	w.pending = append(w.pending, event{filter: filter, of: of, body: body, at: at})
}

// tellSome does the same for what not everybody may hear of.
func (w *World) tellSome(to func(user string) bool, at time.Time, filter string, body Object, of ...Param) {
	w.tell(at, filter, body, of...)
	w.pending[len(w.pending)-1].to = to
}

// Notification is what is sent to the address of a webhook.
type Notification struct {
	Address      string
	Subscription string
	Token        string // of the header Verification-Token; empty: none
	Body         []byte
}

// notifications makes what is to be sent of what has been told, and forgets it.
func (w *World) notifications(now time.Time) []Notification {
	events := w.takeEvents()
	if len(events) == 0 || w.cfg.Deliver == nil {
		return nil
	}
	var out []Notification
	for _, t := range slices.Concat(w.kind(kindSubscription).all, w.kind(kindWebinarSubscription).all) {
		mode := object(t.doc, "deliveryMode")
		address, ok := webhook(mode)
		if !ok || !t.alive(now) {
			continue
		}
		for _, text := range texts(t.doc, "eventFilters") {
			f, _ := w.newFilter(text, t.within("subscriber"))
			for _, e := range events {
				if f.fits(e) && (e.to == nil || e.to(t.within("subscriber"))) {
					out = append(out, w.notification(t, f, e, address))
				}
			}
		}
	}
	return out
}

// takeEvents returns the changes that subscribers have not been notified of yet, and forgets them.
func (w *World) takeEvents() []event {
	events := w.pending
	w.pending = nil
	return events
}

// notification is one event as a subscription is told of it.
func (w *World) notification(t *thing, f filter, e event, address string) Notification {
	body, _ := json.Marshal(Object{ // of what JSON is made of, and times
		"uuid": w.newUUID(), "event": f.text, "timestamp": stamp(e.at), "subscriptionId": t.id,
		"ownerId": t.within("subscriber"), "body": plain(absolute(e.body, t.within("base")).(Object)),
	})
	return Notification{Address: address, Subscription: t.id, Token: text(object(t.doc, "deliveryMode"), "verificationToken"), Body: body}
}

// absolute puts scheme and host, by which the subscriber came, before the addresses in what is told.
func absolute(v any, base string) any {
	switch v := v.(type) {
	case Object:
		out := make(Object, len(v))
		for name, in := range v {
			path, isText := in.(string)
			if isText && strings.HasPrefix(path, "/") && strings.HasSuffix(strings.ToLower(name), "uri") {
				in = base + path
			}
			out[name] = absolute(in, base)
		}
		return out
	case []Object:
		out := make([]any, len(v))
		for i, in := range v {
			out[i] = absolute(in, base)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, in := range v {
			out[i] = absolute(in, base)
		}
		return out
	}
	return v
}

// stamp is a moment as the platform writes it.
func stamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

// plain is an object with its times written out.
func plain(o Object) json.RawMessage { return shape.Maker{}.Append(nil, nil, o, "") }
