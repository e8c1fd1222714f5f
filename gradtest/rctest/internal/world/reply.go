package world

import (
	"hash/fnv"
	"net/http"
	"strconv"
)

// Reply is a successful response.
type Reply struct {
	Status int
	Type   string // of the content; empty with a Body: JSON
	Body   []byte // nil: none
	Header http.Header
}

// EmptyReply is a success without content.
func EmptyReply(status int) Reply { return Reply{Status: status} }

// Reply returns an object, completed to what the operation's response requires. key identifies the object.
func (w *World) Reply(q *Request, v any, key string) Reply {
	m := w.maker
	m.Base = q.Base
	return Reply{Status: q.plan.status, Type: q.plan.contentType,
		Body: m.Append(make([]byte, 0, 1024), q.plan.answerTo(w, q), v, key)}
}

// ReplyResource returns a resource.
func (w *World) ReplyResource(q *Request, t *Resource) Reply {
	if q.plan.answer == nil {
		return EmptyReply(q.plan.status)
	}
	w.complete(t)
	return w.Reply(q, t.Doc, t.ID)
}

// tagged are the operations whose responses have the header ETag, as the specification documents it.
const tagged = "listSmsConsentRecords editSmsConsentRecords exportSmsConsentRecords searchSmsConsentRecords " +
	"listSmsConsentHistoryRecords"

// entityTag returns the ETag of a body.
func entityTag(body []byte) string {
	h := fnv.New64a()
	h.Write(body)
	return strconv.Quote(strconv.FormatUint(h.Sum64(), 16))
}
