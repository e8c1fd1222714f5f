package messages

import (
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// kindReport are tasks that collect the messages of the account.
const kindReport = "message reports"

// kindArchive are the files that a report consists of.
const kindArchive = "archives of message reports"

// messageStore is the domain of the message store of the whole account: its settings and its reports. That
// only two reports may be made at a time is not emulated: no source tells the refusal.
func messageStore() world.Domain {
	const account = "/restapi/v1.0/account/{accountId}"
	return world.Domain{
		Kinds: map[string]string{
			account + "/message-store-report":                  kindReport,
			account + "/message-store-report/{taskId}/archive": kindArchive,
		},
		Handlers: map[string]world.Handler{
			"createMessageStoreReport":      createReport,
			"readMessageStoreReportTask":    readReport,
			"readMessageStoreReportArchive": readReportArchive,

			"readMessageStoreReportArchiveContent": downloadReportArchive,
		},
		Owned: []string{kindReport, kindArchive},
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
	w.Add(&world.Resource{Kind: kindArchive, ID: archiveName, Parents: []world.Param{world.NewParam("taskId", t.ID)},
		Doc: world.Object{}}, at)
	return w.Add(t, at)
}

func readReport(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	w.SettleTask(q.Resource, q.At)
	return w.ReplyResource(q, q.Resource), nil
}

// downloadReportArchive returns an archive with the messages of the report as JSON. What else the platform puts there
// is not documented.
func downloadReportArchive(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	report := w.Get(kindReport, q.Param("taskId"))
	if report == nil || !w.SettleTask(report, q.At) {
		return world.Reply{}, world.NotFound("archiveId", q.Resource.ID)
	}
	return world.ReplyFile(q, archiveOf(w, report))
}

// archiveName is the only archive of a report.
const archiveName = "1.zip"

// readReportArchive lists one archive when the report is done, and none before.
func readReportArchive(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	records := []world.Object{}
	if w.SettleTask(q.Resource, q.At) {
		size := len(archiveOf(w, q.Resource).Content)
		records = append(records, world.Object{"size": size, "uri": q.Path + "/" + archiveName})
	}
	return w.Reply(q, world.Object{"records": records}, q.Path), nil
}

// archiveOf has the messages of a report.
func archiveOf(w *world.World, t *world.Resource) world.File {
	from, _ := t.Doc["dateFrom"].(time.Time)
	to, _ := t.Doc["dateTo"].(time.Time)
	types := world.Texts(t.Doc, "messageTypes")
	found := []world.Object{}
	for _, m := range w.List(kindMessage) {
		made, _ := m.Doc["creationTime"].(time.Time)
		if (world.TimeRange{From: from, To: to}).Contains(made) && slices.Contains(types, world.Text(m.Doc, "type")) {
			found = append(found, m.Doc)
		}
	}
	return world.Archive("messages", found)
}
