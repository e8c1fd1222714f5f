package suitegen

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// endpoint is one endpoint of the suite, with what its calls need.
type endpoint struct {
	Operation
	for_    []string // IDs of the endpoints that need it, if the app does not call it
	ids     []source
	query   []pair
	body    *body
	read    rcapi.Operation // has the present state, of which members are sent back; zero: body is sent
	members []string
	cleanup rcapi.Operation // removes what the call has made; zero: nothing
	removes string          // path of the id in the response; empty: the call's own parameter
	gone    string          // parameter of cleanup
	exempt  string          // why it is not called; empty: it is called
	paidBy  string          // ID of the endpoint whose Prepare makes the calls, if it is exempt for that
	pays    string          // ID of a paid endpoint of the file, whose calls this one makes in Prepare
}

type pair struct{ name, value string }

// plan decides what each endpoint needs, and adds the operations that the suite itself calls.
func plan(ops []Operation) (all []*endpoint) {
	uses := make(map[string]bool) // the app calls it
	for _, o := range ops {
		uses[o.Op.ID] = true
	}
	index, calledFrom := make(map[string]*endpoint), make(map[string][]string)
	for _, o := range ops {
		calledFrom[o.Op.String()] = o.Sites
	}
	var add func(o Operation, for_ string)
	add = func(o Operation, for_ string) {
		if e := index[o.Op.String()]; e != nil {
			if for_ != "" && !uses[o.Op.ID] && !slices.Contains(e.for_, for_) {
				e.for_ = append(e.for_, for_)
			}
			return
		}
		o.Sites = calledFrom[o.Op.String()]
		e := prepare(o, uses)
		if for_ != "" && !uses[o.Op.ID] {
			e.for_ = []string{for_}
		}
		index[o.Op.String()] = e
		all = append(all, e)
		for _, op := range e.calls() {
			if op.ID == e.cleanup.ID && o.Op.Paid() && !uses[op.ID] {
				continue // an endpoint of its own would pay for more calls, and this one calls it often enough
			}
			add(Operation{Op: op}, o.Op.ID)
		}
	}
	for _, o := range ops {
		add(o, "")
	}
	payOnce(all)
	slices.SortStableFunc(all, func(a, b *endpoint) int {
		return cmp.Or(cmp.Compare(min(len(a.for_), 1), min(len(b.for_), 1)), cmp.Compare(rank(a.Op), rank(b.Op)))
	})
	return all
}

// payOnce exempts paid operations that other endpoints call before each of their calls: those are the calls that the
// operation needs, and a sweep that sent some besides would pay for more.
func payOnce(all []*endpoint) {
	index := make(map[string]*endpoint)
	for _, e := range all {
		index[e.Op.ID] = e
	}
	for _, e := range all {
		for _, op := range e.calls() {
			if paid := index[op.ID]; op.Paid() && paid != nil && paid != e && paid.exempt == "" {
				paid.exempt = e.Op.ID + " calls it in Prepare, and more calls would cost more money"
				paid.paidBy = e.Op.ID
			}
		}
	}
}

// calls returns the other operations that an endpoint calls.
func (e *endpoint) calls() (ops []rcapi.Operation) {
	for _, s := range e.ids {
		if s.op.ID != "" {
			ops = append(ops, s.op)
		}
		if s.body != nil {
			ops = append(ops, s.body.calls()...)
		}
	}
	switch {
	case e.read.ID != "":
		ops = append(ops, e.read)
	case e.body != nil:
		ops = append(ops, e.body.calls()...)
	}
	if e.cleanup.ID != "" {
		ops = append(ops, e.cleanup)
	}
	return ops
}

// prepare decides what an endpoint needs.
func prepare(o Operation, uses map[string]bool) *endpoint {
	op := o.Op
	e := &endpoint{Operation: o}
	var ok bool
	if e.ids, ok = sources(op, uses); !ok {
		e.exempt = "it is not known where " + strings.Join(op.Missing(nil), " and ") + " comes from"
		return e
	}
	for _, s := range e.ids {
		del, ok := removal(op, s.param)
		if ok && s.fresh && del.ID != op.ID && slices.Contains(op.PathParams, s.param) && !slices.Contains(ending, op.ID) {
			e.cleanup, e.gone = del, s.param
		}
	}
	e.query = requiredQuery(op)
	e.body = bodyOf(op)
	if !hasKnownBody(op) {
		e.read, e.members = present(op, made(e.ids))
	}
	if e.cleanup.ID == "" && op.Method == http.MethodPost {
		e.cleanup, e.removes, e.gone = undo(op)
	}
	return e
}

// sources returns where the ids of an operation come from, in the order in which they are looked up: also those that
// only the lookups have in their paths. It returns false if one is not known.
func sources(op rcapi.Operation, uses map[string]bool) (all []source, ok bool) {
	have := make(map[string]bool)
	var find func(of rcapi.Operation, param string, fresh bool, depth int) bool
	find = func(of rcapi.Operation, param string, fresh bool, depth int) bool {
		if have[param] {
			return true
		}
		s := listed(of, param)
		if made := created(of, param); made.known() && (!s.known() || fresh && freshly(of, param, made.op, uses)) {
			s = made
		}
		if !s.known() || depth > 4 {
			return false
		}
		for _, p := range s.op.Missing(nil) {
			if !find(s.op, p, false, depth+1) {
				return false
			}
		}
		have[param] = true
		all = append(all, s)
		return true
	}
	missing := op.Missing(nil)
	if own, ok := ownResource(op); ok {
		missing = append(missing, own)
	}
	for i, param := range missing {
		if !find(op, param, i == len(missing)-1, 0) {
			return nil, false
		}
	}
	return all, true
}

// ownResource returns the parameter of a removal whose default would be the user itself.
func ownResource(op rcapi.Operation) (param string, ok bool) {
	if op.Method != http.MethodDelete || len(op.PathParams) == 0 {
		return "", false
	}
	param = op.PathParams[len(op.PathParams)-1]
	return param, strings.HasSuffix(op.Path, "/{"+param+"}") && !slices.Contains(op.Missing(nil), param)
}

// freshly reports whether a call needs a resource of its own: it removes or changes it, or the app creates such
// resources itself, so that a list of them may be empty.
func freshly(op rcapi.Operation, param string, create rcapi.Operation, uses map[string]bool) bool {
	if slices.Contains(unharmed, op.ID) {
		return false
	}
	if op.Reads() {
		if slices.Contains(mostlyEmpty, parent(op, param)) {
			return true
		}
		list, _ := at(http.MethodGet, parent(op, param))
		return uses[create.ID] && !uses[list.ID]
	}
	return true
}

// made returns the body with which the suite has made the resource of the last id; nil if it has found it.
func made(ids []source) *body {
	if len(ids) == 0 || !ids[len(ids)-1].fresh {
		return nil
	}
	if b := bodyOf(ids[len(ids)-1].op); b != nil {
		return b
	}
	return &body{json: "{}"}
}

// mostMembers bounds how many optional members of a present state are sent back.
const mostMembers = 4

// present returns the operation that reads what an update changes, and members that the update takes as they are read.
// If the suite has made the resource, only what it has set is there.
func present(op rcapi.Operation, made *body) (read rcapi.Operation, members []string) {
	if op.Method != http.MethodPut && op.Method != http.MethodPatch {
		return read, nil
	}
	read, ok := at(http.MethodGet, op.Path)
	if !ok || shape.Of(op.ID) == nil {
		return read, nil
	}
	var optional []string
	for _, c := range shape.Of(op.ID).Request {
		if !shape.IsJSON(c.Type) || c.Shape == nil {
			continue
		}
		for _, m := range c.Shape.Members {
			shown, ok := response(read).Member(m.Name)
			switch {
			case m.ReadOnly || made != nil && !m.Required && !slices.Contains(made.members(), m.Name):
			case m.Required && !ok:
				return rcapi.Operation{}, nil
			case m.Required:
				members = append(members, m.Name)
			case ok && shown.Shape != nil && m.Shape != nil && shown.Shape.Type == m.Shape.Type && m.Name != "id":
				optional = append(optional, m.Name)
			}
		}
		break
	}
	if len(members) == 0 {
		members = optional[:min(len(optional), mostMembers)]
	}
	if len(members) == 0 {
		return rcapi.Operation{}, nil
	}
	return read, members
}

// undo returns the operation that removes what op creates.
func undo(op rcapi.Operation) (del rcapi.Operation, path, param string) {
	for d := range rcapi.All() {
		rest, ok := strings.CutPrefix(d.Path, op.Path+"/{")
		if !ok || d.Method != http.MethodDelete {
			continue
		}
		param, ok := strings.CutSuffix(rest, "}")
		if !ok || strings.Contains(param, "/") {
			continue
		}
		for _, name := range []string{"id", param} {
			if _, ok := response(op).Member(name); ok {
				return d, name, param
			}
		}
	}
	return rcapi.Operation{}, "", ""
}

// requiredQuery returns the query parameters that an operation requires, with values.
func requiredQuery(op rcapi.Operation) (all []pair) {
	s := shape.Of(op.ID)
	if s == nil {
		return nil
	}
	for _, p := range s.Parameters {
		if p.In != "query" || !p.Required {
			continue
		}
		value := (shape.Maker{}).Parameter(p, "1")
		if p.Shape != nil && p.Shape.Format == "date-time" {
			value = timeToken(p.Name)
		}
		all = append(all, pair{p.Name, value})
	}
	return all
}

// timeToken returns a moment for a member or a parameter: ranges are of the last month.
func timeToken(name string) string {
	name = strings.ToLower(name)
	if strings.Contains(name, "from") || strings.Contains(name, "start") {
		return "{{time -720h}}"
	}
	return "{{time 0h}}"
}
