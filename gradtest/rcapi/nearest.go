package rcapi

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest returns up to n operationIds similar to id, the most similar first: in another case, with a few wrong
// letters, with additional words, or with letters left out. It may return none. A leading "rcapi." is ignored, so id
// may be a Go name.
func Nearest(id string, n int) []string {
	id = strings.TrimPrefix(id, "rcapi.")
	if id == "" || n <= 0 || len(id) > 200 {
		return nil
	}
	words, lower := split(id), strings.ToLower(id)
	type candidate struct {
		id    string
		score int
	}
	var found []candidate
	for _, o := range byID {
		if score, ok := unlikeness(lower, words, o.ID); ok {
			found = append(found, candidate{o.ID, score})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.score, b.score) })
	var out []string
	for _, c := range found[:min(n, len(found))] {
		out = append(out, c.id)
	}
	return out
}

// unlikeness scores a candidate; lower is better. Misspelt names score below 100, names with the same words below 1000,
// abbreviations above. ok is false if the candidate is not similar.
func unlikeness(id string, words []string, candidate string) (score int, ok bool) {
	d := distance(id, strings.ToLower(candidate))
	if d <= 1+len(id)/5 {
		return d, true
	}
	all, shared, penalty := 0, 0, 0
	parts := split(candidate)
	lowered := strings.ToLower(candidate)
	for _, w := range words {
		all += weigh(w)
		switch {
		case slices.Contains(parts, w):
			shared += weigh(w)
		case strings.Contains(lowered, w):
			shared += weigh(w)
			penalty += 3 * weigh(w)
		default:
			penalty += 3 * weigh(w)
		}
	}
	if 2*shared >= all && len(id) > 1 {
		return 100 + penalty + d, true
	}
	if len(id) >= 4 && id[0] == lowered[0] && subsequence(id, lowered) {
		return 1000 + d, true
	}
	return 0, false
}

// weigh returns how significant a word is: verbs vary with naming habits, nouns are the platform's own.
func weigh(word string) int {
	switch word {
	case "get", "find", "fetch", "send", "post", "put", "add", "make", "set", "load",
		"list", "read", "create", "update", "delete", "remove", "search", "all", "by", "the":
		return 1
	}
	return len(word)
}

// split returns the words of a camel-case name in lower case. A run of capitals is one word.
func split(id string) []string {
	var out []string
	start := 0
	for i := 1; i <= len(id); i++ {
		if i < len(id) && !(isUpper(id[i]) && (!isUpper(id[i-1]) || i+1 < len(id) && !isUpper(id[i+1]))) {
			continue
		}
		out = append(out, strings.ToLower(id[start:i]))
		start = i
	}
	return out
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }

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

// subsequence reports whether all bytes of a occur in b in the same order.
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
