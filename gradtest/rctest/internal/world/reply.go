package world

import "net/http"

// Reply is a success.
type Reply struct {
	Status int
	Type   string // of the content; empty with a Body: JSON
	Body   []byte // nil: none
	Header http.Header
}

// empty is a success without content.
func empty(status int) Reply { return Reply{Status: status} }

// reply answers with an object, completed to what the operation's answer requires. key tells the object from others.
func (w *World) reply(q *Request, v any, key string) Reply {
	m := w.maker
	m.Base = q.Base
	return Reply{Status: q.plan.status, Type: q.plan.kindOfContent, Body: m.Append(make([]byte, 0, 1024), q.plan.answer, v, key)}
}

// replyThing answers with a thing.
func (w *World) replyThing(q *Request, t *thing) Reply {
	if q.plan.answer == nil {
		return empty(q.plan.status)
	}
	return w.reply(q, t.doc, t.id)
}
