package messages

import (
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// kindReport are tasks that collect the messages of the account.
const kindReport = "message reports"

// messageStore is the domain of the message store of the whole account: its settings and its reports. That
// only two reports may be made at a time is not emulated: no source tells the refusal.
func messageStore() world.Domain {
	const account = "/restapi/v1.0/account/{accountId}"
	return world.Domain{
		Kinds: map[string]string{account + "/message-store-report": kindReport},
		Handlers: map[string]world.Handler{
			"createMessageStoreReport":      createReport,
			"readMessageStoreReportTask":    readReport,
			"readMessageStoreReportArchive": readReportArchive,
		},
		Owned: []string{kindReport},
		Seed: func(w *world.World) {
			w.Add(&world.Resource{Kind: "setting " + account + "/message-store-configuration",
				Doc: world.Object{"retentionPeriod": 30}}, w.Config.Now)
			if !w.Config.Bare && len(w.Config.Users) > 0 {
				at := w.Config.Now.Add(-time.Hour)
				addReport(w, at, w.Config.Users[0].ID, world.TimeRange{From: at.Add(-24 * time.Hour), To: at}, nil)
			}
		},
	}
}

func createReport(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	when := world.TimeRange{To: q.At}
	var ok bool
	if v := world.Text(q.Object(), "dateTo"); v != "" {
		if when.To, ok = world.ParseTime(v); !ok {
			return world.Reply{}, world.Invalid("dateTo", v)
		}
	}
	when.From = when.To.Add(-24 * time.Hour)
	if v := world.Text(q.Object(), "dateFrom"); v != "" {
		if when.From, ok = world.ParseTime(v); !ok || when.From.After(when.To) {
			return world.Reply{}, world.Invalid("dateFrom", v)
		}
	}
	return w.ReplyResource(q, addReport(w, q.At, q.User, when, world.Texts(q.Object(), "messageTypes"))), nil
}

// addReport begins a report. No types are all.
func addReport(w *world.World, at time.Time, extension string, when world.TimeRange, types []string) *world.Resource {
	if len(types) == 0 {
		types = []string{typeFax, typeSMS, typeVoicemail, typePager}
	}
	t := &world.Resource{Kind: kindReport, ID: w.NewID(), Doc: world.Object{
		"status": "Accepted", "accountId": w.Config.AccountID, "extensionId": extension,
		"dateFrom": when.From, "dateTo": when.To, "startTime": at, "messageTypes": types,
	}}
	t.Doc["uri"] = "/restapi/v1.0/account/" + w.Config.AccountID + "/message-store-report/" + t.ID
	return w.Add(t, at)
}

func readReport(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	w.SettleTask(q.Resource, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

// readReportArchive lists one archive when the report is done, and none before. The archive itself cannot be fetched: no
// operation of the catalogue does it.
func readReportArchive(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	records := []world.Object{}
	if w.SettleTask(q.Resource, q.At) {
		from, _ := q.Resource.Doc["dateFrom"].(time.Time)
		to, _ := q.Resource.Doc["dateTo"].(time.Time)
		types := world.Texts(q.Resource.Doc, "messageTypes")
		n := 0
		for _, m := range w.List(kindMessage) {
			made, _ := m.Doc["creationTime"].(time.Time)
			if (world.TimeRange{From: from, To: to}).Contains(made) && slices.Contains(types, world.Text(m.Doc, "type")) {
				n++
			}
		}
		const envelope, each = 150, 400 // bytes, about
		records = append(records, world.Object{"size": envelope + n*each, "uri": q.Path + "/1.zip"})
	}
	return w.Reply(q, world.Object{"records": records}, q.Path), nil
}
