package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/rcapigen/openapi"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// mask has a bit for each edition, in the order of [rcapi.Editions].
func mask(names []string) int {
	out := 0
	for i, e := range rcapi.Editions() {
		if slices.Contains(names, string(e)) {
			out |= 1 << i
		}
	}
	return out
}

// emitEditions writes what older editions say differently. It is one text and not values, because programs rarely
// need it: a text costs no more than its length.
func emitEditions(b *bytes.Buffer, rows []openapi.Merged) {
	b.WriteString("// changes has a line for each operation and older edition that differ: the id, the index of the edition, and\n" +
		"// facts as name=value, separated by tabs.\nconst changes = `\n")
	for _, r := range rows {
		for _, was := range r.Was {
			if differ := facts(was.Row, r.Row); differ != nil {
				i := slices.Index(rcapi.Editions(), rcapi.Edition(was.Edition))
				fmt.Fprintf(b, "%s\t%d\t%s\n", r.ID, i, strings.Join(differ, "\t"))
			}
		}
	}
	b.WriteString("`\n\n// renamed lists the ids that operations had in older editions, sorted.\nvar renamed = [...]struct {\nid string\nop *Operation\n}{\n")
	for _, a := range aliases(rows) {
		fmt.Fprintf(b, "{%q, &%s},\n", a[0], identifier(a[1]))
	}
	b.WriteString("}\n")
}

// emitErrors writes the error codes that operations document, as one text for the same reason.
func emitErrors(b *bytes.Buffer, rows []openapi.Merged) {
	b.WriteString("// documentedErrors has a line for each operation that documents error codes: the id, and status and code of each,\n" +
		"// separated by tabs.\nconst documentedErrors = `\n")
	for _, r := range rows {
		if len(r.Codes) > 0 {
			fmt.Fprintf(b, "%s\t%s\n", r.ID, strings.Join(r.Codes, "\t"))
		}
	}
	b.WriteString("`\n")
}

// facts lists what was different in an older edition, besides ids and the names of parameters.
func facts(was, is openapi.Row) []string {
	var out []string
	for _, f := range []struct{ name, was, is string }{
		{"group", was.Group, is.Group},
		{"scope", was.Scope, is.Scope},
		{"permission", was.Permission, is.Permission},
		{"success", numbers(was.Success), numbers(is.Success)},
		{"types", strings.Join(was.ContentTypes, ","), strings.Join(is.ContentTypes, ",")},
		{"query", strings.Join(was.RequiredQuery, ","), strings.Join(is.RequiredQuery, ",")},
		{"deprecated", fmt.Sprint(was.Deprecated), fmt.Sprint(is.Deprecated)},
	} {
		if f.was != f.is {
			out = append(out, f.name+"="+f.was)
		}
	}
	return out
}

// aliases returns pairs of an old id and the present one. An id that another operation has now is none.
func aliases(rows []openapi.Merged) [][2]string {
	taken := make(map[string]bool)
	for _, r := range rows {
		taken[r.ID] = true
	}
	var out [][2]string
	for _, r := range rows {
		for _, was := range r.Was {
			if !taken[was.Row.ID] {
				taken[was.Row.ID] = true
				out = append(out, [2]string{was.Row.ID, r.ID})
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return out
}

func numbers(list []int) string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint(list), "[]"), " ", ",")
}
