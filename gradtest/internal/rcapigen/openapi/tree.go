package openapi

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// tree is a document whose members keep their order.
type tree struct{ root yaml.MapSlice }

// fragment is an object of the document and its place. Fragments with the same place are the same.
type fragment struct {
	at string
	is yaml.MapSlice
}

func parseTree(src []byte) (*tree, error) {
	root, err := unmarshalOrdered(src)
	if err != nil {
		return nil, fmt.Errorf("openapi: read: %w", err)
	}
	return &tree{root}, nil
}

// resolve follows references to an object that is not one.
func (t *tree) resolve(r fragment) (fragment, error) {
	for range 20 {
		ref, ok := text(r.is, "$ref")
		if !ok {
			return r, nil
		}
		node := t.root
		path, ok := strings.CutPrefix(ref, "#/")
		for name := range strings.SplitSeq(path, "/") {
			node = object(node, strings.NewReplacer("~1", "/", "~0", "~").Replace(name))
		}
		if !ok || node == nil {
			return r, fmt.Errorf("unresolved reference %s", ref)
		}
		r = fragment{ref, node}
	}
	return r, fmt.Errorf("reference %s is circular", r.at)
}

// in returns the object under a name, with its place.
func (r fragment) in(name string) (fragment, bool) {
	o, ok := value(r.is, name).(yaml.MapSlice)
	return fragment{r.at + "/" + name, o}, ok
}

// each returns the objects of a list under a name.
func (r fragment) each(name string) []fragment {
	list, _ := value(r.is, name).([]any)
	var out []fragment
	for i, v := range list {
		if o, ok := v.(yaml.MapSlice); ok {
			out = append(out, fragment{fmt.Sprintf("%s/%s/%d", r.at, name, i), o})
		}
	}
	return out
}

// without returns r without some names.
func (r fragment) without(names ...string) fragment {
	out := fragment{at: r.at + " without " + strings.Join(names, " ")}
next:
	for _, item := range r.is {
		for _, name := range names {
			if item.Key == name {
				continue next
			}
		}
		out.is = append(out.is, item)
	}
	return out
}

func value(m yaml.MapSlice, name string) any {
	for _, item := range m {
		if fmt.Sprint(item.Key) == name {
			return item.Value
		}
	}
	return nil
}

func object(m yaml.MapSlice, name string) yaml.MapSlice {
	o, _ := value(m, name).(yaml.MapSlice)
	return o
}

func text(m yaml.MapSlice, name string) (string, bool) {
	s, ok := value(m, name).(string)
	return s, ok
}

func yes(m yaml.MapSlice, name string) bool {
	b, _ := value(m, name).(bool)
	return b
}

func number(m yaml.MapSlice, name string) (float64, bool) {
	switch n := value(m, name).(type) {
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case uint64:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}
