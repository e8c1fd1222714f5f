package scim

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// scimOnly is the member of an extension that keeps what only SCIM speaks of. No answer about extensions shows it.
const scimOnly = "scim"

// scimPhones are the members of a contact that hold the numbers of a type.
var scimPhones = []struct{ kind, member string }{{"work", "businessPhone"}, {"mobile", "mobilePhone"},
	{"other", "homePhone"}}

// scimAddress are the members of an address: as SCIM has them, and as a contact does.
var scimAddress = []struct{ scim, own string }{
	{"country", "country"}, {"region", "state"}, {"locality", "city"}, {"streetAddress", "street"}, {"postalCode", "zip"},
}

// scimUser is an extension as SCIM has it.
func scimUser(w *world.World, t *world.Resource) world.Object {
	contact, own := world.Child(t.Doc, "contact"), world.Child(t.Doc, scimOnly)
	email := world.Text(contact, "email")
	user := world.Object{
		"id": t.ID, "schemas": []string{schemaUser}, "active": t.Doc["status"] != "Disabled",
		"name": world.Object{"givenName": world.Text(contact, "firstName"),
			"familyName": world.Text(contact, "lastName")},
		"userName": email,
		"meta": world.Object{"created": t.Created, "lastModified": t.Changed, "location": scimPath + "/Users/" + t.ID,
			"resourceType": "User"},
	}
	for _, name := range []string{"userName", "externalId", "photos"} {
		if v, ok := own[name]; ok {
			user[name] = v
		}
	}
	if email != "" {
		user["emails"] = []world.Object{{"type": "work", "value": email}}
	}
	if title := world.Text(contact, "jobTitle"); title != "" {
		user["title"] = title
	}
	if department := world.Text(contact, "department"); department != "" {
		user[schemaEnterprise] = world.Object{"department": department}
	}
	var phones []world.Object
	for _, p := range scimPhones {
		if number := world.Text(contact, p.member); number != "" {
			phones = append(phones, world.Object{"type": p.kind, "value": number})
		}
	}
	if phones != nil {
		user["phoneNumbers"] = phones
	}
	if at := world.Child(contact, "businessAddress"); len(at) > 0 {
		address := world.Object{"type": "work"}
		for _, m := range scimAddress {
			if v := world.Text(at, m.own); v != "" {
				address[m.scim] = v
			}
		}
		user["addresses"] = []world.Object{address}
	}
	return user
}

// storeUser makes an extension what a user of SCIM says. What is not said is no more.
func storeUser(doc, user world.Object) *world.Problem {
	name := world.Text(user, "userName")
	if name == "" {
		return world.Missing("userName")
	}
	contact := world.Object{}
	for k, v := range world.Child(doc, "contact") {
		contact[k] = v
	}
	set := func(member, value string) {
		delete(contact, member)
		if value != "" {
			contact[member] = value
		}
	}
	set("firstName", world.Text(world.Child(user, "name"), "givenName"))
	set("lastName", world.Text(world.Child(user, "name"), "familyName"))
	set("email", typed(user, "emails", "work"))
	set("jobTitle", world.Text(user, "title"))
	set("department", world.Text(world.Child(user, schemaEnterprise), "department"))
	for _, p := range scimPhones {
		set(p.member, typed(user, "phoneNumbers", p.kind))
	}
	delete(contact, "businessAddress")
	if all := world.Children(user, "addresses"); len(all) > 0 {
		at := world.Object{}
		for _, m := range scimAddress {
			if v := world.Text(all[0], m.scim); v != "" {
				at[m.own] = v
			}
		}
		contact["businessAddress"] = at
	}
	doc["contact"], doc[scimOnly] = contact, world.Pick(user, "userName", "externalId", "photos")
	doc["name"] = strings.TrimSpace(world.Text(contact, "firstName") + " " + world.Text(contact, "lastName"))
	switch active, said := user["active"].(bool); {
	case said && !active:
		doc["status"] = "Disabled"
	case doc["status"] == "Disabled":
		doc["status"] = "Enabled"
	}
	return nil
}

// typed is the value of a type in a member that holds several.
func typed(user world.Object, name, kind string) string {
	for _, o := range world.Children(user, name) {
		if world.Text(o, "type") == kind {
			return world.Text(o, "value")
		}
	}
	return ""
}
