package world

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

const (
	scimPath   = "/scim/v2"
	kindType   = "SCIM resource types"
	kindSchema = "SCIM schemas"

	schemaUser       = "urn:ietf:params:scim:schemas:core:2.0:User"
	schemaEnterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
)

// scim is the part of the world about users as an identity provider sees them (RFC 7643, RFC 7644): the account's
// extensions in another shape.
func scim() domain {
	return domain{
		kinds: map[string]string{
			scimPath + "/Users": kindExtension, scimPath + "/ResourceTypes": kindType, scimPath + "/Schemas": kindSchema,
		},
		narrows: map[string]func(*thing) bool{scimPath + "/Users": isUser},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"scimSearchViaGet2":  searchUsers,
			"scimSearchViaPost2": searchUsers,
		},
		actions: map[string]action{
			"scimSearchViaPost2": searchByBody,
			"scimCreateUser2":    createUser,
			"scimGetUser2":       readUser,
			"scimUpdateUser2":    replaceUser,
			"scimPatchUser2":     patchUser,
			"scimDeleteUser2":    remove,
		},
		params: map[string]string{scimPath + "/Users scimUserId": "extensionId"},
		own:    []string{kindType, kindSchema},
		start:  startSCIM,
	}
}

// startSCIM says what the provider can do.
func startSCIM(w *World) {
	w.startSetting(scimPath+"/ServiceProviderConfig", Object{
		"authenticationSchemes": []Object{{
			"name": "OAuth Bearer Token", "description": "OAuth 2.0 bearer token", "specUri": "https://www.rfc-editor.org/rfc/rfc6750", "primary": true,
		}},
		"bulk":           Object{"supported": false, "maxOperations": 0, "maxPayloadSize": 0},
		"changePassword": Object{"supported": false}, "etag": Object{"supported": false}, "sort": Object{"supported": false},
		"filter": Object{"supported": true, "maxResults": perPageMost}, "patch": Object{"supported": true}, "xmlDataFormat": Object{"supported": false},
	})
	w.add(&thing{kind: kindType, id: "User", doc: Object{
		"name": "User", "endpoint": "/Users", "description": "User account", "schema": schemaUser,
		"schemaExtensions": []Object{{"schema": schemaEnterprise, "required": false}},
		"meta":             Object{"location": scimPath + "/ResourceTypes/User", "resourceType": "ResourceType"},
	}}, w.cfg.Now)
	w.addSchema(schemaEnterprise, "EnterpriseUser", "department")
	w.addSchema(schemaUser, "User", "userName", "name", "emails", "phoneNumbers", "addresses", "photos", "title", "active", "externalId")
}

// addSchema adds a schema with its attributes.
func (w *World) addSchema(id, name string, attributes ...string) {
	var all []Object
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
		all = append(all, Object{
			"name": a, "type": kind, "multiValued": several, "required": a == "userName" || a == "name" || a == "emails", "caseExact": false,
			"mutability": "readWrite", "returned": "default", "uniqueness": unique,
		})
	}
	w.add(&thing{kind: kindSchema, id: id, doc: Object{
		"name": name, "description": name, "attributes": all, "meta": Object{"location": scimPath + "/Schemas/" + id, "resourceType": "Schema"},
	}}, w.cfg.Now)
}

// searchUsers is the users that the filter wants.
func searchUsers(w *World, q *Request) ([]*thing, *Problem) {
	wanted := func(Object) bool { return true }
	if v := q.Query.Get("filter"); v != "" {
		f, ok := newUserFilter(v)
		if !ok {
			return nil, invalid("filter", v)
		}
		wanted = f
	}
	var out []*thing
	for _, t := range w.list(kindExtension) {
		if !isUser(t) {
			continue
		}
		if user := w.scimUser(t); wanted(user) {
			out = append(out, &thing{kind: t.kind, id: t.id, doc: user})
		}
	}
	return out, nil
}

// searchByBody reads from the body what the other search has in its query.
func searchByBody(w *World, q *Request) (Reply, *Problem) {
	v := url.Values{}
	for _, name := range []string{"filter", "startIndex", "count"} {
		if s, ok := scalar(q.body()[name]); ok {
			v.Set(name, s)
		}
	}
	q.Query = v
	return replyList(w, q)
}

func readUser(w *World, q *Request) (Reply, *Problem) {
	return w.reply(q, w.scimUser(q.thing), q.thing.id), nil
}

func createUser(w *World, q *Request) (Reply, *Problem) {
	user := q.body()
	if p := w.unlike(user, nil); p != nil {
		return Reply{}, p
	}
	t := &thing{kind: kindExtension, id: w.newID(), doc: Object{"type": "User", "status": "Enabled"}}
	t.doc["uri"] = "/restapi/v1.0/account/" + w.cfg.AccountID + "/extension/" + t.id
	if p := storeUser(t.doc, user); p != nil {
		return Reply{}, p
	}
	if p := createdExtension(w, q, t); p != nil {
		return Reply{}, p
	}
	w.add(t, q.At)
	return w.reply(q, w.scimUser(t), t.id), nil
}

// replaceUser puts the whole user that the body describes in the place of what there was.
func replaceUser(w *World, q *Request) (Reply, *Problem) {
	return w.putUser(q, q.body())
}

func (w *World) putUser(q *Request, user Object) (Reply, *Problem) {
	if p := w.unlike(user, q.thing); p != nil {
		return Reply{}, p
	}
	if p := storeUser(q.thing.doc, user); p != nil {
		return Reply{}, p
	}
	w.update(q.thing, Object{}, q.At)
	w.tell(q.At, text(q.thing.doc, "uri"), Object{"extensionId": q.thing.id, "eventType": "Update", "ownerId": q.User})
	return w.reply(q, w.scimUser(q.thing), q.thing.id), nil
}

// unlike refuses a user whose name is that of another one.
func (w *World) unlike(user Object, self *thing) *Problem {
	name := text(user, "userName")
	for _, t := range w.all(kindExtension) {
		if t != self && isUser(t) && strings.EqualFold(text(w.scimUser(t), "userName"), name) {
			return problem(http.StatusConflict, "CMN-406", "User name "+strconv.Quote(name)+" is already in use",
				Attribute{"parameterName", "userName"}, Attribute{"parameterValue", name})
		}
	}
	return nil
}

func scimDomains() []domain { return []domain{scim()} }
