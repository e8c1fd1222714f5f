package messages

import (
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// a2pNumbersMost bounds the phone numbers of a filter. Source: description in the specification.
const a2pNumbersMost = 15

// settleA2P brings a message to where it is at a moment.
func settleA2P(w *world.World, t *world.Resource, at time.Time) {
	was := world.Text(t.Doc, "messageStatus")
	if was != "Queued" && was != "Sent" || t.Doc["direction"] != "Outbound" {
		return
	}
	place, _ := t.Doc["place"].(int)
	left := t.Created.Add(time.Duration(place+1) * time.Second / a2pPerSecond)
	age := at.Sub(left)
	status, since := "Queued", left
	switch {
	case age >= a2pDelivered*time.Second:
		status, since = "Delivered", left.Add(a2pDelivered*time.Second)
	case age >= a2pSent*time.Second:
		status, since = "Sent", left.Add(a2pSent*time.Second)
	}
	if status != was {
		w.Update(t, world.Object{"messageStatus": status, "lastModifiedTime": since}, since)
	}
}

// receiveA2P stores a message that was sent to an A2P number of the account.
func receiveA2P(w *world.World, at time.Time, from, to, text string) *world.Resource {
	t := w.Add(&world.Resource{Kind: kindA2P, ID: w.NewID(), Doc: world.Object{
		"from": from, "to": []string{to}, "text": text, "direction": "Inbound", "messageStatus": "Delivered",
		"segmentCount": segments(text),
		"cost":         a2pCost * float64(segments(text)), "creationTime": at, "lastModifiedTime": at,
	}}, at)
	body := world.Object{}
	world.Merge(body, t.Doc)
	w.Notify(at, "/restapi/v1.0/account/"+w.Config.AccountID+"/a2p-sms/messages", body,
		world.NewParam("direction", "Inbound"), world.NewParam("to", to))
	return t
}

func readA2P(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settleA2P(w, q.Resource, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

// wantedA2P are the messages that a query asks for, the newest first.
func wantedA2P(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	when, p := world.DayRange(q.Query, "dateFrom", "dateTo", q.At)
	if p != nil {
		return nil, p
	}
	phones := people.E164s(q.Query["phoneNumber"])
	if len(phones) > a2pNumbersMost {
		return nil, world.Invalid("phoneNumber", strings.Join(phones, ","))
	}
	batch, direction := q.Query.Get("batchId"), q.Query["direction"]
	out := slices.DeleteFunc(w.List(kindA2P), func(t *world.Resource) bool {
		settleA2P(w, t, q.At)
		switch {
		case batch != "" && t.Doc["batchId"] != batch,
			batch == "" && !when.Contains(t.Created), // a batch is asked for whenever it was
			len(direction) > 0 && !wantsAny(direction, world.Text(t.Doc, "direction")):
			return true
		case len(phones) == 0:
			return false
		}
		return !wantsAny(phones, world.Text(t.Doc, "from")) && !slices.ContainsFunc(world.Texts(t.Doc, "to"),
			func(to string) bool { return wantsAny(phones, to) })
	})
	slices.Reverse(out)
	return out, nil
}

// listA2P has pages of 1000 messages.
func listA2P(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	all, p := wantedA2P(w, q)
	if p != nil {
		return nil, p
	}
	fallback(q, "perPage", "1000")
	return all, nil
}

// countA2P counts messages by their status, and failed ones by their error.
func countA2P(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	all, p := wantedA2P(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	answer := world.Object{}
	for _, status := range []string{"Queued", "Delivered", "DeliveryFailed", "Sent", "SendingFailed"} {
		count, cost, codes := 0, 0.0, world.Object{}
		for _, t := range all {
			if t.Doc["messageStatus"] != status {
				continue
			}
			count++
			c, _ := t.Doc["cost"].(float64)
			cost += c
			if code := world.Text(t.Doc, "errorCode"); code != "" {
				n, _ := codes[code].(int)
				codes[code] = n + 1
			}
		}
		o := world.Object{"count": count, "cost": cost}
		if strings.HasSuffix(status, "Failed") {
			o["errorCodeCounts"] = codes
		}
		answer[strings.ToLower(status[:1])+status[1:]] = o
	}
	return w.Reply(q, answer, q.Path), nil
}
