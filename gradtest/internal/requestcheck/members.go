package requestcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// fault is something wrong in a JSON body.
type fault struct {
	path    string // such as to[0].phoneNumber
	missing bool
	value   string
	want    []any
}

func texts(faults []fault) (out []error) {
	var missing []string
	for _, f := range faults {
		if f.missing {
			missing = append(missing, f.path)
		}
	}
	switch len(missing) {
	case 0:
	case 1:
		out = append(out, fmt.Errorf("the body lacks the required member %s", missing[0]))
	default:
		out = append(out, fmt.Errorf("the body lacks the required members %s", and(missing)))
	}
	for _, f := range faults {
		if f.missing {
			continue
		}
		where := f.path
		if where == "" {
			where = "the body"
		}
		out = append(out, fmt.Errorf("%s is %q: use one of %s", where, short(f.value), list(f.want)))
	}
	return out
}

// members finds the required members that v lacks, and the strings that are not among those allowed.
func members(s *shape.Shape, v any, path string) (found []fault) {
	if s == nil {
		return nil
	}
	if len(s.Alternatives) > 0 {
		return alternatives(s, v, path)
	}
	switch v := v.(type) {
	case map[string]any:
		for _, m := range s.Members {
			value, given := v[m.Name]
			switch {
			case !given && m.Required && !m.ReadOnly:
				found = append(found, fault{path: join(path, m.Name), missing: true})
			case given && value != "":
				found = append(found, members(m.Shape, value, join(path, m.Name))...)
			}
		}
	case []any:
		for i, item := range v {
			found = append(found, members(s.Items, item, fmt.Sprintf("%s[%d]", path, i))...)
		}
	case string:
		if !allowed(s, v) {
			found = append(found, fault{path: path, value: v, want: s.Enum})
		}
	}
	return found
}

// alternatives returns the faults of the alternative that has the fewest.
func alternatives(s *shape.Shape, v any, path string) (least []fault) {
	for i, a := range s.Alternatives {
		found := members(a, v, path)
		if len(found) == 0 {
			return nil
		}
		if i == 0 || len(found) < len(least) {
			least = found
		}
	}
	return least
}

// allowed reports whether a string is one of those that s takes. The platform reads names in any case, and numbers and
// booleans as strings, so only a closed set of strings refuses.
func allowed(s *shape.Shape, v string) bool {
	if s == nil || len(s.Enum) == 0 || v == "" || s.Type != "string" {
		return true
	}
	return slices.ContainsFunc(s.Enum, func(e any) bool {
		name, ok := e.(string)
		return !ok || strings.EqualFold(name, v)
	})
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// list names a few values and counts the rest.
func list(values []any) string {
	const most = 12
	var names []string
	for _, v := range values[:min(most, len(values))] {
		names = append(names, fmt.Sprint(v))
	}
	if more := len(values) - most; more > 0 {
		return strings.Join(names, ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

func and(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func short(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}
