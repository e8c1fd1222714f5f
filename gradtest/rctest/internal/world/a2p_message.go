package world

import (
	"slices"
	"strings"
	"time"
)

// a2pNumbersMost bounds the phone numbers of a filter. Source: description in the specification.
const a2pNumbersMost = 15

// settleA2P brings a message to where it is at a moment.
func settleA2P(w *World, t *thing, at time.Time) {
	was := text(t.doc, "messageStatus")
	if was != "Queued" && was != "Sent" || t.doc["direction"] != "Outbound" {
		return
	}
	place, _ := t.doc["place"].(int)
	left := t.made.Add(time.Duration(place+1) * time.Second / a2pPerSecond)
	age := at.Sub(left)
	status, since := "Queued", left
	switch {
	case age >= a2pDelivered*time.Second:
		status, since = "Delivered", left.Add(a2pDelivered*time.Second)
	case age >= a2pSent*time.Second:
		status, since = "Sent", left.Add(a2pSent*time.Second)
	}
	if status != was {
		w.update(t, Object{"messageStatus": status, "lastModifiedTime": since}, since)
	}
}

// receiveA2P notes what somebody sends to a number of A2P.
func (w *World) receiveA2P(at time.Time, from, to, text string) *thing {
	t := w.add(&thing{kind: kindA2P, id: w.newID(), doc: Object{
		"from": from, "to": []string{to}, "text": text, "direction": "Inbound", "messageStatus": "Delivered", "segmentCount": segments(text),
		"cost": a2pCost * float64(segments(text)), "creationTime": at, "lastModifiedTime": at,
	}}, at)
	body := Object{}
	merge(body, t.doc)
	w.tell(at, "/restapi/v1.0/account/"+w.cfg.AccountID+"/a2p-sms/messages", body, Param{"direction", "Inbound"}, Param{"to", to})
	return t
}

func readA2P(w *World, q *Request) (Reply, *Problem) {
	settleA2P(w, q.thing, q.At)
	return w.replyThing(q, q.thing), nil
}

// wantedA2P are the messages that a query asks for, the newest first.
func (w *World) wantedA2P(q *Request) ([]*thing, *Problem) {
	when, p := rangeOf(q.Query, "dateFrom", "dateTo", q.At)
	if p != nil {
		return nil, p
	}
	phones := numbersIn(q.Query["phoneNumber"])
	if len(phones) > a2pNumbersMost {
		return nil, invalid("phoneNumber", strings.Join(phones, ","))
	}
	batch, direction := q.Query.Get("batchId"), q.Query["direction"]
	out := slices.DeleteFunc(w.list(kindA2P), func(t *thing) bool {
		settleA2P(w, t, q.At)
		switch {
		case batch != "" && t.doc["batchId"] != batch,
			batch == "" && !when.has(t.made), // a batch is asked for whenever it was
			len(direction) > 0 && !wantsAny(direction, text(t.doc, "direction")):
			return true
		case len(phones) == 0:
			return false
		}
		return !wantsAny(phones, text(t.doc, "from")) && !slices.ContainsFunc(texts(t.doc, "to"), func(to string) bool { return wantsAny(phones, to) })
	})
	slices.Reverse(out)
	return out, nil
}

// listA2P leaves out the texts, unless the view is Detailed.
func listA2P(w *World, q *Request) ([]*thing, *Problem) {
	all, p := w.wantedA2P(q)
	if p != nil {
		return nil, p
	}
	q.fallback("perPage", "1000")
	if q.Query.Get("view") == "Detailed" {
		return all, nil
	}
	out := make([]*thing, len(all))
	for i, t := range all {
		short := *t
		short.doc = Object{}
		for name, v := range t.doc {
			if name != "text" {
				short.doc[name] = v
			}
		}
		out[i] = &short
	}
	return out, nil
}

// countA2P counts messages by their status, and failed ones by their error.
func countA2P(w *World, q *Request) (Reply, *Problem) {
	all, p := w.wantedA2P(q)
	if p != nil {
		return Reply{}, p
	}
	answer := Object{}
	for _, status := range []string{"Queued", "Delivered", "DeliveryFailed", "Sent", "SendingFailed"} {
		count, cost, codes := 0, 0.0, Object{}
		for _, t := range all {
			if t.doc["messageStatus"] != status {
				continue
			}
			count++
			c, _ := t.doc["cost"].(float64)
			cost += c
			if code := text(t.doc, "errorCode"); code != "" {
				n, _ := codes[code].(int)
				codes[code] = n + 1
			}
		}
		o := Object{"count": count, "cost": cost}
		if strings.HasSuffix(status, "Failed") {
			o["errorCodeCounts"] = codes
		}
		answer[strings.ToLower(status[:1])+status[1:]] = o
	}
	return w.reply(q, answer, q.Path), nil
}
