package world

import (
	"net/http"
	"strconv"
)

// pagerTextMost bounds the text of an internal message, in 2-byte units. Source: description in the specification.
const pagerTextMost = 1024

// sendPager is POST …/company-pager.
func sendPager(w *World, q *Request) (Reply, *Problem) {
	d, p := w.draftPager(q)
	if p != nil {
		return Reply{}, p
	}
	return w.replyThing(q, w.post(q.At, d)), nil
}

func (w *World) draftPager(q *Request) (draft, *Problem) {
	d := draft{kind: typePager, text: text(q.body(), "text")}
	if units(d.text) > pagerTextMost {
		return d, tooLong("text", pagerTextMost)
	}
	d.from, _ = w.member(q.extension())
	d.from.number = ""
	from := object(q.body(), "from")
	if id, ok := scalar(from["extensionId"]); ok && id != "" && id != d.from.extension {
		return d, problem(http.StatusBadRequest, "MSG-331", "Sender's extension is not the one that sends",
			Attribute{"parameterName", "from.extensionId"}, Attribute{"parameterValue", id})
	}
	if short := text(from, "extensionNumber"); short != "" && short != d.from.short {
		return d, problem(http.StatusBadRequest, "MSG-332", "Sender's extension number is not that of the one that sends",
			Attribute{"parameterName", "from.extensionNumber"}, Attribute{"parameterValue", short})
	}
	var p *Problem
	d.to, p = w.pagerRecipients(q, d.from)
	return d, p
}

// pagerRecipients are those that the request names, or else the other side of the message that it replies to.
func (w *World) pagerRecipients(q *Request, self party) ([]party, *Problem) {
	var out []party
	for i, o := range objects(q.body(), "to") {
		name := "to[" + strconv.Itoa(i) + "]"
		id, _ := scalar(o["extensionId"])
		short := text(o, "extensionNumber")
		p, ok := w.member(id)
		switch {
		case id != "" && !ok:
			return nil, unknownInBody(name+".extensionId", id)
		case id == "" && short == "":
			return nil, missing(name + ".extensionNumber")
		case id == "":
			if p, ok = w.memberByShort(short); !ok {
				return nil, unknownInBody(name+".extensionNumber", short)
			}
		}
		p.number = ""
		out = append(out, p)
	}
	reply, replies := scalar(q.body()["replyOn"])
	if replies {
		original := w.get(kindMessage, reply, Param{"extensionId", self.extension})
		if original == nil || original.doc["type"] != typePager {
			return nil, unknownInBody("replyOn", reply)
		}
		if len(out) == 0 {
			for _, o := range append(objects(original.doc, "to"), object(original.doc, "from")) {
				if p, ok := w.member(text(o, "extensionId")); ok && p.extension != self.extension {
					p.number = ""
					out = append(out, p)
				}
			}
		}
	}
	if len(out) == 0 && !replies {
		return nil, missing("to")
	}
	if len(out) == 0 { // a reply to oneself
		out = []party{self}
	}
	return out, nil
}
