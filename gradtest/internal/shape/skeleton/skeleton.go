// Package skeleton reads and writes the data file of package shape, which has one schema or one operation per line.
//
// A line is a number and a schema, or an operationId and an operation, as JSON. Schemas are numbered from 1 in the
// order of the file and refer to each other by number; 0 means any value. Members, parameters and contents are one
// string each, so that a change to one is a single word in a diff.
package skeleton

import (
	"fmt"
	"strconv"
	"strings"
)

// Row is one schema.
type Row struct {
	Type          string   `json:"type,omitempty"`
	Format        string   `json:"format,omitempty"`
	Enum          []any    `json:"enum,omitempty"`
	Pattern       string   `json:"pattern,omitempty"`
	Default       any      `json:"default,omitempty"`
	Nullable      bool     `json:"nullable,omitempty"`
	Min           *float64 `json:"min,omitempty"`
	Max           *float64 `json:"max,omitempty"`
	MinLength     int      `json:"minLength,omitempty"`
	MaxLength     int      `json:"maxLength,omitempty"`
	MinItems      int      `json:"minItems,omitempty"`
	MaxItems      int      `json:"maxItems,omitempty"`
	MinMembers    int      `json:"minMembers,omitempty"`
	Unique        bool     `json:"unique,omitempty"`
	Items         int      `json:"items,omitempty"`
	Members       []Member `json:"members,omitempty"`
	Others        int      `json:"others,omitempty"` // schema of members with other names
	Closed        bool     `json:"closed,omitempty"` // no other members are allowed
	OneOf         []int    `json:"oneOf,omitempty"`
	AnyOf         []int    `json:"anyOf,omitempty"`
	Discriminator string   `json:"discriminator,omitempty"`
}

// Alternatives returns the schemas of OneOf or AnyOf.
func (r *Row) Alternatives() []int {
	if r.OneOf != nil {
		return r.OneOf
	}
	return r.AnyOf
}

// Member is a member of an object. It is written as "name number", followed by "!" if it is required, "r" if it is
// read-only and "w" if it is write-only.
type Member struct {
	Name      string
	Shape     int
	Required  bool
	ReadOnly  bool
	WriteOnly bool
}

// MarshalText writes the member in the form of the file.
func (m Member) MarshalText() ([]byte, error) {
	b := append([]byte(m.Name), ' ')
	b = strconv.AppendInt(b, int64(m.Shape), 10)
	for _, flag := range []struct {
		on   bool
		sign byte
	}{{m.Required, '!'}, {m.ReadOnly, 'r'}, {m.WriteOnly, 'w'}} {
		if flag.on {
			b = append(b, flag.sign)
		}
	}
	return b, nil
}

// UnmarshalText parses the form of MarshalText.
func (m *Member) UnmarshalText(text []byte) error {
	s := string(text)
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return fmt.Errorf("skeleton: member %q: no number", s)
	}
	number := strings.TrimRight(s[i+1:], "!rw")
	flags := s[i+1+len(number):]
	n, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("skeleton: member %q: %w", s, err)
	}
	*m = Member{
		Name: s[:i], Shape: n, Required: strings.Contains(flags, "!"),
		ReadOnly: strings.Contains(flags, "r"), WriteOnly: strings.Contains(flags, "w"),
	}
	return nil
}

// Operation is one operation. The members of Params are named "in name", those of Request by content type, and those of
// Answers "status" or "status type".
type Operation struct {
	Params  []Member `json:"params,omitempty"`
	Request []Member `json:"request,omitempty"`
	Answers []Member `json:"answers,omitempty"`
}
