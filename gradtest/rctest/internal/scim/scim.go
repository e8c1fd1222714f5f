package scim

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	scimPath   = "/scim/v2"
	kindType   = "SCIM resource types"
	kindSchema = "SCIM schemas"

	schemaUser       = "urn:ietf:params:scim:schemas:core:2.0:User"
	schemaEnterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
)

// problemUserName refuses a user name that another user has.
var problemUserName = world.DefineProblem(http.StatusConflict, "CMN-406", "User name %q is already in use")

// scim is the domain of users as an identity provider sees them (RFC 7643, RFC 7644): the account's
// extensions in another shape.
func scim() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			scimPath + "/Users": world.KindExtension, scimPath + "/ResourceTypes": kindType, scimPath + "/Schemas": kindSchema,
		},
		Filters: map[string]world.Filter{scimPath + "/Users": people.IsUser},
		Lists: map[string]world.Lister{
			"scimSearchViaGet2":  searchUsers,
			"scimSearchViaPost2": searchUsers,
		},
		Handlers: map[string]world.Handler{
			"scimSearchViaPost2": searchByBody,
			"scimCreateUser2":    createUser,
			"scimGetUser2":       readUser,
			"scimUpdateUser2":    replaceUser,
			"scimPatchUser2":     patchUser,
			"scimDeleteUser2":    world.HandleRemove,
		},
		Params: map[string]string{scimPath + "/Users scimUserId": "extensionId"},
		Owned:  []string{kindType, kindSchema},
		Seed:   seedSCIM,
	}
}

// seedSCIM says what the provider can do.
func seedSCIM(w *world.World) {
	w.SeedSetting(scimPath+"/ServiceProviderConfig", world.Object{
		"authenticationSchemes": []world.Object{{
			"name": "OAuth Bearer Token", "description": "OAuth 2.0 bearer token",
			"specUri": "https://www.rfc-editor.org/rfc/rfc6750", "primary": true,
		}},
		"bulk":           world.Object{"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
		"changePassword": world.Object{"supported": false}, "etag": world.Object{"supported": false},
		"sort":   world.Object{"supported": false},
		"filter": world.Object{"supported": true, "maxResults": world.MaxPerPage}, "patch": world.Object{"supported": true},
		"xmlDataFormat": world.Object{"supported": false},
	})
	w.Add(&world.Resource{Kind: kindType, ID: "User", Doc: world.Object{
		"name": "User", "endpoint": "/Users", "description": "User account", "schema": schemaUser,
		"schemaExtensions": []world.Object{{"schema": schemaEnterprise, "required": false}},
		"meta":             world.Object{"location": scimPath + "/ResourceTypes/User", "resourceType": "ResourceType"},
	}}, w.Config.Now)
	addSchema(w, schemaEnterprise, "EnterpriseUser", "department")
	addSchema(w, schemaUser, "User", "userName", "name", "emails", "phoneNumbers", "addresses", "photos", "title",
		"active", "externalId")
}

// addSchema adds a schema with its attributes.
func addSchema(w *world.World, id, name string, attributes ...string) {
	var all []world.Object
	for _, a := range attributes {
		kind, several := "string", strings.HasSuffix(a, "s")
		switch {
		case a == "active":
			kind = "boolean"
		case several || a == "name":
			kind = "complex"
		}
		unique := "none"
		if a == "userName" {
			unique = "server"
		}
		all = append(all, world.Object{
			"name": a, "type": kind, "multiValued": several, "required": a == "userName" || a == "name" || a == "emails",
			"caseExact":  false,
			"mutability": "readWrite", "returned": "default", "uniqueness": unique,
		})
	}
	w.Add(&world.Resource{Kind: kindSchema, ID: id, Doc: world.Object{
		"name": name, "description": name, "attributes": all, "meta": world.Object{"location": scimPath + "/Schemas/" + id,
			"resourceType": "Schema"},
	}}, w.Config.Now)
}

// searchUsers is the users that the filter wants.
func searchUsers(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	wanted := func(world.Object) bool { return true }
	if v := q.Query.Get("filter"); v != "" {
		f, ok := newUserFilter(v)
		if !ok {
			return nil, world.Invalid("filter", v)
		}
		wanted = f
	}
	var out []*world.Resource
	for _, t := range w.List(world.KindExtension) {
		if !people.IsUser(t) {
			continue
		}
		if user := scimUser(w, t); wanted(user) {
			out = append(out, &world.Resource{Kind: t.Kind, ID: t.ID, Doc: user})
		}
	}
	return out, nil
}

// searchByBody reads from the body what the other search has in its query.
func searchByBody(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	v := url.Values{}
	for _, name := range []string{"filter", "startIndex", "count"} {
		if s, ok := world.Scalar(q.Object()[name]); ok {
			v.Set(name, s)
		}
	}
	q.Query = v
	return world.HandleList(w, q)
}

func readUser(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return w.Reply(q, scimUser(w, q.Resource), q.Resource.ID), nil
}

func createUser(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	user := q.Object()
	if p := unlike(w, user, nil); p != nil {
		return world.Reply{}, p
	}
	t := &world.Resource{Kind: world.KindExtension, ID: w.NewID(), Doc: world.Object{"type": "User", "status": "Enabled"}}
	t.Doc["uri"] = "/restapi/v1.0/account/" + w.Config.AccountID + "/extension/" + t.ID
	if p := storeUser(t.Doc, user); p != nil {
		return world.Reply{}, p
	}
	if p := people.CompleteExtension(w, q, t); p != nil {
		return world.Reply{}, p
	}
	w.Add(t, q.At)
	return w.Reply(q, scimUser(w, t), t.ID), nil
}

// replaceUser puts the whole user that the body describes in the place of what there was.
func replaceUser(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	return putUser(w, q, q.Object())
}

func putUser(w *world.World, q *world.Request, user world.Object) (world.Reply, *world.Problem) {
	if p := unlike(w, user, q.Resource); p != nil {
		return world.Reply{}, p
	}
	if p := storeUser(q.Resource.Doc, user); p != nil {
		return world.Reply{}, p
	}
	w.Update(q.Resource, world.Object{}, q.At)
	w.Notify(q.At, world.Text(q.Resource.Doc, "uri"), world.Object{"extensionId": q.Resource.ID, "eventType": "Update",
		"ownerId": q.User})
	return w.Reply(q, scimUser(w, q.Resource), q.Resource.ID), nil
}

// unlike refuses a user whose name is that of another one.
func unlike(w *world.World, user world.Object, self *world.Resource) *world.Problem {
	name := world.Text(user, "userName")
	for _, t := range w.All(world.KindExtension) {
		if t != self && people.IsUser(t) && strings.EqualFold(world.Text(scimUser(w, t), "userName"), name) {
			return problemUserName.For("userName", name, name)
		}
	}
	return nil
}

func Domains() []world.Domain { return []world.Domain{scim()} }
