package flow

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// Objects of net/url and their parts.

func isURL(t types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "net/url" && n.Obj().Name() == "URL"
}

func urlField(t types.Type, name string) []sel {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st := t.Underlying().(*types.Struct)
	for i := range st.NumFields() {
		if st.Field(i).Name() == name {
			return []sel{{field: i, st: st}}
		}
	}
	return nil
}

// url evaluates a url.URL, or a pointer to one, as it is at l.at.
func (e *Evaluator) url(l loc) (s string) {
	if e.lenient {
		defer e.forgiving(&s)
	}
	if !isURL(l.v.Type()) {
		return anyText
	}
	t := l.v.Type()
	path := e.textOf(e.read(l, urlField(t, "Path")))
	var scheme, host string
	server := func() string {
		scheme = e.textOf(e.read(l, urlField(t, "Scheme")))
		host = e.textOf(e.read(l, urlField(t, "Host")))
		return ""
	}
	if !e.config.Distinctive(path) {
		server()
	} else if e.settled(server) != "" {
		scheme, host = "", anyText
	}
	switch {
	case scheme == "" && host == "":
		return path
	case scheme == "":
		return host + slash(path)
	}
	return scheme + "://" + host + slash(path)
}

func slash(path string) string {
	if path == "" || path[0] == '/' || strings.HasPrefix(path, anyText) || strings.HasPrefix(path, queryText) {
		return path
	}
	return "/" + path
}

// part evaluates a part of a value that has no stores: a field of what a function without a body returned.
func (e *Evaluator) part(l loc, hint string) string {
	last := l.path[len(l.path)-1]
	name := ""
	if last.st != nil && last.field >= 0 && !last.elem {
		name = last.st.Field(last.field).Name()
	}
	if s, ok := e.parsed(l); ok {
		host, path := splitHost(cutQuery(s))
		switch name {
		case "Scheme":
			if i := strings.Index(host, "://"); i >= 0 {
				return host[:i]
			}
			return ""
		case "Host":
			if i := strings.Index(host, "://"); i >= 0 {
				host = host[i+3:]
			}
			return host
		case "Path", "RawPath":
			return path
		}
		return queryText
	}
	if name == "" {
		name = hint
	}
	e.because("%s", e.describe(loc{v: l.v, f: l.f}))
	return unknown(name)
}

// parsed returns the text of the URL that a call of net/url returns.
func (e *Evaluator) parsed(l loc) (string, bool) {
	v := l.v
	if x, ok := v.(*ssa.Extract); ok {
		v = x.Tuple
	}
	c, ok := v.(*ssa.Call)
	if !ok || c.Call.StaticCallee() == nil || len(l.path) != 1 {
		return "", false
	}
	args := c.Call.Args
	switch c.Call.StaticCallee().String() {
	case "net/url.Parse", "net/url.ParseRequestURI":
		return e.text(args[0], l.f), true
	case "(*net/url.URL).Parse":
		ref := e.text(args[1], l.f)
		base := func() string { return e.url(loc{v: args[0], f: l.f, at: c}) }
		if e.config.Distinctive(strings.TrimPrefix(ref, ".")) {
			return Resolve(e.settled(base), ref), true
		}
		return Resolve(base(), ref), true
	case "(*net/url.URL).ResolveReference":
		return Resolve(e.url(loc{v: args[0], f: l.f, at: c}), e.url(loc{v: args[1], f: l.f, at: c})), true
	case "(*net/url.URL).JoinPath":
		return joinPath(e.url(loc{v: args[0], f: l.f, at: c}), e.variadic(args[1], l.f, c)...), true
	}
	return "", false
}

// isTextual reports whether a value is printed as it is: a string, a number, a boolean or bytes.
func isTextual(v ssa.Value) bool {
	switch t := v.Type().Underlying().(type) {
	case *types.Basic:
		return true
	case *types.Slice:
		b, ok := t.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte
	}
	return false
}
