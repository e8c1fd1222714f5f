package gradtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// memberOf returns the string or number at a path such as records.0.id.
func memberOf(body []byte, path string) (string, error) {
	var v any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // ids may have more digits than a float64
	if err := d.Decode(&v); err != nil {
		return "", fmt.Errorf("it is not JSON: %w", err)
	}
	at := "the response"
	for name := range strings.SplitSeq(path, ".") {
		switch in := v.(type) {
		case []any:
			item, err := itemOf(in, at, name)
			if err != nil {
				return "", err
			}
			v = item
		case map[string]any:
			inner, ok := in[name]
			if !ok {
				return "", fmt.Errorf("%s has no member %s", at, name)
			}
			v = inner
		default:
			return "", fmt.Errorf("%s has no members", at)
		}
		at = name
	}
	switch v := v.(type) {
	case string:
		return v, nil
	case json.Number:
		return v.String(), nil
	}
	return "", fmt.Errorf("%s is neither a string nor a number", at)
}

// itemOf returns the item of a list that a part of a path names: an index, or a condition such as [type=User].
func itemOf(list []any, at, name string) (any, error) {
	if member, value, ok := condition(name); ok {
		for _, item := range list {
			if o, isObject := item.(map[string]any); isObject && has(o[member], value) {
				return item, nil
			}
		}
		return nil, fmt.Errorf("%s has %d items, none with %s %s: create one first", at, len(list), member, value)
	}
	i, err := strconv.Atoi(name)
	if err != nil || i < 0 {
		return nil, fmt.Errorf("%s is a list: write the index of an item instead of %q", at, name)
	}
	if i >= len(list) {
		return nil, fmt.Errorf("%s has %d items: create one first", at, len(list))
	}
	return list[i], nil
}

// condition splits a part of a path such as [type=User].
func condition(name string) (member, value string, ok bool) {
	if !strings.HasPrefix(name, "[") || !strings.HasSuffix(name, "]") {
		return "", "", false
	}
	return strings.Cut(name[1:len(name)-1], "=")
}

// has reports whether a member has a value or is a list with it.
func has(v any, value string) bool {
	switch v := v.(type) {
	case string:
		return v == value
	case json.Number:
		return v.String() == value
	case bool:
		return strconv.FormatBool(v) == value
	case []any:
		for _, one := range v {
			if has(one, value) {
				return true
			}
		}
	}
	return false
}
