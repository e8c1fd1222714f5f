package suitegen

import (
	"encoding/json"
	"slices"
	"strings"
)

// invented returns the members of a generated body that name something of the account, such as an id or a phone number.
func invented(text string) (members []string) {
	var v any
	if json.Unmarshal([]byte(text), &v) != nil {
		return nil
	}
	var visit func(v any, path string)
	visit = func(v any, path string) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				visit(inner, strings.TrimPrefix(path+"."+name, "."))
			}
		case []any:
			for _, inner := range v {
				visit(inner, path)
			}
		default:
			text, isText := v.(string)
			if nameOfAccount(path) && !(isText && strings.HasPrefix(text, "{{")) && !slices.Contains(members, path) {
				members = append(members, path)
			}
		}
	}
	visit(v, "")
	slices.Sort(members)
	return members
}

// nameOfAccount reports whether a member's value exists only in the account.
func nameOfAccount(path string) bool {
	name := path[strings.LastIndexByte(path, '.')+1:]
	return name == "id" || strings.HasSuffix(name, "Id") || strings.HasSuffix(name, "Ids") ||
		strings.HasSuffix(name, "phoneNumber") || name == "extensionNumber"
}
