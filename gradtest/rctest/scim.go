package rctest

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// replySCIM answers the operations under /scim, which have forms of their own.
func replySCIM(x *exchange, s *shape) *problem {
	if _, p := x.body(); p != nil {
		return p
	}
	t := &text{b: make([]byte, 0, 512)}
	t.open('{')
	switch id := x.route.op.ID; {
	case id == rcapi.ScimSearchViaGet2.ID, id == rcapi.ScimSearchViaPost2.ID, strings.HasPrefix(id, "scimList"):
		t.strings("schemas", "urn:ietf:params:scim:api:messages:2.0:ListResponse")
		t.int("totalResults", 1)
		t.int("startIndex", 1)
		t.int("itemsPerPage", 1)
		t.array("Resources")
		t.open('{')
		x.scim(t, s.noun, personal("extensionId"))
		t.end()
		t.done()
	case s.creates:
		x.scim(t, s.noun, x.h.newID(false))
	case s.idParam != "":
		x.scim(t, s.noun, x.param(s.idParam))
	default:
		t.strings("schemas", "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig")
		for _, feature := range []string{"patch", "bulk", "filter", "changePassword", "sort", "etag"} {
			t.object(feature)
			t.bool("supported", feature == "patch" || feature == "filter")
			t.end()
		}
		t.array("authenticationSchemes")
		t.done()
	}
	t.end()
	x.send(s.status, typeSCIM, t.b)
	return nil
}

// scim writes a resource: a user, or one of the kinds of resource.
func (x *exchange) scim(t *text, noun, id string) {
	kind := strings.TrimSuffix(noun, "s")
	if noun == ".search" {
		noun, kind = "Users", "User"
	}
	t.strings("schemas", "urn:ietf:params:scim:schemas:core:2.0:"+kind)
	t.string("id", id)
	if kind == "User" {
		t.bool("active", true)
		t.string("userName", email)
		t.object("name")
		t.string("givenName", firstName)
		t.string("familyName", lastName)
		t.end()
		t.array("emails")
		t.open('{')
		t.string("type", "work")
		t.string("value", email)
		t.end()
		t.done()
	} else {
		t.string("name", id)
	}
	t.object("meta")
	t.string("resourceType", kind)
	t.joined("location", x.base(), "/scim/v2/", noun, "/", id)
	t.end()
}
