package world

import (
	"cmp"
	"slices"
	"strings"
)

const (
	kindContact = "contacts"
	contactPath = "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book"
)

// contacts is the part of the world about address books.
func contacts() domain {
	return domain{
		kinds: map[string]string{
			contactPath + "/contact": kindContact,
			contactPath + "-sync":    kindContact,
		},
		created: map[string]func(*World, *Request, *thing) *Problem{"createContact": func(_ *World, _ *Request, t *thing) *Problem {
			t.doc["availability"] = "Alive"
			return nil
		}},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){"listContacts": listContacts},
		own:   []string{kindContact},
		start: startContacts,
	}
}

// startContacts are two people whom every user knows.
func startContacts(w *World) {
	if w.cfg.Bare {
		return
	}
	for _, p := range w.cfg.Users {
		for _, c := range []struct{ first, last, company, phone string }{
			{"Dana", "Sample", "Sample Ltd", "+16505550200"}, {"Kim", "Sample", "Sample Ltd", "+16505550201"},
		} {
			t := &thing{kind: kindContact, id: w.newID(), in: []Param{{"extensionId", p.ID}}}
			t.doc = Object{
				"uri":       "/restapi/v1.0/account/" + w.cfg.AccountID + "/extension/" + p.ID + "/address-book/contact/" + t.id,
				"firstName": c.first, "lastName": c.last, "company": c.company, "businessPhone": c.phone, "availability": "Alive",
				"email": strings.ToLower(c.first) + "@example.com",
			}
			w.add(t, w.cfg.Now)
		}
	}
}

// phones are the members of a contact that hold numbers.
var phones = []string{
	"homePhone", "homePhone2", "businessPhone", "businessPhone2", "mobilePhone", "businessFax", "companyPhone", "assistantPhone",
	"carPhone", "otherPhone", "otherFax", "callbackPhone",
}

// listContacts looks for the start of a name or a number, and sorts.
func listContacts(w *World, q *Request) ([]*thing, *Problem) {
	start, numbers := strings.ToLower(q.Query.Get("startsWith")), q.Query["phoneNumber"]
	out := slices.DeleteFunc(w.list(kindContact, q.places()...), func(t *thing) bool {
		if start != "" && !strings.HasPrefix(strings.ToLower(text(t.doc, "firstName")), start) &&
			!strings.HasPrefix(strings.ToLower(text(t.doc, "lastName")), start) {
			return true
		}
		return len(numbers) > 0 && !slices.ContainsFunc(phones, func(name string) bool {
			own := text(t.doc, name)
			return own != "" && slices.ContainsFunc(numbers, func(n string) bool { return wants(n, own) })
		})
	})
	var keys []string
	for _, v := range q.Query["sortBy"] {
		for name := range strings.SplitSeq(v, ",") {
			keys = append(keys, strings.ToLower(name[:1])+name[1:])
		}
	}
	slices.SortStableFunc(out, func(a, b *thing) int {
		for _, key := range keys {
			if c := cmp.Compare(strings.ToLower(text(a.doc, key)), strings.ToLower(text(b.doc, key))); c != 0 {
				return c
			}
		}
		return 0
	})
	return out, nil
}
