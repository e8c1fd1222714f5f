package world

import (
	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// What the external tests look at.
const (
	DefaultSubscription = defaultSubscription
	MaxExpired          = maxExpired
)

// The roles that TestCycle goes through.
const (
	RoleCreate = roleCreate
	RoleRead   = roleRead
	RoleUpdate = roleUpdate
	RoleList   = roleList
	RoleRemove = roleRemove
)

type Role = role

// View is a resolved plan.
type View struct {
	Op       rcapi.Operation
	Kind     string
	Role     Role
	Request  *shape.Shape
	Steps    []Step
	Named    bool
	Unpaged  bool
	Member   string // name of the list's array
	Contains func(*Resource) bool
}

// Step is one parameter of a path; Account if it names the account.
type Step struct {
	Known   string
	Account bool
	step    pathStep
}

func (p *Plan) View() View {
	p.resolve()
	v := View{
		Op: p.op, Kind: p.kind, Role: p.role, Request: p.request, Named: p.named(), Unpaged: p.listShape.style == unpaged,
		Member: p.listShape.member, Contains: func(r *Resource) bool { return p.filter == nil || p.filter(r) },
	}
	for _, s := range p.steps {
		v.Steps = append(v.Steps, Step{Known: s.known, Account: s.kind == "", step: s})
	}
	return v
}

// ExampleID returns an id that the step can have.
func (w *World) ExampleID(s Step, user string, in []Param) (string, bool) {
	return w.example(s.step, user, in)
}

// SeededPlaces counts the places that have been seeded.
func (w *World) SeededPlaces() int {
	n := 0
	for _, k := range w.kinds {
		n += len(k.seeded)
	}
	return n
}

// Unlocked reports whether the lock is free.
func (w *World) Unlocked() bool {
	if !w.mu.TryLock() {
		return false
	}
	w.mu.Unlock()
	return true
}

// PlanWith returns a plan of the operation with another handler.
func (ps *Plans) PlanWith(op rcapi.Operation, h Handler) *Plan {
	p := ps.newPlan(op)
	p.handler = h
	return p
}
