package world

import (
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

const kindPermission = dictionaryPath + "permission"

// permissions is the part of the world about who may do what.
func permissions() domain {
	return domain{
		actions: map[string]action{
			"readAuthorizationProfile": readProfile,
			"checkUserPermission":      checkPermission,
		},
		own:   []string{kindPermission},
		start: startPermissions,
	}
}

// permissionNames are the user permissions that operations of the catalogue need.
var permissionNames = sync.OnceValue(func() []string {
	var out []string
	for op := range rcapi.All() {
		if op.Permission != "" {
			out = append(out, strings.Split(op.Permission, " OR ")...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
})

func startPermissions(w *World) {
	for _, name := range permissionNames() {
		w.add(&thing{kind: kindPermission, id: name, doc: Object{
			"uri": kindPermission + "/" + name, "displayName": name, "assignable": true, "readOnly": false, "siteCompatible": "Independent",
		}}, w.cfg.Now)
	}
}

// held is what an extension may do, as its profile tells.
func (w *World) held(extension string) []string {
	if w.cfg.Permissions != nil {
		if some := w.cfg.Permissions(extension); some != nil {
			return some
		}
	}
	return permissionNames()
}

func grantOf(name string) Object {
	return Object{
		"permission":    Object{"id": name, "uri": kindPermission + "/" + name, "siteCompatible": "Independent", "readOnly": false, "assignable": true},
		"effectiveRole": Object{"id": "1", "uri": dictionaryPath + "user-role/1"},
		"scopes":        []string{"Self"},
	}
}

func readProfile(w *World, q *Request) (Reply, *Problem) {
	all := []Object{}
	for _, name := range w.held(q.extension()) {
		all = append(all, grantOf(name))
	}
	return w.reply(q, Object{"uri": q.Path, "permissions": all}, q.Path), nil
}

func checkPermission(w *World, q *Request) (Reply, *Problem) {
	name := q.Query.Get("permissionId")
	o := Object{"uri": q.Path, "successful": slices.Contains(w.held(q.extension()), name)}
	if o["successful"] == true {
		o["details"] = grantOf(name)
	}
	return w.reply(q, o, q.Path), nil
}
