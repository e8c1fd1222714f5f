package rcapi

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest returns up to n operationIds that id may have meant, the likeliest first: other case, a few wrong letters, or
// letters left out. It may return none. A leading "rcapi." is ignored, so that a Go name can be asked for too.
func Nearest(id string, n int) []string {
	id = strings.ToLower(strings.TrimPrefix(id, "rcapi."))
	if id == "" || n <= 0 || len(id) > 200 {
		return nil
	}
	type candidate struct {
		id    string
		score int
	}
	var found []candidate
	for _, o := range byID {
		lower := strings.ToLower(o.ID)
		d := distance(id, lower)
		switch {
		case d <= 1+len(id)/4:
			found = append(found, candidate{o.ID, d})
		case strings.Contains(lower, id) || strings.Contains(id, lower):
			found = append(found, candidate{o.ID, 100 + d})
		case len(id) >= 4 && subsequence(id, lower):
			found = append(found, candidate{o.ID, 200 + d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.score, b.score) })
	var out []string
	for _, c := range found[:min(n, len(found))] {
		out = append(out, c.id)
	}
	return out
}

// distance counts the insertions, deletions, replacements and swaps of neighbours between a and b.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// subsequence reports whether the bytes of a occur in b in their order.
func subsequence(a, b string) bool {
	for i := range len(a) {
		at := strings.IndexByte(b, a[i])
		if at < 0 {
			return false
		}
		b = b[at+1:]
	}
	return true
}
