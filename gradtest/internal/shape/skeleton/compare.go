package skeleton

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Compare lists the differences between a data file and one generated from the specification, by operation in the order
// of the specification. It ignores schema numbers and compares only requests and responses. Nil means that there are
// none.
func Compare(have, want *File) []string {
	var out []string
	for _, id := range want.IDs {
		if _, ok := have.Operations[id]; !ok {
			out = append(out, id+": in the specification, not in the data")
			continue
		}
		got, wanted := have.expand(id), want.expand(id)
		for i := range max(len(got), len(wanted)) {
			g, w := at(got, i), at(wanted, i)
			if g != w {
				out = append(out, fmt.Sprintf("%s: got %s, want %s", id, g, w))
				break
			}
		}
	}
	for _, id := range have.IDs {
		if _, ok := want.Operations[id]; !ok {
			out = append(out, id+": in the data, not in the specification")
		}
	}
	return out
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "nothing"
}

// expand returns an operation and the schemas that it refers to, one line each, numbered in the order of first use.
func (f *File) expand(id string) []string {
	numbers := make(map[int]int)
	var order []int
	renumber := func(n int) int {
		if n == 0 {
			return 0
		}
		if numbers[n] == 0 {
			order = append(order, n)
			numbers[n] = len(order)
		}
		return numbers[n]
	}
	members := func(list []Member) []Member {
		list = slices.Clone(list)
		for i := range list {
			list[i].Shape = renumber(list[i].Shape)
		}
		return list
	}
	choices := func(list []int) []int {
		list = slices.Clone(list)
		for i := range list {
			list[i] = renumber(list[i])
		}
		return list
	}
	op := f.Operations[id]
	op.Params, op.Request, op.Answers = members(op.Params), members(op.Request), members(op.Answers)
	lines := []string{line(op)}
	for i := 0; i < len(order); i++ {
		r := f.Rows[order[i]-1]
		r.Members, r.OneOf, r.AnyOf = members(r.Members), choices(r.OneOf), choices(r.AnyOf)
		r.Items, r.Others = renumber(r.Items), renumber(r.Others)
		lines = append(lines, line(r))
	}
	return lines
}

func line(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
