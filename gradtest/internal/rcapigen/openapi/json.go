package openapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml"
)

// isJSON reports whether a document is JSON. Package yaml reads JSON too, but a hundred times as slowly.
func isJSON(src []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(src), []byte("{")) }

// unmarshal decodes a document in YAML or JSON.
func unmarshal(src []byte, v any) error {
	if isJSON(src) {
		return json.Unmarshal(src, v)
	}
	return yaml.Unmarshal(src, v)
}

// unmarshalOrdered decodes a document in YAML or JSON whose members keep their order.
func unmarshalOrdered(src []byte) (yaml.MapSlice, error) {
	if !isJSON(src) {
		var root yaml.MapSlice
		err := yaml.UnmarshalWithOptions(src, &root, yaml.UseOrderedMap())
		return root, err
	}
	d := json.NewDecoder(bytes.NewReader(src))
	d.UseNumber()
	v, err := next(d)
	root, _ := v.(yaml.MapSlice)
	return root, err
}

// next decodes one value, with the types that package yaml uses.
func next(d *json.Decoder) (any, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	switch t := token.(type) {
	case json.Number:
		if n, err := strconv.ParseUint(t.String(), 10, 64); err == nil {
			return n, nil
		}
		if n, err := strconv.ParseInt(t.String(), 10, 64); err == nil {
			return n, nil
		}
		return t.Float64()
	case json.Delim:
		object, list := yaml.MapSlice{}, []any{}
		for d.More() {
			var key any
			if t == '{' {
				if key, err = d.Token(); err != nil {
					return nil, err
				}
			}
			v, err := next(d)
			if err != nil {
				return nil, err
			}
			if t == '{' {
				object = append(object, yaml.MapItem{Key: fmt.Sprint(key), Value: v})
			} else {
				list = append(list, v)
			}
		}
		if _, err := d.Token(); err != nil { // the closing bracket
			return nil, err
		}
		if t == '{' {
			return object, nil
		}
		return list, nil
	}
	return token, nil
}
