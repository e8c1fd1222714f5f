package rcapi

import (
	"net/http"
	"sync"
)

// Catalogue has the platform's operations and those that an app declares beyond them. The zero value and nil are the
// platform's catalogue. It is safe for concurrent use.
type Catalogue struct {
	extra map[string]*Operation // by ID
	paths *tree                 // nil: the platform's
}

// The tree is built on first use, so that a program that matches no path does not pay for it.
var (
	platformOnce sync.Once
	platformTree tree
)

func platform() *tree {
	platformOnce.Do(func() {
		for _, o := range table {
			platformTree.add(o)
		}
	})
	return &platformTree
}

// NewCatalogue returns the platform's catalogue with extra operations, made with [Parse] or changed with
// [Operation.In] or [Operation.Needs]. An extra operation replaces a built-in one and an earlier extra one of the
// same method and path; the names of path parameters do not matter. Between different templates the more specific one
// wins as in [Match]. An operation without a method or a path is never found.
func NewCatalogue(extra ...Operation) *Catalogue {
	if len(extra) == 0 {
		return &Catalogue{}
	}
	c := &Catalogue{extra: make(map[string]*Operation, len(extra)), paths: new(tree)}
	for _, o := range table {
		c.paths.add(o)
	}
	for _, o := range extra {
		c.extra[o.ID] = &o
		c.paths.add(&o)
	}
	return c
}

// Match finds the operation of a concrete path as [Match] does.
func (c *Catalogue) Match(method, path string) (Operation, bool) {
	return c.tree().match(method, path).found()
}

// MatchRequest finds the operation of a request as [MatchRequest] does.
func (c *Catalogue) MatchRequest(r *http.Request) (Operation, bool) {
	return c.tree().matchRequest(r).found()
}

// Lookup finds an operation by its ID, the extra ones first.
func (c *Catalogue) Lookup(id string) (Operation, bool) {
	if c != nil {
		if o, ok := c.extra[id]; ok {
			return *o, true
		}
	}
	return Lookup(id)
}

// Template makes a path anonymous as [Template] does, but keeps the literal segments of the extra operations too.
func (c *Catalogue) Template(path string) string {
	if c == nil || c.paths == nil {
		return Template(path)
	}
	return template(path, func(segment string) bool { return c.paths.knows(segment) })
}

func (c *Catalogue) tree() *tree {
	if c == nil || c.paths == nil {
		return platform()
	}
	return c.paths
}
