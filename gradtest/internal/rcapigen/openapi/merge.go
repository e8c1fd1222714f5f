package openapi

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape/skeleton"
)

// node is a schema whose allOf parts have been merged.
type node struct {
	row          skeleton.Row
	items        *node
	others       *node
	members      []*node // of row.Members, by position
	alternatives []*node
	class        int
}

// merger makes nodes of schemas. A place in the document, or a set of places that apply together, has one node, so that
// recursive schemas end.
type merger struct {
	*tree
	made   map[string]*node
	nodes  []*node
	faults []error
}

// node returns the node of the values that match all parts.
func (f *merger) node(parts ...fragment) *node {
	parts = f.flat(parts)
	if len(parts) == 0 {
		return nil
	}
	places := make([]string, len(parts))
	for i, p := range parts {
		places[i] = p.at
	}
	key := strings.Join(places, " & ")
	if n, ok := f.made[key]; ok {
		return n
	}
	n := &node{}
	f.made[key] = n
	f.nodes = append(f.nodes, n)
	for i, p := range parts {
		for _, kind := range []string{"oneOf", "anyOf"} {
			if alternatives := p.each(kind); alternatives != nil {
				f.alternatives(n, kind, p, alternatives, slices.Concat(parts[:i], parts[i+1:]))
				return n
			}
		}
	}
	for _, p := range parts {
		f.fold(n, p)
	}
	f.join(n, parts)
	return n
}

// flat resolves references and splits allOf into its parts. A oneOf with one alternative is treated like an allOf.
func (f *merger) flat(parts []fragment) []fragment {
	var out []fragment
	var add func(fragment)
	open := make(map[string]bool)
	add = func(r fragment) {
		r, err := f.resolve(r)
		if err == nil && open[r.at] {
			err = fmt.Errorf("%s is a part of itself", r.at)
		}
		if err != nil {
			f.faults = append(f.faults, err)
			return
		}
		open[r.at] = true
		defer delete(open, r.at)
		for _, kind := range []string{"allOf", "oneOf", "anyOf"} {
			list := r.each(kind)
			if list == nil || kind != "allOf" && len(list) > 1 {
				continue
			}
			for _, part := range list {
				add(part)
				if kind != "allOf" {
					for _, narrow := range f.narrowings(r, []fragment{part}) {
						add(narrow)
					}
				}
			}
			r = r.without(kind)
		}
		if constrains(r.is) && !slices.ContainsFunc(out, func(o fragment) bool { return o.at == r.at }) {
			out = append(out, r)
		}
	}
	for _, p := range parts {
		add(p)
	}
	return out
}

// constrains reports whether a schema restricts values.
func constrains(m yaml.MapSlice) bool {
	for _, name := range []string{"type", "properties", "required", "items", "enum", "format", "pattern", "oneOf", "anyOf", "additionalProperties",
		"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "readOnly", "writeOnly", "default"} {
		if value(m, name) != nil {
			return true
		}
	}
	return false
}

func (f *merger) alternatives(n *node, kind string, p fragment, alternatives, rest []fragment) {
	rest = append(rest, p.without(kind, "discriminator"))
	narrow := f.narrowings(p, alternatives)
	for i, a := range alternatives {
		parts := append(slices.Clone(rest), a)
		if narrow != nil {
			parts = append(parts, narrow[i])
		}
		n.alternatives = append(n.alternatives, f.node(parts...))
	}
	if kind == "oneOf" {
		n.row.OneOf = make([]int, len(alternatives))
	} else {
		n.row.AnyOf = make([]int, len(alternatives))
	}
	if d, ok := p.in("discriminator"); ok {
		n.row.Discriminator, _ = text(d.is, "propertyName")
	}
}

// narrowings returns, for each alternative, a schema with the allowed values of its discriminator.
func (f *merger) narrowings(p fragment, alternatives []fragment) []fragment {
	d, ok := p.in("discriminator")
	name, named := text(d.is, "propertyName")
	if !ok || !named {
		return nil
	}
	var out []fragment
	for i, a := range alternatives {
		ref, _ := text(a.is, "$ref")
		var keys []any
		for _, item := range object(d.is, "mapping") {
			if item.Value == ref {
				keys = append(keys, fmt.Sprint(item.Key))
			}
		}
		if keys == nil {
			keys = []any{ref[strings.LastIndexByte(ref, '/')+1:]}
		}
		out = append(out, fragment{fmt.Sprintf("%s/%s/%d", d.at, name, i), yaml.MapSlice{
			{Key: "required", Value: []any{name}},
			{Key: "properties", Value: yaml.MapSlice{{Key: name, Value: yaml.MapSlice{{Key: "enum", Value: keys}}}}},
		}})
	}
	return out
}

// fold merges the keywords of one part about the value itself: the tighter bound, the values that both allow.
func (f *merger) fold(n *node, p fragment) {
	r := &n.row
	for name, into := range map[string]*string{"type": &r.Type, "format": &r.Format, "pattern": &r.Pattern} {
		if s, ok := text(p.is, name); ok {
			*into = s
		}
	}
	if list, ok := value(p.is, "enum").([]any); ok {
		list = slices.DeleteFunc(slices.Clone(list), func(v any) bool { return v == nil })
		both := slices.DeleteFunc(slices.Clone(list), func(v any) bool { return r.Enum != nil && !slices.Contains(r.Enum, v) })
		if len(both) > 0 {
			list = both
		}
		r.Enum = list
	}
	if v := value(p.is, "default"); v != nil {
		r.Default = v
	}
	lower := func(name string, into *int, tighter func(a, b int) bool) {
		if v, ok := number(p.is, name); ok && (*into == 0 || tighter(int(v), *into)) {
			*into = int(v)
		}
	}
	more, less := func(a, b int) bool { return a > b }, func(a, b int) bool { return a < b }
	lower("minLength", &r.MinLength, more)
	lower("maxLength", &r.MaxLength, less)
	lower("minItems", &r.MinItems, more)
	lower("maxItems", &r.MaxItems, less)
	lower("minProperties", &r.MinMembers, more)
	if v, ok := number(p.is, "minimum"); ok && (r.Min == nil || v > *r.Min) {
		r.Min = &v
	}
	if v, ok := number(p.is, "maximum"); ok && (r.Max == nil || v < *r.Max) {
		r.Max = &v
	}
	r.Unique = r.Unique || yes(p.is, "uniqueItems")
	r.Closed = r.Closed || value(p.is, "additionalProperties") == false
}

// join makes the nodes of members, in the order of first mention, of items, and of additional properties.
func (f *merger) join(n *node, parts []fragment) {
	r := &n.row
	var names []string
	described := make(map[string][]fragment)
	required := make(map[string]bool)
	var items, others []fragment
	r.Nullable = true
	for _, p := range parts {
		if value(p.is, "type") != nil && !yes(p.is, "nullable") {
			r.Nullable = false
		}
		if properties, ok := p.in("properties"); ok {
			for _, item := range properties.is {
				name := fmt.Sprint(item.Key)
				if described[name] == nil {
					names = append(names, name)
				}
				at, _ := properties.in(name)
				described[name] = append(described[name], at)
			}
		}
		list, _ := value(p.is, "required").([]any)
		for _, v := range list {
			name := fmt.Sprint(v)
			if !required[name] {
				required[name] = true
				names = append(names, name)
			}
		}
		if it, ok := p.in("items"); ok {
			items = append(items, it)
		}
		if o, ok := p.in("additionalProperties"); ok {
			others = append(others, o)
		}
	}
	r.Nullable = r.Nullable && slices.ContainsFunc(parts, func(p fragment) bool { return yes(p.is, "nullable") })
	names = distinct(names)
	for _, name := range names {
		m := skeleton.Member{Name: name, Required: required[name]}
		for _, p := range f.flat(described[name]) {
			m.ReadOnly = m.ReadOnly || yes(p.is, "readOnly")
			m.WriteOnly = m.WriteOnly || yes(p.is, "writeOnly")
		}
		r.Members = append(r.Members, m)
		n.members = append(n.members, f.node(described[name]...))
	}
	n.items, n.others = f.node(items...), f.node(others...)
	if r.Type == "" && n.items != nil {
		r.Type = "array"
	}
	f.settle(r, parts)
}

// settle adds a type that the parts imply, and reports patterns that Go cannot compile.
func (f *merger) settle(r *skeleton.Row, parts []fragment) {
	switch {
	case r.Type != "":
	case r.Members != nil:
		r.Type = "object"
	case len(r.Enum) > 0:
		if _, ok := r.Enum[0].(string); ok {
			r.Type = "string"
		}
	}
	if r.Pattern == "" {
		return
	}
	if p, ok := patterns[r.Pattern]; ok {
		r.Pattern = p
	}
	if _, err := regexp.Compile(r.Pattern); err != nil {
		f.faults = append(f.faults, fmt.Errorf("pattern of %s: %w: add an equivalent to patterns in the generator", parts[0].at, err))
	}
}

// patterns has equivalents of patterns with look-ahead, which Go does not support.
var patterns = map[string]string{`^((?!(<|>|\/|\")).)*$`: `^[^<>/"\n]*$`}

func distinct(names []string) []string {
	var out []string
	seen := make(map[string]bool)
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}
