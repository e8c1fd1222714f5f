package people

import (
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const kindPermission = dictionaryPath + "permission"

// permissions is the domain of permissions and roles.
func permissions() world.Domain {
	return world.Domain{
		Handlers: map[string]world.Handler{
			"readAuthorizationProfile": readProfile,
			"checkUserPermission":      checkPermission,
		},
		Owned: []string{kindPermission},
		Seed:  seedPermissions,
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

func seedPermissions(w *world.World) {
	for _, name := range permissionNames() {
		w.Add(&world.Resource{Kind: kindPermission, ID: name, Doc: world.Object{
			"uri": kindPermission + "/" + name, "displayName": name, "assignable": true, "readOnly": false,
			"siteCompatible": "Independent",
		}}, w.Config.Now)
	}
}

// held is what an extension may do, as its profile tells.
func held(w *world.World, extension string) []string {
	if w.Config.Permissions != nil {
		if some := w.Config.Permissions(extension); some != nil {
			return some
		}
	}
	return permissionNames()
}

func grantOf(w *world.World, name string) world.Object {
	role := world.Object{"id": "1"}
	if t := w.First(dictionaryPath + "user-role"); t != nil {
		role = world.Object{"id": t.ID, "uri": dictionaryPath + "user-role/" + t.ID}
	}
	return world.Object{
		"permission": world.Object{"id": name, "uri": kindPermission + "/" + name, "siteCompatible": "Independent",
			"readOnly": false, "assignable": true},
		"effectiveRole": role,
		"scopes":        []string{"Self"},
	}
}

func readProfile(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	all := []world.Object{}
	for _, name := range held(w, q.Extension()) {
		all = append(all, grantOf(w, name))
	}
	return w.Reply(q, world.Object{"uri": q.Path, "permissions": all}, q.Path), nil
}

func checkPermission(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	name := q.Query.Get("permissionId")
	o := world.Object{"uri": q.Path, "successful": slices.Contains(held(w, q.Extension()), name)}
	if o["successful"] == true {
		o["details"] = grantOf(w, name)
	}
	return w.Reply(q, o, q.Path), nil
}
