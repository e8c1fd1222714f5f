package world

import (
	"slices"
	"strconv"
	"time"
)

// Rates of A2P. The platform promises none.
const (
	a2pPerSecond = 100   // messages of a batch that are processed
	a2pSent      = 1     // seconds from processing until a message is sent
	a2pDelivered = 3     // seconds until it is delivered
	a2pCost      = 0.007 // of a segment
)

// a2pMessage is a message of a batch.
type a2pMessage struct{ to, text string }

// createBatch is POST …/batches. Recipients that cannot be are rejected; the others get their messages.
func createBatch(w *World, q *Request) (Reply, *Problem) {
	from := text(q.body(), "from")
	if n := w.number(from); n == nil || !slices.Contains(texts(n.doc, "features"), a2pSender) {
		return Reply{}, invalid("from", from)
	}
	given := objects(q.body(), "messages")
	if len(given) == 0 {
		return Reply{}, missing("messages")
	}
	var good []a2pMessage
	var rejected []Object
	for i, o := range given {
		name := "messages[" + strconv.Itoa(i) + "]"
		m := a2pMessage{text: text(o, "text")}
		if m.text == "" {
			m.text = text(q.body(), "text")
		}
		to := texts(o, "to")
		switch {
		case m.text == "":
			return Reply{}, missing(name + ".text")
		case units(m.text) > smsTextMost:
			return Reply{}, tooLong(name+".text", smsTextMost)
		case len(to) == 0:
			return Reply{}, missing(name + ".to")
		}
		if len(to) > 1 || !isE164(to[0]) {
			rejected = append(rejected, Object{"index": i, "to": to, "errorCode": "CMN-101", "description": "Parameter [to] value is invalid"})
			continue
		}
		m.to = to[0]
		good = append(good, m)
	}
	t := w.addBatch(q.At, from, good, rejected)
	return w.replyThing(q, t), nil
}

func (w *World) addBatch(at time.Time, from string, good []a2pMessage, rejected []Object) *thing {
	t := &thing{kind: kindBatch, id: w.newUUID(), doc: Object{
		"from": from, "batchSize": len(good), "processedCount": 0, "status": "Processing", "creationTime": at, "lastModifiedTime": at,
	}}
	if rejected != nil {
		t.doc["rejected"] = rejected
	}
	for i, m := range good {
		one := &thing{kind: kindA2P, id: w.newID(), doc: Object{
			"batchId": t.id, "from": from, "to": []string{m.to}, "text": m.text, "direction": "Outbound", "messageStatus": "Queued",
			"segmentCount": segments(m.text), "cost": a2pCost * float64(segments(m.text)), "creationTime": at, "lastModifiedTime": at, "place": i,
		}}
		if w.optedOut(from, m.to) {
			one.doc["messageStatus"], one.doc["errorCode"] = "SendingFailed", "SMS-RC-413"
			one.doc["cost"] = 0.0
		}
		w.add(one, at)
	}
	w.add(t, at)
	w.settleBatch(t, at)
	w.tellOfBatch(at, t)
	return t
}

// tellOfBatch tells of a batch, under the filter for all and for this one. The body is the batch.
func (w *World) tellOfBatch(at time.Time, t *thing) {
	body := Object{}
	merge(body, t.doc)
	path := "/restapi/v1.0/account/" + w.cfg.AccountID + "/a2p-sms/batches"
	w.tell(at, path, body, Param{"from", text(t.doc, "from")})
	w.tell(at, path+"/"+t.id, body)
}

// settleBatch brings a batch to where it is at a moment.
func (w *World) settleBatch(t *thing, at time.Time) {
	if t.doc["status"] == "Completed" {
		return
	}
	size, _ := t.doc["batchSize"].(int)
	age := at.Sub(t.made).Seconds()
	processed := min(size, max(0, int(age*a2pPerSecond)))
	change := Object{"processedCount": processed}
	switch last := age - float64(size)/a2pPerSecond; {
	case last >= a2pDelivered || size == 0:
		change["status"] = "Completed"
		cost := 0.0
		for _, m := range w.batchMessages(t.id) {
			c, _ := m.doc["cost"].(float64)
			cost += c
		}
		change["cost"] = cost
	case last >= a2pSent:
		change["status"] = "Sent"
	}
	if change["processedCount"] != t.doc["processedCount"] || change["status"] != nil && change["status"] != t.doc["status"] {
		change["lastModifiedTime"] = at
		w.update(t, change, at)
	}
}

func (w *World) batchMessages(id string) []*thing {
	return slices.DeleteFunc(w.list(kindA2P), func(m *thing) bool { return m.doc["batchId"] != id })
}

func readBatch(w *World, q *Request) (Reply, *Problem) {
	w.settleBatch(q.thing, q.At)
	return w.replyThing(q, q.thing), nil
}

// listBatches has the newest first.
func listBatches(w *World, q *Request) ([]*thing, *Problem) {
	when, p := rangeOf(q.Query, "dateFrom", "dateTo", q.At)
	if p != nil {
		return nil, p
	}
	from, status := numbersIn(q.Query["from"]), q.Query["status"]
	out := slices.DeleteFunc(w.list(kindBatch), func(t *thing) bool {
		w.settleBatch(t, q.At)
		return !when.has(t.made) || len(from) > 0 && !wantsAny(from, text(t.doc, "from")) || len(status) > 0 && !wantsAny(status, text(t.doc, "status"))
	})
	slices.Reverse(out)
	return out, nil
}
