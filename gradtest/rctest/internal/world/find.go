package world

import (
	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// find walks down the path: every thing that it names has to be there. The parameters get the names by which things know
// them.
func (w *World) find(p *Plan, q *Request) *Problem {
	q.plan, q.thing = p, nil
	for i, s := range p.steps {
		if i >= len(q.Params) {
			break
		}
		q.Params[i].Name = s.as
		value := q.Params[i].Value
		if s.kind == "" {
			if value != w.cfg.AccountID {
				return unknown(s.name, value)
			}
			continue
		}
		if t := w.look(s.kind, value, q.Params[:i]); t != nil && s.suits(t) {
			q.thing = t
			continue
		}
		return unknown(s.name, value)
	}
	return nil
}

// look finds a thing, having seen to it that the place has its starting things.
func (w *World) look(kind, id string, in []Param) *thing {
	w.begin(kind, in)
	return w.get(kind, id, in...)
}

// check holds the request's query and body against the skeleton.
func (p *Plan) check(q *Request) *Problem {
	var faults []shape.Mismatch
	for _, param := range p.shape.Parameters {
		if param.In != "query" {
			continue
		}
		values, given := q.Query[param.Name]
		switch {
		case !given && param.Required:
			faults = append(faults, shape.Mismatch{Path: param.Name, Missing: true})
		case !given || pages[param.Name]: // lists read those by rules of their own
		default:
			if f, faulty := param.Check(values); faulty {
				faults = append(faults, f)
			}
		}
	}
	if p.request != nil && !q.Parts && len(q.Files) == 0 && q.Form == nil {
		if o, ok := q.Body.(Object); p.request.Type == "array" && (q.Body == nil || ok && len(o) == 0) {
			// Ids that may stand in the body instead of the path. SDKs send an empty object where they have none.
		} else if q.Body != nil {
			faults = append(faults, p.request.Check(q.Body)...)
		} else if p.bodied() {
			faults = append(faults, p.request.Check(Object{})...)
		}
	}
	return problemOf(faults)
}

// bodied reports whether the operation wants JSON and nothing else.
func (p *Plan) bodied() bool {
	for _, c := range p.shape.Request {
		if !isJSON(c.Type) {
			return false
		}
	}
	return true
}

// pages are the parameters of paging.
var pages = map[string]bool{"page": true, "perPage": true, "pageToken": true, "recordCount": true, "startIndex": true, "count": true}
