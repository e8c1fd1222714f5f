package messages

import (
	"net/http"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// kindRecipients is who gets the SMS that are sent to an extension such as a call queue: one resource in each.
const kindRecipients = "sms recipients"

// smsRecipientsMostAssigned bounds each list of a change. Source: description in the specification, for accounts with
// message threads.
const smsRecipientsMostAssigned = 50

// smsRecipients is the domain of the recipients of SMS to an extension.
func smsRecipients() world.Domain {
	return world.Domain{
		Handlers: map[string]world.Handler{"getSmsRecipients": listRecipients, "bulkAssignSmsRecipients": assignRecipients},
		Owned:    []string{kindRecipients},
	}
}

// recipientsOf are the ids of an extension's recipients. Until they are assigned, there are none.
func recipientsOf(w *world.World, q *world.Request) *world.Resource {
	in := world.NewParam("extensionId", q.Extension())
	if t := w.Get(kindRecipients, "", in); t != nil {
		return t
	}
	return w.Add(&world.Resource{Kind: kindRecipients, Parents: []world.Param{in}, Doc: world.Object{"ids": []string{}}},
		q.At)
}

func listRecipients(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	records := []world.Object{}
	for _, id := range world.Texts(recipientsOf(w, q).Doc, "ids") {
		if p, ok := people.MemberOf(w, id); ok {
			records = append(records, world.Object{
				"id": p.Extension, "extensionNumber": p.ShortNumber, "extensionType": "User", "name": p.Name, "assignable": true,
				"hasLicense": true,
			})
		}
	}
	return w.Reply(q, world.Object{"smsRecipients": records}, q.Path), nil
}

func assignRecipients(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	added, removed := world.Texts(q.Object(), "addedExtensionIds"), world.Texts(q.Object(), "removedExtensionIds")
	switch {
	case len(added)+len(removed) == 0:
		return world.Reply{}, world.Missing("addedExtensionIds")
	case len(added) > smsRecipientsMostAssigned:
		return world.Reply{}, world.Invalid("addedExtensionIds", "more than 50")
	case len(removed) > smsRecipientsMostAssigned:
		return world.Reply{}, world.Invalid("removedExtensionIds", "more than 50")
	}
	for _, id := range added {
		if w.Get(world.KindExtension, id) == nil {
			return world.Reply{}, world.NotFoundInBody("addedExtensionIds", id)
		}
	}
	t := recipientsOf(w, q)
	ids := slices.DeleteFunc(slices.Clone(world.Texts(t.Doc, "ids")),
		func(id string) bool { return slices.Contains(removed, id) })
	for _, id := range added {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	w.Update(t, world.Object{"ids": ids}, q.At)
	return world.EmptyReply(http.StatusNoContent), nil
}
