package shape

import "regexp"

// Shape is a schema. It is shared and must not be changed. Any value fits a nil Shape.
type Shape struct {
	Type     string // "object", "array", "string", "integer", "number" or "boolean"; empty: see Alternatives, or anything
	Format   string // "date-time", "uri", "int64" and so on; empty: none
	Enum     []any  // allowed values; nil: any
	Pattern  string // regular expression that must match somewhere in a string; empty: none
	Default  any    // value that the platform assumes; nil: unknown
	Nullable bool   // null fits too

	Min, Max             *float64 // of numbers, inclusive; nil: unbounded
	MinLength, MaxLength int      // of strings, in characters; 0: unbounded
	MinItems, MaxItems   int      // of arrays; 0: unbounded
	Unique               bool     // items of an array differ

	Members    []Member // of an object, in the platform's order
	MinMembers int      // least number of members of an object
	Others     *Shape   // of members with other names; nil: any value, unless Closed
	Closed     bool     // no members with other names are allowed
	Items      *Shape   // of an array

	// Alternatives are shapes of which a value fits at least one. Of the other fields only Nullable, Exclusive and
	// Discriminator are set then.
	Alternatives []*Shape
	Exclusive    bool // a value fits exactly one alternative
	// Discriminator is the member that selects the alternative: each has its own Enum for it. Empty: none.
	Discriminator string

	pattern *regexp.Regexp
}

// Member is one member of an object.
type Member struct {
	Name      string
	Shape     *Shape
	Required  bool // in requests unless ReadOnly, in responses unless WriteOnly
	ReadOnly  bool
	WriteOnly bool

	failure bool // is about an error or a deletion
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

// Free reports whether an object may have any members.
func (s *Shape) Free() bool {
	return s == nil || len(s.Members) == 0 && len(s.Alternatives) == 0 && s.Others == nil && !s.Closed
}

// pick returns the alternative that the discriminator of an object selects, or nil.
func (s *Shape) pick(object map[string]any) *Shape {
	if s.Discriminator == "" {
		return nil
	}
	v, ok := object[s.Discriminator].(string)
	if !ok {
		return nil
	}
	for _, a := range s.Alternatives {
		if m, ok := a.Member(s.Discriminator); ok && m.Shape.allows(v) {
			return a
		}
	}
	return nil
}

// allows reports whether a string is in the enum or there is no enum.
func (s *Shape) allows(v string) bool {
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
