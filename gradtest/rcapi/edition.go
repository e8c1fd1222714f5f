package rcapi

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// Edition is the platform's public specification at one date, such as "2024-03-05". The catalogue has the operations of
// all editions. The zero Edition means all of them, each operation as in its newest.
type Edition string

// The editions, named by their dates.
const (
	Edition2021 Edition = "2021-03"    // API 1.0.46, with the /glip and Meetings operations
	Edition2023 Edition = "2023-05"    // the time of the developer guide's last text about graduation
	Edition2024 Edition = "2024-03-05" // two days before graduation was withdrawn
	Edition2026 Edition = "2026-08"
	Newest              = Edition2026
)

// editions is indexed by the bits of Operation.editions.
var editions = [...]Edition{Edition2021, Edition2023, Edition2024, Edition2026}

// Editions returns all editions, the oldest first. The slice is the caller's.
func Editions() []Edition { return slices.Clone(editions[:]) }

// ParseEdition returns the edition of that name. The beginning of a name is enough, such as "2024".
func ParseEdition(name string) (Edition, error) {
	for _, e := range editions {
		if name != "" && strings.HasPrefix(string(e), name) {
			return e, nil
		}
	}
	return "", fmt.Errorf("rcapi: no edition is named %q: use one of %s", name, joined(editions[:]))
}

// Operations yields the operations of the edition, as it documents them (see [Operation.At]), in the order of [All].
func (e Edition) Operations() iter.Seq[Operation] {
	return func(yield func(Operation) bool) {
		for _, o := range table {
			if at, ok := o.At(e); ok && !yield(at) {
				return
			}
		}
	}
}

// bit is the bit of e in Operation.editions; zero for an edition that is not known.
func (e Edition) bit() uint8 {
	if i := slices.Index(editions[:], e); i >= 0 {
		return 1 << i
	}
	return 0
}

// Editions returns the editions that have o, the oldest first; nil for an operation that the catalogue lacks.
func (o Operation) Editions() []Edition {
	var out []Edition
	for _, e := range editions {
		if o.editions&e.bit() != 0 {
			out = append(out, e)
		}
	}
	return out
}

// At returns o as an edition documents it: with the usage-plan group, scope, user permission, statuses, content types
// and required query of the time. ID, Path and what [Operation.In] and [Operation.Needs] have set stay. The scope has
// the spelling of the edition, such as Glip for TeamMessaging; see [Scope.Canonical]. ok is false if the edition does
// not have o; then o itself is returned. Every operation is in the zero Edition as it is.
func (o Operation) At(e Edition) (at Operation, ok bool) {
	bit := e.bit()
	switch {
	case e == "":
		return o, true
	case o.editions&bit == 0:
		return o, false
	case o.changed&bit == 0:
		return o, true
	}
	is, _ := Lookup(o.ID)
	for fact := range strings.SplitSeq(change(o.ID, slices.Index(editions[:], e)), "\t") {
		name, value, _ := strings.Cut(fact, "=")
		switch name {
		case "group":
			if o.Group == is.Group {
				o.Group = Group(value)
			}
		case "scope":
			if o.Scope == is.Scope {
				o.Scope = Scope(value)
			}
		case "permission":
			o.Permission = value
		case "success":
			o.Success = nil
			for number := range strings.SplitSeq(value, ",") {
				status, _ := strconv.Atoi(number) // the generator wrote it
				o.Success = append(o.Success, status)
			}
		case "types":
			o.ContentTypes = listed(value)
		case "query":
			o.RequiredQuery = listed(value)
		case "deprecated":
			o.Deprecated = value == "true"
		}
	}
	return o, true
}

// change returns the facts of one line of changes.
func change(id string, edition int) string {
	_, rest, _ := strings.Cut(changes, "\n"+id+"\t"+strconv.Itoa(edition)+"\t")
	line, _, _ := strings.Cut(rest, "\n")
	return line
}

func listed(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, ",")
}

func joined[S ~string](names []S) string {
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(name))
	}
	return b.String()
}
