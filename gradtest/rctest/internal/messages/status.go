package messages

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// How long after sending a message reaches the next status. The platform promises no times; these are short enough for
// a test that waits.
const (
	smsSent      = 1 * time.Second
	smsDelivered = 3 * time.Second
	faxSent      = 5 * time.Second
)

// statusOf is the status that a message which left at a moment has later, and since when. A fax ends as Sent.
func statusOf(kind string, left, at time.Time) (status string, since time.Time) {
	age := at.Sub(left)
	switch {
	case kind == typeSMS && age >= smsDelivered:
		return "Delivered", left.Add(smsDelivered)
	case kind == typeSMS && age >= smsSent:
		return "Sent", left.Add(smsSent)
	case kind == typeFax && age >= faxSent:
		return "Sent", left.Add(faxSent)
	}
	return "Queued", left
}

// settle updates a message's status to the given time. Statuses change only when a request reads them, and without a
// notification.
func settle(w *world.World, t *world.Resource, at time.Time) {
	was := world.Text(t.Doc, "messageStatus")
	if t.Doc["direction"] != "Outbound" || was != "Queued" && was != "Sent" {
		return
	}
	left, _ := t.Doc["creationTime"].(time.Time)
	if later, ok := t.Doc["sendTime"].(time.Time); ok && later.After(left) {
		left = later
	}
	kind := world.Text(t.Doc, "type")
	status, since := statusOf(kind, left, at)
	if status == was || status == "Queued" || kind == typePager {
		return
	}
	change := world.Object{"messageStatus": status}
	if modified, _ := t.Doc["lastModifiedTime"].(time.Time); since.After(modified) {
		change["lastModifiedTime"] = since
	}
	if status == "Delivered" {
		change["smsDeliveryTime"] = since
	}
	if kind == typeFax {
		to := make([]world.Object, 0, 1)
		for _, p := range world.Children(t.Doc, "to") {
			one := world.Object{"messageStatus": status}
			for k, v := range p {
				if k != "messageStatus" {
					one[k] = v
				}
			}
			to = append(to, one)
		}
		change["to"] = to
	}
	w.Update(t, change, since)
}
