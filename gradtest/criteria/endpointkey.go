package criteria

import (
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// endpointKey is where a call went, according to its record.
type endpointKey struct{ op, method, path string }

// place returns the index of the call's endpoint. If the operation is known to be an authorization request, the call is
// one even if its record does not say so: the reservation of a slot does not always know.
func (e *evidence) place(r *ledger.Record, c *call) int32 {
	if r.Method == "HEAD" || r.Method == "OPTIONS" { // no operation of the platform: they show nothing of an endpoint
		return none
	}
	if c.oauth || c.outcome == unsent || c.outcome == ignored || c.last <= -rolling {
		return none
	}
	last, ok := e.lately[r.Op]
	i := last.endpoint
	if !ok || last.method != r.Method || last.path != r.Path {
		i = e.locate(endpointKey{r.Op, r.Method, r.Path})
		e.lately[r.Op] = located{r.Method, r.Path, i}
	}
	if i == authorization || i >= 0 && e.endpoints[i].oauth {
		c.oauth = true
		if c.outcome == failed {
			c.kinds = ClientError | TokenFailure
		}
		return none
	}
	return i
}

// located is where the latest record of an operation went. Records of one operation mostly agree, and looking up one
// short string is faster than looking up an endpointKey.
type located struct {
	method, path string
	endpoint     int32
}

func (e *evidence) locate(at endpointKey) int32 {
	i, ok := e.found[at]
	if !ok {
		i = e.resolve(at)
		e.found[at] = i
	}
	return i
}

// resolve finds or adds the endpoint. Method and path decide before the operation id, as they do on the platform.
func (e *evidence) resolve(at endpointKey) int32 {
	op, known := rcapi.Lookup(at.op)
	if known && op.OAuth() {
		return authorization
	}
	if at.path == "" {
		if !known { // the id of an operation outside the catalogue is its pattern
			op, _ = rcapi.Parse(at.op)
		}
		at.method, at.path = op.Method, op.Path
	}
	i, ok := e.found[endpointKey{method: at.method, path: at.path}]
	if !ok || at.path == "" {
		i, ok = e.found[endpointKey{op: at.op}]
		ok = ok && at.op != ""
	}
	switch {
	case ok:
		e.describe(i, at)
		return i
	case at.op == "" && at.path == "":
		return none
	}
	// The record knows where the call went; the catalogue only adds group and scope.
	op.ID, op.Method, op.Path = at.op, at.method, at.path
	i = int32(len(e.endpoints))
	if !known {
		_, known = rcapi.Match(at.method, at.path)
	}
	e.endpoints = append(e.endpoints, endpoint{name: display("", op), op: e.policy.at(op), known: known, need: e.policy.need(0)})
	e.remember(i, at)
	return i
}

// describe completes an undeclared endpoint with what a later record knows about it.
func (e *evidence) describe(i int32, at endpointKey) {
	t := &e.endpoints[i]
	if t.declared {
		return
	}
	if t.op.Path == "" && at.path != "" {
		t.op.Method, t.op.Path = at.method, at.path
	}
	if t.op.ID == "" && at.op != "" {
		method, path := t.op.Method, t.op.Path
		if op, ok := rcapi.Lookup(at.op); ok {
			t.op = op
		}
		t.op.ID, t.op.Method, t.op.Path = at.op, method, path
	}
	t.name = display("", t.op)
	e.remember(i, at)
}

// remember indexes an endpoint by its method and path, and by its operation.
func (e *evidence) remember(i int32, at endpointKey) {
	if at.path != "" {
		e.found[endpointKey{method: at.method, path: at.path}] = i
	}
	if at.op != "" {
		e.found[endpointKey{op: at.op}] = i
	}
}

func display(name string, op rcapi.Operation) string {
	switch {
	case name != "":
		return name
	case op.ID != "":
		return op.ID
	}
	return op.Method + " " + op.Path
}
