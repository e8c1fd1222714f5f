package scim

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// patchUser does the operations one after the other. If one cannot be done, none is.
func patchUser(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	user := scimUser(w, q.Resource)
	for _, o := range world.Children(q.Object(), "Operations") {
		if p := patchOne(user, strings.ToLower(world.Text(o, "op")), world.Text(o, "path"), o["value"]); p != nil {
			return world.Reply{}, p
		}
	}
	return putUser(w, q, user)
}

// scimElement is a path that leads to elements of a list, or to a member of theirs: emails[type eq "work"].value.
var scimElement = regexp.MustCompile(`^(?i)(emails|phoneNumbers|addresses|photos)(?:\[\s*type\s+eq\s+"([a-z]+)"\s*\])?(?:\.([A-Za-z]+))?$`)

// scimSingle maps the single-valued paths, in lower case, to the names of their members.
var scimSingle = map[string][]string{
	"active": {"active"}, "title": {"title"}, "username": {"userName"}, "externalid": {"externalId"},
	"name": {"name"}, "name.givenname": {"name", "givenName"}, "name.familyname": {"name", "familyName"},
	strings.ToLower(schemaEnterprise):                 {schemaEnterprise},
	strings.ToLower(schemaEnterprise) + ":department": {schemaEnterprise, "department"},
}

// patchOne adds, replaces or removes at a path. The specification has values as texts: what is JSON inside is read as
// such, where the attribute is no text.
func patchOne(user world.Object, op, path string, value any) *world.Problem {
	if path == "" {
		all, ok := decoded(value).(world.Object)
		if !ok || op == "remove" {
			return world.Invalid("Operations.path", path)
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
	return world.Invalid("Operations.path", path)
}

func patchSingle(user world.Object, op string, at []string, value any) *world.Problem {
	last := at[len(at)-1]
	in := user
	if len(at) > 1 {
		old := world.Child(user, at[0])
		in = world.Object{}
		world.Merge(in, old)
		user[at[0]] = in
	}
	if op == "remove" {
		delete(in, last)
		return nil
	}
	switch last {
	case "active":
		s, _ := world.Scalar(value)
		active := strings.EqualFold(s, "true")
		if !active && !strings.EqualFold(s, "false") {
			return world.Invalid("Operations.value", s)
		}
		in[last] = active
	case "name", schemaEnterprise:
		o, ok := decoded(value).(world.Object)
		if !ok {
			return world.Invalid("Operations.value", last)
		}
		all := world.Object{}
		world.Merge(all, world.Child(in, last))
		world.Merge(all, o)
		in[last] = all
	default:
		s, ok := value.(string)
		if !ok {
			return world.Invalid("Operations.value", last)
		}
		in[last] = s
	}
	return nil
}

// patchElements changes those elements of a list that have the type; no type means all for a removal, and the type work
// for others.
func patchElements(user world.Object, op, list, kind, member string, value any) *world.Problem {
	all := slices.Clone(world.Children(user, list))
	if op == "remove" {
		user[list] = slices.DeleteFunc(all, func(o world.Object) bool { return kind == "" || world.Text(o, "type") == kind })
		return nil
	}
	var put []world.Object
	switch v := decoded(value).(type) {
	case []any:
		put = world.Children(world.Object{"all": v}, "all")
	case world.Object:
		put = []world.Object{v}
	case string:
		if member == "" {
			member = "value"
		}
		put = []world.Object{{member: v}}
	}
	if len(put) == 0 {
		return world.Invalid("Operations.value", list)
	}
	if op == "replace" && kind == "" && member == "" {
		all = nil
	}
	for _, o := range put {
		if kind != "" {
			o["type"] = kind
		}
		world.SetDefault(o, "type", map[bool]string{true: "photo", false: "work"}[list == "photos"])
		i := slices.IndexFunc(all, func(old world.Object) bool { return world.Text(old, "type") == world.Text(o, "type") })
		if i < 0 {
			all = append(all, o)
			continue
		}
		merged := world.Object{}
		world.Merge(merged, all[i])
		world.Merge(merged, o)
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
