package rcapi

import (
	"net/http"
	"sync"
)

// Catalogue is the platform's operations plus an app's own declared ones. The zero value and nil are the platform's catalogue.
// It is safe for concurrent use.
type Catalogue struct {
	own   map[string]*Operation
	paths *tree // nil: the platform's
}

// Built on first use: a program that matches no path pays nothing for it.
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

// NewCatalogue returns the platform's catalogue with extra operations, made with [Parse] or changed with [Operation.In] or
// [Operation.Needs]. An extra one wins over a built-in of the same method and path, whatever the parameters are called, and
// over an earlier extra one; between templates that differ, the more specific one wins as in [Match]. Operations of the
// catalogue itself may be among them. An operation without a method or a path is never found.
func NewCatalogue(extra ...Operation) *Catalogue {
	if len(extra) == 0 {
		return &Catalogue{}
	}
	c := &Catalogue{own: make(map[string]*Operation, len(extra)), paths: new(tree)}
	for _, o := range table {
		c.paths.add(o)
	}
	for _, o := range extra {
		c.own[o.ID] = &o
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
		if o, ok := c.own[id]; ok {
			return *o, true
		}
	}
	return Lookup(id)
}

// Template makes a path anonymous as [Template] does, and keeps the literal segments of the extra operations too.
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
