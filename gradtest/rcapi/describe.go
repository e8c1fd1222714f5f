package rcapi

import "strings"

// MostSimilar returns the operation whose method and path are most similar to those of a request that the catalogue
// lacks. A segment of the path that is an id, ~ or {} is taken for a parameter. [NearestPaths] returns only paths that
// are almost the same.
func MostSimilar(method, path string) Operation {
	own := strings.Split(path, "/")
	var similar Operation
	least := -1
	for op := range All() {
		cost := alignment(own, strings.Split(op.Path, "/"))
		if op.Method != method {
			cost += 4
		}
		if least < 0 || cost < least {
			least, similar = cost, op
		}
	}
	return similar
}

// Describe returns an operation that the catalogue lacks, as [Parse] does, from the method and path of a request of it.
// Segments that are ids, ~ or {} become parameters that are named after the segment before them.
func Describe(method, path string) (Operation, error) {
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	used := make(map[string]bool)
	for i, s := range segments {
		if !isID(s) {
			continue
		}
		name := "id"
		if i > 0 && !strings.HasPrefix(segments[i-1], "{") {
			name = camel(strings.TrimSuffix(segments[i-1], "s")) + "Id"
		}
		for used[name] {
			name += "2"
		}
		used[name] = true
		segments[i] = "{" + name + "}"
	}
	return Parse(method + " /" + strings.Join(segments, "/"))
}

// alignment is the cost of turning the segments of a path into those of a template: of inserting, removing and
// changing segments.
func alignment(path, template []string) int {
	const missing = 10
	return editCost(len(path), len(template), missing, func(i, j int) int {
		p, t := path[i], template[j]
		switch {
		case p == t, strings.HasPrefix(t, "{") && isID(p):
			return 0
		case strings.HasPrefix(t, "{") || isID(p):
			return 6
		}
		return min(15, 1+editCost(len(p), len(t), 1, func(i, j int) int {
			if p[i] == t[j] {
				return 0
			}
			return 1
		}))
	})
}

// editCost is the edit distance of two sequences of n and m elements: gap is the cost of an element without partner,
// change that of a pair.
func editCost(n, m, gap int, change func(i, j int) int) int {
	row := make([]int, m+1)
	for j := range row {
		row[j] = j * gap
	}
	for i := range n {
		diagonal := row[0]
		row[0] = (i + 1) * gap
		for j := range m {
			least := min(diagonal+change(i, j), row[j]+gap, row[j+1]+gap)
			diagonal, row[j+1] = row[j+1], least
		}
	}
	return row[m]
}

func isID(segment string) bool {
	return segment == "~" || segment == "{}" || strings.Trim(segment, "0123456789") == ""
}

// camel turns call-log into callLog.
func camel(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool {
		return (r|0x20 < 'a' || r|0x20 > 'z') && (r < '0' || r > '9')
	})
	for i, w := range words {
		if i > 0 {
			words[i] = strings.ToUpper(w[:1]) + w[1:]
		}
	}
	return strings.Join(words, "")
}
