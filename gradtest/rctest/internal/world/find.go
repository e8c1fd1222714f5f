package world

import (
	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// resolvePath checks that every resource of the path exists. It gives the parameters the names that resources use for
// their parents.
func (w *World) resolvePath(p *Plan, q *Request) *Problem {
	q.plan, q.Resource = p, nil
	for i, s := range p.steps {
		if i >= len(q.Params) {
			break
		}
		q.Params[i].Name = s.known
		value := q.Params[i].Value
		if s.kind == "" {
			if value != w.Config.AccountID {
				return NotFound(s.name, value)
			}
			continue
		}
		if t := w.Find(s.kind, value, q.Params[:i]); t != nil && s.accepts(t) {
			q.Resource = t
			continue
		}
		return w.notFound(s, value)
	}
	return w.mayAct(p, q)
}

// notFound refuses an id with the code that its service has for that.
func (w *World) notFound(s pathStep, value string) *Problem {
	for _, d := range w.plans.domains {
		if refuse := d.NotFound[s.kind]; refuse != nil {
			return refuse(s.name, value)
		}
	}
	return NotFound(s.name, value)
}

// Find finds a resource. It generates the initial resources first, if necessary.
func (w *World) Find(kind, id string, in []Param) *Resource {
	w.seed(kind, in)
	return w.Get(kind, id, in...)
}

// check validates the request's query and body against the skeleton, and brings the body into its types.
func (p *Plan) check(q *Request) *Problem {
	if wrong := p.checkType(q); wrong != nil {
		return wrong
	}
	var mismatches []shape.Mismatch
	for _, param := range p.shape.Parameters {
		if param.In != "query" {
			continue
		}
		values, given := q.Query[param.Name]
		switch {
		case !given && param.Required:
			mismatches = append(mismatches, shape.Mismatch{Path: param.Name, Missing: true})
		case !given || pagingParams[param.Name]: // lists read those by rules of their own
		default:
			if f, wrong := param.Check(values); wrong {
				mismatches = append(mismatches, f)
			}
		}
	}
	return problemOfMismatches(append(mismatches, p.checkBody(q)...))
}

// checkBody reads the request's JSON as the skeleton has it.
func (p *Plan) checkBody(q *Request) []shape.Mismatch {
	if q.Parts {
		q.Body, _ = p.parts.Read(q.Body)
		return nil
	}
	if p.request == nil || len(q.Files) > 0 || q.Form != nil {
		q.Body, _ = (*shape.Shape)(nil).Read(q.Body)
		return nil
	}
	var wrong []shape.Mismatch
	if o, ok := q.Body.(Object); p.request.Type == "array" && (q.Body == nil || ok && len(o) == 0) {
		// Ids that may be in the body instead of the path. SDKs send an empty object where they have none.
	} else if q.Body != nil {
		q.Body, wrong = p.request.Read(q.Body)
	} else if p.needsJSON() && p.shape.RequestRequired {
		wrong = p.request.Check(Object{})
	}
	return wrong
}

// needsJSON reports whether a request without a body is one without the members of its JSON. Handlers of the operations
// that take files as well decide that for themselves.
func (p *Plan) needsJSON() bool { return p.shape.RequestRequired && !p.bodyTypes().formData }

// pagingParams lists the paging parameters.
var pagingParams = map[string]bool{"page": true, "perPage": true, "pageToken": true, "recordCount": true,
	"startIndex": true, "count": true}
