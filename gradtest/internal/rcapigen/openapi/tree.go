package openapi

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// tree is a document of which members keep their order.
type tree struct{ root yaml.MapSlice }

// raw is a piece of the document and where it is: two pieces at one place are one.
type raw struct {
	at string
	is yaml.MapSlice
}

func plant(src []byte) (*tree, error) {
	var root yaml.MapSlice
	if err := yaml.UnmarshalWithOptions(src, &root, yaml.UseOrderedMap()); err != nil {
		return nil, fmt.Errorf("openapi: read: %w", err)
	}
	return &tree{root}, nil
}

// resolve follows references until there is none.
func (t *tree) resolve(r raw) (raw, error) {
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
		r = raw{ref, node}
	}
	return r, fmt.Errorf("reference %s leads in a circle", r.at)
}

// in is the object under a name, with its place.
func (r raw) in(name string) (raw, bool) {
	o, ok := value(r.is, name).(yaml.MapSlice)
	return raw{r.at + "/" + name, o}, ok
}

// each are the objects of a list under a name.
func (r raw) each(name string) []raw {
	list, _ := value(r.is, name).([]any)
	var out []raw
	for i, v := range list {
		if o, ok := v.(yaml.MapSlice); ok {
			out = append(out, raw{fmt.Sprintf("%s/%s/%d", r.at, name, i), o})
		}
	}
	return out
}

// without is r less some names.
func (r raw) without(names ...string) raw {
	out := raw{at: r.at + " without " + strings.Join(names, " ")}
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
