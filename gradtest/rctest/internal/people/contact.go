package people

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const (
	kindContact = "contacts"
	contactPath = "/restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book"
)

// contacts is the domain of address books.
func contacts() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			contactPath + "/contact": kindContact,
			contactPath + "-sync":    kindContact,
		},
		OnCreate: map[string]world.CreateHook{"createContact": func(_ *world.World, _ *world.Request,
			t *world.Resource) *world.Problem {
			t.Doc["availability"] = "Alive"
			return nil
		}},
		Lists: map[string]world.Lister{"listContacts": listContacts},
		Owned: []string{kindContact},
		Seed:  seedContacts,
	}
}

// seedContacts are two people whom every user knows.
func seedContacts(w *world.World) {
	if w.Config.Bare {
		return
	}
	for _, p := range w.Config.Users {
		for _, c := range []struct{ first, last, company, phone string }{
			{"Dana", "Sample", "Sample Ltd", "+16505550200"}, {"Kim", "Sample", "Sample Ltd", "+16505550201"},
		} {
			t := &world.Resource{Kind: kindContact, ID: w.NewID(), Parents: []world.Param{world.NewParam("extensionId", p.ID)}}
			t.Doc = world.Object{
				"uri":       "/restapi/v1.0/account/" + w.Config.AccountID + "/extension/" + p.ID + "/address-book/contact/" + t.ID,
				"firstName": c.first, "lastName": c.last, "company": c.company, "businessPhone": c.phone, "availability": "Alive",
				"email": strings.ToLower(c.first) + "@example.com",
			}
			w.Add(t, w.Config.Now)
		}
	}
}

// phones are the members of a contact that hold numbers.
var phones = []string{
	"homePhone", "homePhone2", "businessPhone", "businessPhone2", "mobilePhone", "businessFax", "companyPhone",
	"assistantPhone",
	"carPhone", "otherPhone", "otherFax", "callbackPhone",
}

// listContacts looks for the start of a name or a number, and sorts.
func listContacts(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	start, numbers := strings.ToLower(q.Query.Get("startsWith")), E164s(q.Query["phoneNumber"])
	out := slices.DeleteFunc(w.List(kindContact, q.Parents()...), func(t *world.Resource) bool {
		if start != "" && !strings.HasPrefix(strings.ToLower(world.Text(t.Doc, "firstName")), start) &&
			!strings.HasPrefix(strings.ToLower(world.Text(t.Doc, "lastName")), start) {
			return true
		}
		return len(numbers) > 0 && !slices.ContainsFunc(phones, func(name string) bool {
			own := world.Text(t.Doc, name)
			return own != "" && slices.Contains(numbers, E164(own))
		})
	})
	var keys []string
	for _, v := range q.Query["sortBy"] {
		for name := range strings.SplitSeq(v, ",") {
			keys = append(keys, strings.ToLower(name[:1])+name[1:])
		}
	}
	slices.SortStableFunc(out, func(a, b *world.Resource) int {
		for _, key := range keys {
			if c := cmp.Compare(strings.ToLower(world.Text(a.Doc, key)), strings.ToLower(world.Text(b.Doc, key))); c != 0 {
				return c
			}
		}
		return 0
	})
	return out, nil
}
