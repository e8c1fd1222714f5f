package openapi

import (
	"fmt"
	"slices"
	"strings"
)

// Edition is the specification at one date.
type Edition struct {
	Name string // such as 2024-03-05; its first four characters are the year
	Src  []byte
	Rows []Row // of [Read]
}

// Merged is an operation over several editions.
type Merged struct {
	Row                // as in the newest edition that has it
	Editions []string  // those that have it, the oldest first
	Was      []Changed // how older ones differ, the oldest first
	Codes    []string  // Row.Errors of all editions, sorted; those of the rows are nil
}

// Changed is an operation in an older edition.
type Changed struct {
	Edition string
	Row     Row
}

// Newest returns the name of the newest edition that has the operation.
func (m Merged) Newest() string { return m.Editions[len(m.Editions)-1] }

// Merge combines editions, given from the oldest to the newest, sorted like the rows of [Read]. Operations of the same
// method and shape of path are one, with any ids and parameter names. Where two operations have one id, the
// one of the newer edition keeps it, and that of the older gets the year of its edition appended. A success that an
// edition does not state is that of the next newer one, and 200 without one. canonical translates the scope of the
// newest edition that has an operation; nil: it stays.
func Merge(editions []Edition, canonical func(scope string) string) ([]Merged, error) {
	all := make(map[string]*Merged)
	for _, e := range slices.Backward(editions) {
		for _, r := range e.Rows {
			key := r.shape()
			m, ok := all[key]
			if !ok {
				m = &Merged{Row: r}
				m.Errors = nil
				if canonical != nil {
					m.Scope = canonical(r.Scope)
				}
				all[key] = m
			}
			m.Editions = append(m.Editions, e.Name)
			m.Codes = append(m.Codes, r.Errors...)
			r.Errors = nil
			if r.Success == nil {
				r.Success = m.Success
			}
			if Diff(r, m.Row) != nil {
				m.Was = append(m.Was, Changed{e.Name, r})
			}
		}
	}
	var out []Merged
	for _, m := range all {
		if m.Success == nil {
			m.Success = []int{200}
		}
		slices.Reverse(m.Editions)
		slices.Reverse(m.Was)
		slices.Sort(m.Codes)
		m.Codes = slices.Compact(m.Codes)
		out = append(out, *m)
	}
	slices.SortFunc(out, func(a, b Merged) int { return order(a.Row, b.Row) })
	return out, distinguish(out)
}

// distinguish gives every operation an id of its own.
func distinguish(all []Merged) error {
	newest := make(map[string]string) // lower-case id → the newest edition that uses it
	for _, m := range all {
		newest[strings.ToLower(m.ID)] = max(newest[strings.ToLower(m.ID)], m.Newest())
	}
	used := make(map[string]bool)
	for i := range all {
		m := &all[i]
		if m.Newest() < newest[strings.ToLower(m.ID)] {
			if len(m.Editions) > 1 {
				return fmt.Errorf("openapi: operationId %s: used by another operation since, and by several editions before: "+
					"teach the generator which", m.ID)
			}
			if m.Was == nil {
				m.Was = []Changed{{m.Newest(), m.Row}}
			}
			m.ID += m.Newest()[:4]
		}
		id := strings.ToLower(m.ID)
		if used[id] {
			return fmt.Errorf("openapi: operationId %s: used by two operations of edition %s", m.ID, m.Newest())
		}
		used[id] = true
	}
	return nil
}

// shape identifies an operation: its method and template without the names of parameters.
func (r Row) shape() string { return r.Method + " " + placeholder.ReplaceAllString(r.Path, "{}") }
