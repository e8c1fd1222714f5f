package messages

import (
	"slices"
	"strconv"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
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
func createBatch(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	from := people.E164(world.Text(q.Object(), "from"))
	if n := people.NumberResource(w, from); n == nil || !slices.Contains(world.Texts(n.Doc, "features"), a2pSender) {
		return world.Reply{}, world.Invalid("from", from)
	}
	given := world.Children(q.Object(), "messages")
	if len(given) == 0 {
		return world.Reply{}, world.Missing("messages")
	}
	var good []a2pMessage
	var rejected []world.Object
	for i, o := range given {
		name := "messages[" + strconv.Itoa(i) + "]"
		m := a2pMessage{text: world.Text(o, "text")}
		if m.text == "" {
			m.text = world.Text(q.Object(), "text")
		}
		to := world.Texts(o, "to")
		switch {
		case units(m.text) > smsTextMost:
			return world.Reply{}, tooLong(name+".text", smsTextMost)
		case len(to) == 0:
			return world.Reply{}, world.Missing(name + ".to")
		}
		if m.to = people.E164(to[0]); len(to) > 1 || !people.IsE164(m.to) {
			e := world.Invalid("to", "").Errors[0]
			rejected = append(rejected, world.Object{"index": i, "to": to, "errorCode": e.Code, "description": e.Message})
			continue
		}
		if m.text == "" { // both texts are optional in the specification
			e := world.Missing(name + ".text").Errors[0]
			rejected = append(rejected, world.Object{"index": i, "to": to, "errorCode": e.Code, "description": e.Message})
			continue
		}
		good = append(good, m)
	}
	t := addBatch(w, q.At, from, good, rejected)
	return w.ReplyResource(q, t), nil
}

func addBatch(w *world.World, at time.Time, from string, good []a2pMessage, rejected []world.Object) *world.Resource {
	t := &world.Resource{Kind: kindBatch, ID: w.NewUUID(), Doc: world.Object{
		"from": from, "batchSize": len(good), "processedCount": 0, "status": "Processing", "creationTime": at,
		"lastModifiedTime": at,
	}}
	if rejected != nil {
		t.Doc["rejected"] = rejected
	}
	for i, m := range good {
		one := &world.Resource{Kind: kindA2P, ID: w.NewID(), Doc: world.Object{
			"batchId": t.ID, "from": from, "to": []string{m.to}, "text": m.text, "direction": "Outbound",
			"messageStatus": "Queued",
			"segmentCount":  segments(m.text), "cost": a2pCost * float64(segments(m.text)), "creationTime": at,
			"lastModifiedTime": at, "place": i,
		}}
		if optedOut(w, from, m.to) {
			one.Doc["messageStatus"], one.Doc["errorCode"] = "SendingFailed", codeRecipientOptOut
			one.Doc["cost"] = 0.0
		}
		w.Add(one, at)
	}
	w.Add(t, at)
	settleBatch(w, t, at)
	notifyBatch(w, at, t)
	return t
}

// notifyBatch notifies the subscribers of all batches and those of this batch. The body is the batch.
func notifyBatch(w *world.World, at time.Time, t *world.Resource) {
	body := world.Object{}
	world.Merge(body, t.Doc)
	path := "/restapi/v1.0/account/" + w.Config.AccountID + "/a2p-sms/batches"
	w.Notify(at, path, body, world.NewParam("from", world.Text(t.Doc, "from")))
	w.Notify(at, path+"/"+t.ID, body)
}

// settleBatch brings a batch to where it is at a moment.
func settleBatch(w *world.World, t *world.Resource, at time.Time) {
	if t.Doc["status"] == "Completed" {
		return
	}
	size, _ := t.Doc["batchSize"].(int)
	age := at.Sub(t.Created).Seconds()
	processed := min(size, max(0, int(age*a2pPerSecond)))
	change := world.Object{"processedCount": processed}
	switch last := age - float64(size)/a2pPerSecond; {
	case last >= a2pDelivered || size == 0:
		change["status"] = "Completed"
		cost := 0.0
		for _, m := range batchMessages(w, t.ID) {
			c, _ := m.Doc["cost"].(float64)
			cost += c
		}
		change["cost"] = cost
	case last >= a2pSent:
		change["status"] = "Sent"
	}
	if change["processedCount"] != t.Doc["processedCount"] || change["status"] != nil &&
		change["status"] != t.Doc["status"] {
		change["lastModifiedTime"] = at
		w.Update(t, change, at)
	}
}

func batchMessages(w *world.World, id string) []*world.Resource {
	return slices.DeleteFunc(w.List(kindA2P), func(m *world.Resource) bool { return m.Doc["batchId"] != id })
}

func readBatch(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	settleBatch(w, q.Resource, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

// listBatches has the newest first.
func listBatches(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	when, p := world.DayRange(q.Query, "dateFrom", "dateTo", q.At)
	if p != nil {
		return nil, p
	}
	from, status := people.E164s(q.Query["from"]), q.Query["status"]
	out := slices.DeleteFunc(w.List(kindBatch), func(t *world.Resource) bool {
		settleBatch(w, t, q.At)
		return !when.Contains(t.Created) || len(from) > 0 && !wantsAny(from, world.Text(t.Doc, "from")) ||
			len(status) > 0 && !wantsAny(status, world.Text(t.Doc, "status"))
	})
	slices.Reverse(out)
	return out, nil
}
