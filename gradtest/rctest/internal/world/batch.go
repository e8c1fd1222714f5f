package world

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// maxBatch is how many ids one path may name.
const (
	maxBatch         = 50
	maxBatchPresence = 30
	maxBatchInBody   = 1000
)

// batchOperations are the operations that take several ids in a path, joined by commas, besides those whose documented
// answers tell so. Source: descriptions of the specification.
var batchOperations = sync.OnceValue(func() map[string]bool {
	m := make(map[string]bool)
	for _, op := range []rcapi.Operation{
		rcapi.ReadContact, rcapi.UpdateContact, rcapi.DeleteContact, rcapi.ReadBlockedAllowedNumber,
		rcapi.UpdateBlockedAllowedNumber,
		rcapi.DeleteBlockedAllowedNumber, rcapi.ReadDevice, rcapi.ReadAccountPhoneNumber, rcapi.ReadExtension,
		rcapi.DeleteMessage,
		rcapi.ReadUserPresenceStatus,
	} {
		m[op.ID] = true
	}
	for op := range rcapi.All() {
		if slices.Contains(op.Success, http.StatusMultiStatus) {
			m[op.ID] = true
		}
	}
	return m
})

// batchItem is one of the requests that a batch consists of.
type batchItem struct {
	id   string
	body any
}

// batch returns the requests of a path with several ids, and the index of the parameter that has them; nil: one
// resource. A star means the ids in the body.
func (p *Plan) batch(q *Request) (items []batchItem, at int, fault *Problem) {
	at = slices.IndexFunc(q.Params, func(s Param) bool { return strings.Contains(s.Value, ",") || s.Value == "*" })
	if at < 0 || !batchOperations()[p.op.ID] {
		return nil, 0, nil
	}
	most := maxBatch
	if strings.HasSuffix(p.op.Path, "presence") {
		most = maxBatchPresence
	}
	bodies, _ := q.Body.([]any)
	if bodies == nil {
		for _, o := range Children(q.Object(), "records") {
			bodies = append(bodies, o)
		}
	}
	if q.Params[at].Value == "*" {
		most = maxBatchInBody
		for _, b := range bodies {
			if it, ok := batchItemOf(b); ok {
				items = append(items, it)
			}
		}
		if len(items) == 0 {
			return nil, 0, Missing("id")
		}
	} else {
		for id := range strings.SplitSeq(q.Params[at].Value, ",") {
			body := q.Body
			if len(bodies) > len(items) {
				body = bodies[len(items)]
				if it, ok := batchItemOf(body); ok {
					body = it.body
				}
			}
			items = append(items, batchItem{strings.TrimSpace(id), body})
		}
	}
	switch {
	case len(items) <= most:
		return items, at, nil
	case most == maxBatchPresence:
		return nil, 0, problemPresenceBatch.New(most)
	}
	return nil, 0, BatchTooLong(most)
}

// batchItemOf reads one item of the body: an id, an object with an id, or a resourceId with the body
// for it.
func batchItemOf(v any) (batchItem, bool) {
	if id, ok := Scalar(v); ok {
		return batchItem{id: id}, true
	}
	o, _ := v.(Object)
	if id, ok := Scalar(o["resourceId"]); ok {
		return batchItem{id, o["body"]}, true
	}
	if body, ok := o["body"].(Object); ok && len(o) == 1 {
		return batchItem{body: body}, true
	}
	id, ok := Scalar(o["id"])
	return batchItem{id, o}, ok
}

// batchPart is the result of one item.
type batchPart struct {
	id, href string
	status   int
	kind     string
	body     []byte
}

// serveBatch performs the operation once for each item, under the lock.
func (w *World) serveBatch(p *Plan, q *Request, items []batchItem, at int) Reply {
	parts := make([]batchPart, 0, len(items))
	for _, it := range items {
		one := *q
		one.Params = slices.Clone(q.Params)
		one.Params[at].Value = it.id
		one.Path = strings.Replace(q.Path, url.PathEscape(q.Params[at].Value), url.PathEscape(it.id), 1)
		one.Body = it.body
		parts = append(parts, w.batchPart(p, &one, it.id))
	}
	failed := slices.ContainsFunc(parts, func(p batchPart) bool { return p.status >= 300 })
	if p.op.Method == http.MethodDelete && !failed {
		return EmptyReply(http.StatusNoContent)
	}
	if strings.Contains(q.Accept, "application/vnd.ringcentral.multipart+json") {
		return multipartJSON(parts)
	}
	return multipartMixed(parts, q.Base)
}

func (w *World) batchPart(p *Plan, q *Request, id string) batchPart {
	out := batchPart{id: id, href: q.Path, kind: "application/json"}
	fault := w.resolvePath(p, q)
	if fault == nil {
		fault = p.check(q)
	}
	var r Reply
	if fault == nil {
		r, fault = p.handler(w, q)
	}
	if fault != nil {
		out.status, out.body = fault.Status, fault.JSON()
		return out
	}
	out.status, out.body = r.Status, r.Body
	if r.Type != "" {
		out.kind = r.Type
	}
	return out
}

func multipartJSON(parts []batchPart) Reply {
	type entry struct {
		ID     string          `json:"resourceId"`
		Status int             `json:"status"`
		Body   json.RawMessage `json:"body,omitempty"`
	}
	all := make([]entry, 0, len(parts))
	for _, p := range parts {
		all = append(all, entry{p.id, p.status, p.body})
	}
	body, _ := json.Marshal(all) // of texts, numbers and valid JSON
	return Reply{Status: http.StatusMultiStatus, Type: "application/vnd.ringcentral.multipart+json", Body: body}
}

// multipartBoundary has no character that requires quotes: one client of the platform reads only unquoted boundaries.
const multipartBoundary = "Boundary_20_2887150_1395781530342"

// multipartMixed has the statuses in its first part and the bodies, in the same order, in the others.
func multipartMixed(parts []batchPart, base string) Reply {
	type status struct {
		Href        string `json:"href"`
		Status      int    `json:"status"`
		Description string `json:"responseDescription"`
	}
	var list struct {
		Response []status `json:"response"`
	}
	for _, p := range parts {
		list.Response = append(list.Response, status{base + p.href, p.status, http.StatusText(p.status)})
	}
	var b strings.Builder
	write := func(kind string, body []byte) {
		b.WriteString("--" + multipartBoundary + "\r\nContent-Type: " + kind + "\r\n\r\n")
		b.Write(body)
		b.WriteString("\r\n")
	}
	head, _ := json.Marshal(list) // of texts and numbers
	write("application/json", head)
	for _, p := range parts {
		write(p.kind, p.body)
	}
	b.WriteString("--" + multipartBoundary + "--\r\n")
	return Reply{Status: http.StatusMultiStatus, Type: "multipart/mixed; boundary=" + multipartBoundary,
		Body: []byte(b.String())}
}
