package world

import (
	"encoding/json"
	"maps"
	"strconv"
)

// Text is a member of an object if it is a string.
func Text(o Object, name string) string {
	s, _ := o[name].(string)
	return s
}

// Child is a member of an object if it is one itself.
func Child(o Object, name string) Object {
	in, _ := o[name].(Object)
	return in
}

// Children are the objects in a member that is an array.
func Children(o Object, name string) []Object {
	switch all := o[name].(type) {
	case []Object:
		return all
	case []any:
		out := make([]Object, 0, len(all))
		for _, v := range all {
			if in, ok := v.(Object); ok {
				out = append(out, in)
			}
		}
		return out
	}
	return nil
}

// Texts are the strings in a member that is an array.
func Texts(o Object, name string) []string {
	switch all := o[name].(type) {
	case []string:
		return all
	case []any:
		var out []string
		for _, v := range all {
			if s, ok := v.(string); ok {
				out = append(out, s)
			}
		}
		return out
	}
	return nil
}

// Scalar returns a string, boolean or number as text.
func Scalar(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case bool:
		return strconv.FormatBool(v), true
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), true
	case int:
		return strconv.Itoa(v), true
	case json.Number:
		return v.String(), true
	}
	return "", false
}

func Merge(into, from Object) {
	for name, v := range from {
		in, ok := v.(Object)
		old, was := into[name].(Object)
		switch {
		case v == nil:
			delete(into, name)
		case ok && was:
			old = maps.Clone(old)
			Merge(old, in)
			into[name] = old
		default:
			into[name] = v
		}
	}
}

func SetDefault(o Object, name string, v any) {
	if _, ok := o[name]; !ok {
		o[name] = v
	}
}

// Pick is those members of an object that it has.
func Pick(o Object, names ...string) Object {
	out := Object{}
	for _, name := range names {
		if v, ok := o[name]; ok {
			out[name] = v
		}
	}
	return out
}

func Float(v any) (float64, bool) {
	switch n := v.(type) {
	case float64:
		return n, true
	case int:
		return float64(n), true
	}
	return 0, false
}
