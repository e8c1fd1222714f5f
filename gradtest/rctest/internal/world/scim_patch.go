package world

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// patchUser does the operations one after the other. If one cannot be done, none is.
func patchUser(w *World, q *Request) (Reply, *Problem) {
	user := w.scimUser(q.thing)
	for _, o := range objects(q.body(), "Operations") {
		if p := patchOne(user, strings.ToLower(text(o, "op")), text(o, "path"), o["value"]); p != nil {
			return Reply{}, p
		}
	}
	return w.putUser(q, user)
}

// scimElement is a path that leads to elements of a list, or to a member of theirs: emails[type eq "work"].value.
var scimElement = regexp.MustCompile(`^(?i)(emails|phoneNumbers|addresses|photos)(?:\[\s*type\s+eq\s+"([a-z]+)"\s*\])?(?:\.([A-Za-z]+))?$`)

// scimSingle are the paths that lead to one value, in whatever case.
var scimSingle = map[string][]string{
	"active": {"active"}, "title": {"title"}, "username": {"userName"}, "externalid": {"externalId"},
	"name": {"name"}, "name.givenname": {"name", "givenName"}, "name.familyname": {"name", "familyName"},
	strings.ToLower(schemaEnterprise):                 {schemaEnterprise},
	strings.ToLower(schemaEnterprise) + ":department": {schemaEnterprise, "department"},
}

// patchOne adds, replaces or removes at a path. The specification has values as texts: what is JSON inside is read as such,
// where the attribute is no text.
func patchOne(user Object, op, path string, value any) *Problem {
	if path == "" {
		all, ok := decoded(value).(Object)
		if !ok || op == "remove" {
			return invalid("Operations.path", path)
		}
		for name, v := range all {
			if p := patchOne(user, op, name, v); p != nil {
				return p
			}
		}
		return nil
	}
	name := strings.TrimPrefix(path, schemaUser+":")
	if at, ok := scimSingle[strings.ToLower(name)]; ok {
		return patchSingle(user, op, at, value)
	}
	if m := scimElement.FindStringSubmatch(name); m != nil {
		for _, list := range []string{"emails", "phoneNumbers", "addresses", "photos"} {
			if strings.EqualFold(m[1], list) {
				return patchElements(user, op, list, m[2], m[3], value)
			}
		}
	}
	return invalid("Operations.path", path)
}

func patchSingle(user Object, op string, at []string, value any) *Problem {
	last := at[len(at)-1]
	in := user
	if len(at) > 1 {
		old := object(user, at[0])
		in = Object{}
		merge(in, old)
		user[at[0]] = in
	}
	if op == "remove" {
		delete(in, last)
		return nil
	}
	switch last {
	case "active":
		s, _ := scalar(value)
		active := strings.EqualFold(s, "true")
		if !active && !strings.EqualFold(s, "false") {
			return invalid("Operations.value", s)
		}
		in[last] = active
	case "name", schemaEnterprise:
		o, ok := decoded(value).(Object)
		if !ok {
			return invalid("Operations.value", last)
		}
		all := Object{}
		merge(all, object(in, last))
		merge(all, o)
		in[last] = all
	default:
		s, ok := value.(string)
		if !ok {
			return invalid("Operations.value", last)
		}
		in[last] = s
	}
	return nil
}

// patchElements changes those elements of a list that have the type; no type means all for a removal, and the type work for
// others.
func patchElements(user Object, op, list, kind, member string, value any) *Problem {
	all := slices.Clone(objects(user, list))
	if op == "remove" {
		user[list] = slices.DeleteFunc(all, func(o Object) bool { return kind == "" || text(o, "type") == kind })
		return nil
	}
	var put []Object
	switch v := decoded(value).(type) {
	case []any:
		put = objects(Object{"all": v}, "all")
	case Object:
		put = []Object{v}
	case string:
		if member == "" {
			member = "value"
		}
		put = []Object{{member: v}}
	}
	if len(put) == 0 {
		return invalid("Operations.value", list)
	}
	if op == "replace" && kind == "" && member == "" {
		all = nil
	}
	for _, o := range put {
		if kind != "" {
			o["type"] = kind
		}
		setDefault(o, "type", map[bool]string{true: "photo", false: "work"}[list == "photos"])
		i := slices.IndexFunc(all, func(old Object) bool { return text(old, "type") == text(o, "type") })
		if i < 0 {
			all = append(all, o)
			continue
		}
		merged := Object{}
		merge(merged, all[i])
		merge(merged, o)
		all[i] = merged
	}
	user[list] = all
	return nil
}

// decoded is what a text holds as JSON, if it is an object or a list; otherwise the value itself.
func decoded(value any) any {
	s, ok := value.(string)
	if !ok || !strings.HasPrefix(strings.TrimSpace(s), "{") && !strings.HasPrefix(strings.TrimSpace(s), "[") {
		return value
	}
	var v any
	if json.Unmarshal([]byte(s), &v) != nil {
		return value
	}
	return v
}
