package messages

import (
	"strconv"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// pagerTextMost bounds the text of an internal message, in 2-byte units. Source: description in the specification.
const pagerTextMost = 1024

// sendPager is POST …/company-pager.
func sendPager(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	d, p := draftPager(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	return w.ReplyResource(q, post(w, q.At, d)), nil
}

func draftPager(w *world.World, q *world.Request) (draft, *world.Problem) {
	d := draft{kind: typePager, text: world.Text(q.Object(), "text")}
	if units(d.text) > pagerTextMost {
		return d, tooLong("text", pagerTextMost)
	}
	d.from, _ = people.MemberOf(w, q.Extension())
	d.from.Number = ""
	from := world.Child(q.Object(), "from")
	if id, ok := world.Scalar(from["extensionId"]); ok && id != "" && id != d.from.Extension {
		return d, problemSenderID.For("from.extensionId", id)
	}
	if short := world.Text(from, "extensionNumber"); short != "" && short != d.from.ShortNumber {
		return d, problemSenderNumber.For("from.extensionNumber", short)
	}
	var p *world.Problem
	d.to, p = pagerRecipients(w, q, d.from)
	return d, p
}

// pagerRecipients are those that the request names, or else the other side of the message that it replies to.
func pagerRecipients(w *world.World, q *world.Request, self people.Party) ([]people.Party, *world.Problem) {
	var out []people.Party
	for i, o := range world.Children(q.Object(), "to") {
		name := "to[" + strconv.Itoa(i) + "]"
		id, _ := world.Scalar(o["extensionId"])
		short := world.Text(o, "extensionNumber")
		p, ok := people.MemberOf(w, id)
		switch {
		case id != "" && !ok:
			return nil, world.NotFoundInBody(name+".extensionId", id)
		case id == "" && short == "":
			return nil, world.Missing(name + ".extensionNumber")
		case id == "":
			if p, ok = people.MemberByShortNumber(w, short); !ok {
				return nil, world.NotFoundInBody(name+".extensionNumber", short)
			}
		}
		p.Number = ""
		out = append(out, p)
	}
	reply, replies := world.Scalar(q.Object()["replyOn"])
	if replies {
		original := w.Get(kindMessage, reply, world.NewParam("extensionId", self.Extension))
		if original == nil || original.Doc["type"] != typePager {
			return nil, world.NotFoundInBody("replyOn", reply)
		}
		if len(out) == 0 {
			for _, o := range append(world.Children(original.Doc, "to"), world.Child(original.Doc, "from")) {
				if p, ok := people.MemberOf(w, world.Text(o, "extensionId")); ok && p.Extension != self.Extension {
					p.Number = ""
					out = append(out, p)
				}
			}
		}
	}
	if len(out) == 0 && !replies {
		return nil, world.Missing("to")
	}
	if len(out) == 0 { // a reply to oneself
		out = []people.Party{self}
	}
	return out, nil
}
