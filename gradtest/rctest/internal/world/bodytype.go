package world

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// bodyTypes are the kinds of bodies that an operation takes.
type bodyTypes struct{ json, form, parts, formData, other bool }

func (p *Plan) bodyTypes() (t bodyTypes) {
	for _, c := range p.shape.Request {
		switch {
		case shape.IsJSON(c.Type):
			t.json = true
		case c.Type == "application/x-www-form-urlencoded":
			t.form = true
		case strings.HasPrefix(c.Type, "multipart/"):
			t.parts = true
			t.formData = t.formData || c.Type == "multipart/form-data"
		case c.Type == "*/*": // in operations of older editions
			return bodyTypes{json: true, form: true, parts: true, other: true}
		default:
			t.other = true
		}
	}
	return t
}

// checkType refuses a body of a type that the operation does not take, and no body where only a multipart one is taken.
// A file by itself is taken wherever a multipart body is: clients upload images that way.
func (p *Plan) checkType(q *Request) *Problem {
	if len(p.shape.Request) == 0 {
		return nil
	}
	t := p.bodyTypes()
	var taken bool
	switch {
	case q.Parts:
		taken = t.parts
	case q.Form != nil:
		taken = t.form
	case len(q.Files) > 0:
		taken = t.parts || t.other
	case q.Body != nil:
		taken = t.json
	default:
		if t.json || !p.shape.RequestRequired || p.parts == nil {
			return nil
		}
		return problemOfMismatches(p.parts.Check(Object{}))
	}
	if !taken {
		return problemMediaType.New()
	}
	return nil
}
