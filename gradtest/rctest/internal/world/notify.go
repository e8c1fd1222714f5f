package world

import (
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// Event is a change that subscribers can be notified of.
type Event struct {
	Filter     string  // canonical address of the event, such as /restapi/v1.0/account/1/extension/2/message-store
	Attributes []Param // what a filter's query can ask for, such as type and direction
	Body       Object  // of the notification's member body
	At         time.Time
	visibleTo  func(user string) bool // who may receive it; nil: every subscriber to it
	onDemand   map[string]string      // members of the body, by the parameter of a filter that asks for them
}

// Notify records a change. Subscribers are notified when the call that made it has finished.
func (w *World) Notify(at time.Time, filter string, body Object, of ...Param) {
	w.pending = append(w.pending, Event{Filter: filter, Attributes: of, Body: body, At: at})
}

// NotifyOnly is Notify for a change that only some users may see.
func (w *World) NotifyOnly(to func(user string) bool, at time.Time, filter string, body Object, of ...Param) {
	w.Notify(at, filter, body, of...)
	w.pending[len(w.pending)-1].visibleTo = to
}

// NotifyOnDemand is Notify for a body with members that only the filters get that ask for them, with a parameter such
// as detailedTelephonyState=true. The names of the parameters are the keys.
func (w *World) NotifyOnDemand(at time.Time, filter string, body Object, onDemand map[string]string) {
	w.Notify(at, filter, body)
	w.pending[len(w.pending)-1].onDemand = onDemand
}

// bodyFor returns the body for a filter.
func (e Event) bodyFor(f eventFilter) Object {
	body := e.Body
	for parameter, member := range e.onDemand {
		if f.query.Get(parameter) != "true" {
			body = withoutMember(body, strings.Split(member, "."))
		}
	}
	return body
}

// withoutMember returns a copy of o without the member at a path, in each object of an array.
func withoutMember(o Object, path []string) Object {
	out := maps.Clone(o)
	if len(path) == 1 {
		delete(out, path[0])
		return out
	}
	if all, ok := o[path[0]].([]Object); ok {
		short := make([]Object, len(all))
		for i, one := range all {
			short[i] = withoutMember(one, path[1:])
		}
		out[path[0]] = short
	}
	return out
}

// Notification is what is sent to the address of a webhook.
type Notification struct {
	Address      string
	Subscription string
	Token        string // of the header Verification-Token; empty: none
	Body         []byte
}

// notifications turns the recorded changes into notifications and clears them.
func (w *World) notifications(now time.Time) []Notification {
	events := w.TakeEvents()
	if w.Config.Deliver == nil {
		return nil
	}
	out := w.reminders(now)
	if len(events) == 0 {
		return out
	}
	for t, address := range w.subscribers(now) {
		for _, text := range Texts(t.Doc, "eventFilters") {
			f, _ := w.newEventFilter(text, t.Parent("subscriber"))
			for _, e := range events {
				if f.matches(e) && (e.visibleTo == nil || e.visibleTo(t.Parent("subscriber"))) {
					out = append(out, w.notification(t, f, e, address))
				}
			}
		}
	}
	return out
}

// subscribers yields the live subscriptions by webhook and their addresses.
func (w *World) subscribers(now time.Time) iter.Seq2[*Resource, string] {
	return func(yield func(*Resource, string) bool) {
		for _, t := range slices.Concat(w.kind(kindSubscription).all, w.kind(kindWebinarSubscription).all) {
			address, ok := webhook(Child(t.Doc, "deliveryMode"))
			if ok && t.alive(now) && !yield(t, address) {
				return
			}
		}
	}
}

// TakeEvents returns the changes that subscribers have not been notified of yet, and forgets them.
func (w *World) TakeEvents() []Event {
	events := w.pending
	w.pending = nil
	return events
}

// notification renders one event for a subscription.
func (w *World) notification(t *Resource, f eventFilter, e Event, address string) Notification {
	body, _ := json.Marshal(Object{ // of what JSON is made of, and times
		"uuid": w.NewUUID(), "event": f.text, "timestamp": timestamp(e.At), "subscriptionId": t.ID,
		"ownerId": t.Parent("subscriber"), "body": PlainJSON(absoluteURIs(e.bodyFor(f), t.Parent("base")).(Object)),
	})
	return Notification{Address: address, Subscription: t.ID, Token: Text(t.Doc, "verificationToken"), Body: body}
}

// absoluteURIs adds the scheme and host that the subscriber used to the addresses in a notification.
func absoluteURIs(v any, base string) any {
	switch v := v.(type) {
	case Object:
		out := make(Object, len(v))
		for name, in := range v {
			path, isText := in.(string)
			if isText && strings.HasPrefix(path, "/") && strings.HasSuffix(strings.ToLower(name), "uri") {
				in = base + path
			}
			out[name] = absoluteURIs(in, base)
		}
		return out
	case []Object:
		out := make([]any, len(v))
		for i, in := range v {
			out[i] = absoluteURIs(in, base)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, in := range v {
			out[i] = absoluteURIs(in, base)
		}
		return out
	}
	return v
}

// timestamp is a moment as the platform writes it.
func timestamp(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000Z") }

// PlainJSON is an object with its times written out.
func PlainJSON(o Object) json.RawMessage { return shape.Maker{}.Append(nil, nil, o, "") }
