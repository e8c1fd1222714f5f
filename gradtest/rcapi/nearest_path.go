package rcapi

import (
	"cmp"
	"slices"
	"strings"
)

// NearestPaths returns up to n operations of a method whose path template is misspelt in path: one or two letters of
// one literal segment differ, besides the names of parameters. The most similar comes first. An operation of exactly
// that path is alone in the result. Versions (v1, v1.0) and segments of up to three letters are never taken for
// misspelt.
func NearestPaths(method, path string, n int) []Operation {
	type candidate struct {
		op    *Operation
		score int
	}
	var found []candidate
	want := strings.Split(path, "/")
	for _, o := range table {
		if o.Method != method {
			continue
		}
		score, ok := misspelling(want, o.Path)
		if ok && score == 0 {
			return []Operation{*o}
		}
		if ok {
			found = append(found, candidate{o, score})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.score, b.score) })
	var out []Operation
	for _, c := range found[:max(0, min(n, len(found)))] {
		out = append(out, *c.op)
	}
	return out
}

// misspelling counts the letters in which one literal segment of want differs from a template; ok is false if more
// does.
func misspelling(want []string, template string) (score int, ok bool) {
	if strings.Count(template, "/") != len(want)-1 {
		return 0, false
	}
	i := 0
	for segment := range strings.SplitSeq(template, "/") {
		given := want[i]
		i++
		switch {
		case given == segment, strings.HasPrefix(given, "{") && strings.HasPrefix(segment, "{"):
			continue
		case score > 0, len(segment) <= 3, strings.HasPrefix(segment, "{"), strings.HasPrefix(given, "{"), isVersion(segment):
			return 0, false
		}
		if score = distance(given, segment); score > 2 {
			return 0, false
		}
	}
	return score, true
}

func isVersion(segment string) bool {
	return len(segment) > 1 && segment[0] == 'v' && '0' <= segment[1] && segment[1] <= '9'
}
