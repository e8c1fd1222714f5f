package world

import "strings"

// scimOnly is the member of an extension that keeps what only SCIM speaks of. No answer about extensions shows it.
const scimOnly = "scim"

// scimPhones are the members of a contact that hold the numbers of a type.
var scimPhones = []struct{ kind, member string }{{"work", "businessPhone"}, {"mobile", "mobilePhone"}, {"other", "homePhone"}}

// scimAddress are the members of an address: as SCIM has them, and as a contact does.
var scimAddress = []struct{ scim, own string }{
	{"country", "country"}, {"region", "state"}, {"locality", "city"}, {"streetAddress", "street"}, {"postalCode", "zip"},
}

// scimUser is an extension as SCIM has it.
func (w *World) scimUser(t *thing) Object {
	contact, own := object(t.doc, "contact"), object(t.doc, scimOnly)
	email := text(contact, "email")
	user := Object{
		"id": t.id, "schemas": []string{schemaUser}, "active": t.doc["status"] != "Disabled",
		"name":     Object{"givenName": text(contact, "firstName"), "familyName": text(contact, "lastName")},
		"userName": email,
		"meta":     Object{"created": t.made, "lastModified": t.changed, "location": scimPath + "/Users/" + t.id, "resourceType": "User"},
	}
	for _, name := range []string{"userName", "externalId", "photos"} {
		if v, ok := own[name]; ok {
			user[name] = v
		}
	}
	if email != "" {
		user["emails"] = []Object{{"type": "work", "value": email}}
	}
	if title := text(contact, "jobTitle"); title != "" {
		user["title"] = title
	}
	if department := text(contact, "department"); department != "" {
		user[schemaEnterprise] = Object{"department": department}
	}
	var phones []Object
	for _, p := range scimPhones {
		if number := text(contact, p.member); number != "" {
			phones = append(phones, Object{"type": p.kind, "value": number})
		}
	}
	if phones != nil {
		user["phoneNumbers"] = phones
	}
	if at := object(contact, "businessAddress"); len(at) > 0 {
		address := Object{"type": "work"}
		for _, m := range scimAddress {
			if v := text(at, m.own); v != "" {
				address[m.scim] = v
			}
		}
		user["addresses"] = []Object{address}
	}
	return user
}

// storeUser makes an extension what a user of SCIM says. What is not said is no more.
func storeUser(doc, user Object) *Problem {
	name := text(user, "userName")
	if name == "" {
		return missing("userName")
	}
	contact := Object{}
	for k, v := range object(doc, "contact") {
		contact[k] = v
	}
	set := func(member, value string) {
		delete(contact, member)
		if value != "" {
			contact[member] = value
		}
	}
	set("firstName", text(object(user, "name"), "givenName"))
	set("lastName", text(object(user, "name"), "familyName"))
	set("email", typed(user, "emails", "work"))
	set("jobTitle", text(user, "title"))
	set("department", text(object(user, schemaEnterprise), "department"))
	for _, p := range scimPhones {
		set(p.member, typed(user, "phoneNumbers", p.kind))
	}
	delete(contact, "businessAddress")
	if all := objects(user, "addresses"); len(all) > 0 {
		at := Object{}
		for _, m := range scimAddress {
			if v := text(all[0], m.scim); v != "" {
				at[m.own] = v
			}
		}
		contact["businessAddress"] = at
	}
	doc["contact"], doc[scimOnly] = contact, picked(user, "userName", "externalId", "photos")
	doc["name"] = strings.TrimSpace(text(contact, "firstName") + " " + text(contact, "lastName"))
	switch active, said := user["active"].(bool); {
	case said && !active:
		doc["status"] = "Disabled"
	case doc["status"] == "Disabled":
		doc["status"] = "Enabled"
	}
	return nil
}

// typed is the value of a type in a member that holds several.
func typed(user Object, name, kind string) string {
	for _, o := range objects(user, name) {
		if text(o, "type") == kind {
			return text(o, "value")
		}
	}
	return ""
}
