package world

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Plan describes how an operation is performed. All worlds share it.
type Plan struct {
	plans  *Plans
	op     rcapi.Operation
	filter func(*Resource) bool // what of the kind is found there; nil: everything
	steps  []pathStep           // a parameter of the path each
	kind   string               // of what it lists, makes or names; empty: of nothing

	// From domains; nil without one. See Domain:
	before  func(*World, *Request) *Problem
	created func(*World, *Request, *Resource) *Problem
	updated func(*World, *Request, Object) *Problem
	lister  func(*World, *Request) ([]*Resource, *Problem) // the members of a list

	// From the skeleton, on first use:
	once         sync.Once
	role         role
	shape        *shape.Operation
	status       int    // of success
	contentType  string // content type of success; empty: JSON or none
	answer       *shape.Shape
	conditionals []conditional // parts of the answer that depend on the request
	answers      sync.Map      // of answerTo
	request      *shape.Shape  // of a JSON body; nil: none is known
	parts        *shape.Shape  // of a multipart body; nil: none is known
	listShape    listShape
	handler      Handler
	byUser       bool // the answer depends on who asks
	cacheable    bool // the answer changes only with the world
}

// pathStep is one parameter of a path.
type pathStep struct {
	name   string               // as the template has it
	known  string               // as things know it
	kind   string               // of what it names; empty: the account
	filter func(*Resource) bool // which of the kind are found there; nil: all
}

// Plans are the plans of all operations of the catalogue. Any number of worlds can share them.
type Plans struct {
	domains []Domain
	byID    map[string]*Plan // by operation id
	owned   map[string]bool  // kinds that domains seed themselves
	forms   sync.Map         // name of the kind → form
}

// NewPlans makes the plans of the catalogue. If two domains define the same operation, the later one applies.
func NewPlans(domains ...Domain) *Plans {
	p := &Plans{domains: append([]Domain{subscriptions()}, domains...), byID: make(map[string]*Plan, 600),
		owned: make(map[string]bool)}
	for _, d := range p.domains {
		for _, name := range d.Owned {
			p.owned[name] = true
		}
	}
	for op := range rcapi.All() {
		p.byID[op.ID] = p.newPlan(op)
	}
	return p
}

// Of returns the plan of an operation of the catalogue; nil for others.
func (p *Plans) Of(operationID string) *Plan { return p.byID[operationID] }

func (ps *Plans) newPlan(op rcapi.Operation) *Plan {
	all := ps.domains
	p := &Plan{plans: ps, op: op, kind: kindOf(op.Path, all), filter: filterOf(op.Path, all)}
	prefix := ""
	for segment := range strings.SplitSeq(op.Path[1:], "/") {
		if strings.HasPrefix(segment, "{") {
			name := strings.Trim(segment, "{}")
			s := pathStep{name: name, known: name}
			for _, d := range all {
				if as, ok := d.Params[prefix+" "+name]; ok {
					s.known = as
				}
			}
			if name != "accountId" {
				s.kind = kindOf(prefix, all)
				s.filter = filterOf(prefix, all)
			}
			p.steps = append(p.steps, s)
		}
		prefix += "/" + segment
	}
	for _, d := range all {
		if act := d.Handlers[op.ID]; act != nil {
			p.handler = act
		}
		if before := d.Before[op.ID]; before != nil {
			p.before = before
		}
		if created := d.OnCreate[op.ID]; created != nil {
			p.created = created
		}
		if updated := d.OnUpdate[op.ID]; updated != nil {
			p.updated = updated
		}
		if picks := d.Lists[op.ID]; picks != nil {
			p.lister = picks
		}
	}
	return p
}

// kindOf returns the kind of the resources under a collection template, or of the resource of an item template.
func kindOf(template string, all []Domain) string {
	template = strings.TrimSuffix(strings.TrimSuffix(template, "/search"), "/.search")
	if i := strings.LastIndexByte(template, '/'); strings.HasPrefix(template[i+1:], "{") {
		template = template[:i]
	}
	for _, d := range all {
		if name, ok := d.Kinds[template]; ok {
			return name
		}
	}
	return template
}

// filterOf returns the filter of a collection template; nil: all resources of the kind.
func filterOf(template string, all []Domain) func(*Resource) bool {
	if i := strings.LastIndexByte(template, '/'); strings.HasPrefix(template[i+1:], "{") {
		template = template[:i]
	}
	for _, d := range all {
		if only := d.Filters[template]; only != nil {
			return only
		}
	}
	return nil
}

// accepts reports whether a resource is visible at the step.
func (s pathStep) accepts(t *Resource) bool { return s.filter == nil || s.filter(t) }

// named reports whether the operation's path ends with the id of a resource.
func (p *Plan) named() bool {
	return strings.HasSuffix(p.op.Path, "}") && p.steps[len(p.steps)-1].kind != ""
}

// resolve reads the skeleton and determines the role.
func (p *Plan) resolve() {
	p.once.Do(func() {
		p.shape = shape.Of(p.op.ID)
		if p.shape == nil {
			p.shape = &shape.Operation{ID: p.op.ID}
		}
		p.pickSuccess()
		for _, c := range p.shape.Request {
			switch {
			case shape.IsJSON(c.Type) && p.request == nil:
				p.request = c.Shape
			case strings.HasPrefix(c.Type, "multipart/") && p.parts == nil:
				p.parts = c.Shape
			}
		}
		p.role = roleOf(p)
		own := p.handler != nil
		if !own {
			p.handler = p.role.handler()
		}
		p.conditionals = conditionalsOf(p.op.ID)
		p.cacheable = !own && (p.role == roleRead || p.role == roleReadSetting)
		p.byUser = slices.ContainsFunc(p.conditionals, func(c conditional) bool { return c.byUser })
	})
}

// pickSuccess chooses the status and content of success: 201 for a creation, 204 for a removal. A batch's 207 is
// never used for a single resource.
func (p *Plan) pickSuccess() {
	best := -1
	for i, a := range p.shape.Responses {
		switch {
		case best < 0,
			p.op.Method == http.MethodPost && a.Status == http.StatusCreated,
			p.op.Method == http.MethodDelete && a.Status == http.StatusNoContent:
			best = i
		}
	}
	if best < 0 {
		p.status = http.StatusOK
		return
	}
	a := p.shape.Responses[best]
	p.status = a.Status
	for _, c := range a.Contents {
		if shape.IsJSON(c.Type) {
			p.answer = c.Shape
			if c.Type != "application/json" {
				p.contentType = c.Type
			}
			return
		}
	}
	for _, c := range a.Contents {
		if !strings.HasPrefix(c.Type, "multipart/") {
			p.contentType = c.Type
			return
		}
	}
}
