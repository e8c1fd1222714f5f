package shape

import "regexp"

// Shape is a node of a skeleton: what values fit it. It is shared and must not be changed; all goroutines may read it.
// A nil Shape is anything.
type Shape struct {
	Type     string // "object", "array", "string", "integer", "number" or "boolean"; empty: see Alternatives, or anything
	Format   string // "date-time", "uri", "int64" and so on; empty: none
	Enum     []any  // the values there are; nil: no such list
	Pattern  string // an expression that strings match somewhere; empty: none
	Default  any    // what the platform takes when nothing is given; nil: unknown
	Nullable bool   // null fits as well

	Min, Max             *float64 // of numbers, both included; nil: unbounded
	MinLength, MaxLength int      // of strings, in characters; 0: unbounded
	MinItems, MaxItems   int      // of arrays; 0: unbounded
	Unique               bool     // items of an array differ

	Members    []Member // of an object, in the platform's order
	MinMembers int      // how many members an object has at least
	Others     *Shape   // members of other names; nil: anything, unless Closed
	Closed     bool     // there are no members of other names
	Items      *Shape   // of an array

	// Alternatives are the shapes of which a value fits at least one. Then only Nullable is said beside them.
	Alternatives []*Shape
	Exclusive    bool // a value fits exactly one
	// Discriminator is the member that tells the alternatives apart: in each it has an Enum of its own. Empty: none.
	Discriminator string

	pattern *regexp.Regexp
}

// Member is one member of an object.
type Member struct {
	Name      string
	Shape     *Shape
	Required  bool // in requests only if it is not ReadOnly, in answers only if it is not WriteOnly
	ReadOnly  bool
	WriteOnly bool

	bad bool // tells of an error or a deletion
}

// Member finds a member by name.
func (s *Shape) Member(name string) (Member, bool) {
	if s != nil {
		for i := range s.Members {
			if s.Members[i].Name == name {
				return s.Members[i], true
			}
		}
	}
	return Member{}, false
}

// Free reports whether nothing is said of the members of an object.
func (s *Shape) Free() bool {
	return s == nil || len(s.Members) == 0 && len(s.Alternatives) == 0 && s.Others == nil && !s.Closed
}

// pick is the alternative that the discriminator of an object names; nil when there is none.
func (s *Shape) pick(object map[string]any) *Shape {
	if s.Discriminator == "" {
		return nil
	}
	v, ok := object[s.Discriminator].(string)
	if !ok {
		return nil
	}
	for _, a := range s.Alternatives {
		if m, ok := a.Member(s.Discriminator); ok && m.Shape.lists(v) {
			return a
		}
	}
	return nil
}

// lists reports whether a string is one of the enum, or there is none.
func (s *Shape) lists(v string) bool {
	if s == nil || s.Enum == nil {
		return true
	}
	for _, e := range s.Enum {
		if e == v {
			return true
		}
	}
	return false
}
