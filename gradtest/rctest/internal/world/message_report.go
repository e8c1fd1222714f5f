package world

import (
	"slices"
	"time"
)

// kindReport are tasks that collect the messages of the account.
const kindReport = "message reports"

// messageStore is the part of the world about the message store of the whole account: its settings and its reports. That
// only two reports may be made at a time is not emulated: no source tells the refusal.
func messageStore() domain {
	const account = "/restapi/v1.0/account/{accountId}"
	return domain{
		kinds: map[string]string{account + "/message-store-report": kindReport},
		actions: map[string]action{
			"createMessageStoreReport":      createReport,
			"readMessageStoreReportTask":    readReport,
			"readMessageStoreReportArchive": readReportArchive,
		},
		own: []string{kindReport},
		start: func(w *World) {
			w.add(&thing{kind: "setting " + account + "/message-store-configuration", doc: Object{"retentionPeriod": 30}}, w.cfg.Now)
			if !w.cfg.Bare && len(w.cfg.Users) > 0 {
				at := w.cfg.Now.Add(-time.Hour)
				w.addReport(at, w.cfg.Users[0].ID, between{at.Add(-24 * time.Hour), at}, nil)
			}
		},
	}
}

func createReport(w *World, q *Request) (Reply, *Problem) {
	when := between{to: q.At}
	var ok bool
	if v := text(q.body(), "dateTo"); v != "" {
		if when.to, ok = momentOf(v); !ok {
			return Reply{}, invalid("dateTo", v)
		}
	}
	when.from = when.to.Add(-24 * time.Hour)
	if v := text(q.body(), "dateFrom"); v != "" {
		if when.from, ok = momentOf(v); !ok || when.from.After(when.to) {
			return Reply{}, invalid("dateFrom", v)
		}
	}
	return w.replyThing(q, w.addReport(q.At, q.User, when, texts(q.body(), "messageTypes"))), nil
}

// addReport begins a report. No types are all.
func (w *World) addReport(at time.Time, extension string, when between, types []string) *thing {
	if len(types) == 0 {
		types = []string{typeFax, typeSMS, typeVoicemail, typePager}
	}
	t := &thing{kind: kindReport, id: w.newID(), doc: Object{
		"status": "Accepted", "accountId": w.cfg.AccountID, "extensionId": extension,
		"dateFrom": when.from, "dateTo": when.to, "startTime": at, "messageTypes": types,
	}}
	t.doc["uri"] = "/restapi/v1.0/account/" + w.cfg.AccountID + "/message-store-report/" + t.id
	return w.add(t, at)
}

func readReport(w *World, q *Request) (Reply, *Problem) {
	w.settleTask(q.thing, q.At)
	return w.replyThing(q, q.thing), nil
}

// readReportArchive lists one archive when the report is done, and none before. The archive itself cannot be fetched: no
// operation of the catalogue does it.
func readReportArchive(w *World, q *Request) (Reply, *Problem) {
	records := []Object{}
	if w.settleTask(q.thing, q.At) {
		from, _ := q.thing.doc["dateFrom"].(time.Time)
		to, _ := q.thing.doc["dateTo"].(time.Time)
		types := texts(q.thing.doc, "messageTypes")
		n := 0
		for _, m := range w.list(kindMessage) {
			made, _ := m.doc["creationTime"].(time.Time)
			if (between{from, to}).has(made) && slices.Contains(types, text(m.doc, "type")) {
				n++
			}
		}
		const envelope, each = 150, 400 // bytes, about
		records = append(records, Object{"size": envelope + n*each, "uri": q.Path + "/1.zip"})
	}
	return w.reply(q, Object{"records": records}, q.Path), nil
}
