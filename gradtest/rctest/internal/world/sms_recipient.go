package world

import (
	"net/http"
	"slices"
)

// kindRecipients is who gets the SMS that are sent to an extension such as a call queue: one thing in each.
const kindRecipients = "sms recipients"

// smsRecipientsMostAssigned bounds each list of a change. Source: description in the specification, for accounts with
// message threads.
const smsRecipientsMostAssigned = 50

// smsRecipients is the part of the world about who gets the SMS of an extension.
func smsRecipients() domain {
	return domain{
		actions: map[string]action{"getSmsRecipients": listRecipients, "bulkAssignSmsRecipients": assignRecipients},
		own:     []string{kindRecipients},
	}
}

// recipientsOf are the ids of an extension's recipients. Until they are assigned, there are none.
func (w *World) recipientsOf(q *Request) *thing {
	in := Param{"extensionId", q.extension()}
	if t := w.get(kindRecipients, "", in); t != nil {
		return t
	}
	return w.add(&thing{kind: kindRecipients, in: []Param{in}, doc: Object{"ids": []string{}}}, q.At)
}

func listRecipients(w *World, q *Request) (Reply, *Problem) {
	records := []Object{}
	for _, id := range texts(w.recipientsOf(q).doc, "ids") {
		if p, ok := w.member(id); ok {
			records = append(records, Object{
				"id": p.extension, "extensionNumber": p.short, "extensionType": "User", "name": p.name, "assignable": true, "hasLicense": true,
			})
		}
	}
	return w.reply(q, Object{"smsRecipients": records}, q.Path), nil
}

func assignRecipients(w *World, q *Request) (Reply, *Problem) {
	added, removed := texts(q.body(), "addedExtensionIds"), texts(q.body(), "removedExtensionIds")
	switch {
	case len(added)+len(removed) == 0:
		return Reply{}, missing("addedExtensionIds")
	case len(added) > smsRecipientsMostAssigned:
		return Reply{}, invalid("addedExtensionIds", "more than 50")
	case len(removed) > smsRecipientsMostAssigned:
		return Reply{}, invalid("removedExtensionIds", "more than 50")
	}
	for _, id := range added {
		if w.get(kindExtension, id) == nil {
			return Reply{}, unknownInBody("addedExtensionIds", id)
		}
	}
	t := w.recipientsOf(q)
	ids := slices.DeleteFunc(slices.Clone(texts(t.doc, "ids")), func(id string) bool { return slices.Contains(removed, id) })
	for _, id := range added {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	w.update(t, Object{"ids": ids}, q.At)
	return empty(http.StatusNoContent), nil
}
