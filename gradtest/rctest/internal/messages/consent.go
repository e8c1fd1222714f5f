package messages

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Kinds of SMS consents: what holds, and what was said one after the other.
const (
	kindConsent        = "sms consents"
	kindConsentHistory = "sms consent history"
)

// smsConsents is the domain of SMS opt-ins and opt-outs. Opt-outs of A2P are the same records in
// another form. Consents cover a pair of phone numbers or what the account sends to a number as a whole; those of a
// campaign type are not emulated.
func smsConsents() world.Domain {
	const consents = "/restapi/v2/accounts/{accountId}/sms/consents"
	return world.Domain{
		Kinds: map[string]string{
			consents:              kindConsent,
			consents + "/history": kindConsentHistory,
		},
		Lists: map[string]world.Lister{
			"listSmsConsentRecords":        listConsents,
			"searchSmsConsentRecords":      searchConsents,
			"listSmsConsentHistoryRecords": listConsentHistory,
		},
		Handlers: map[string]world.Handler{
			"editSmsConsentRecords":   editConsents,
			"exportSmsConsentRecords": exportConsents,
			"readA2PSMSOptOuts":       readOptOuts,
			"addA2PSMSOptOuts":        assignOptOuts,
		},
		Owned: []string{kindConsent, kindConsentHistory},
		Seed: func(w *world.World) {
			if !w.Config.Bare && len(w.Config.Users) > 0 {
				consent(w, w.Config.Now.Add(-time.Hour), choice{w.Config.Users[0].Phone, "+16505550164", "OptOut", "Recipient",
					coversNumber})
			}
		},
	}
}

// What a consent covers: messages of one number, or of all of the account's.
const (
	coversNumber  = "PhoneNumber"
	coversAccount = "Account"
)

// choice is what a number wants of a sender.
type choice struct{ from, to, status, source, coverage string }

// key is under what the choice is kept: a later one with the same takes its place.
func (c choice) key() string {
	if c.coverage == coversAccount {
		return c.to
	}
	return c.from + " " + c.to
}

func (c choice) doc() world.Object {
	return world.Object{"from": c.from, "to": c.to, "optStatus": c.status, "source": c.source, "coverage": c.coverage}
}

// consent notes a choice.
func consent(w *world.World, at time.Time, c choice) {
	now, then := c.doc(), c.doc()
	now["lastModifiedTime"], then["createdAt"] = at, at
	if t := w.Get(kindConsent, c.key()); t != nil {
		w.Update(t, now, at)
	} else {
		w.Add(&world.Resource{Kind: kindConsent, ID: c.key(), Doc: now}, at)
	}
	w.Add(&world.Resource{Kind: kindConsentHistory, ID: w.NewID(), Doc: then}, at)
}

// optedOut reports whether a number does not want messages of a sender.
func optedOut(w *world.World, from, to string) bool {
	for _, key := range []string{from + " " + to, to} {
		if t := w.Get(kindConsent, key); t != nil && t.Doc["optStatus"] == "OptOut" {
			return true
		}
	}
	return false
}

// consents picks records. No values mean that a member may have any.
func consents(w *world.World, from, to, status, coverage, campaign []string) []*world.Resource {
	has := func(values []string, own string) bool { return len(values) == 0 || wantsAny(values, own) }
	return slices.DeleteFunc(w.List(kindConsent), func(t *world.Resource) bool {
		return !has(from, world.Text(t.Doc, "from")) || !has(to, world.Text(t.Doc, "to")) ||
			!has(status, world.Text(t.Doc, "optStatus")) ||
			!has(coverage, world.Text(t.Doc, "coverage")) || len(campaign) > 0
	})
}

func listConsents(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	status := q.Query["optStatus"]
	if len(status) == 0 {
		status = []string{"OptOut"}
	}
	return consents(w, people.E164s(q.Query["from"]), people.E164s(q.Query["to"]), status, q.Query["coverage"],
		q.Query["campaignType"]), nil
}

// searchConsents has its filters and the page in the body.
func searchConsents(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	b := q.Object()
	q.Query = make(map[string][]string)
	for _, name := range []string{"pageToken", "perPage"} {
		if v, ok := world.Scalar(b[name]); ok {
			q.Query[name] = []string{v}
		}
	}
	var status []string
	if s := world.Text(b, "optStatus"); s != "" {
		status = []string{s}
	}
	return consents(w, people.E164s(world.Texts(b, "from")), people.E164s(world.Texts(b, "to")), status, world.Texts(b, "coverage"),
		world.Texts(b, "campaignType")), nil
}

func listConsentHistory(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	to := people.E164s(q.Query["to"])
	return slices.DeleteFunc(w.List(kindConsentHistory), func(t *world.Resource) bool {
		return len(to) > 0 && !wantsAny(to, world.Text(t.Doc, "to"))
	}), nil
}

// editConsents takes what can be taken and returns the rest.
func editConsents(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	var failed []world.Object
	for _, o := range world.Children(q.Object(), "records") {
		from := people.E164(world.Text(o, "from"))
		if people.NumberResource(w, from) == nil {
			bad := world.Object{
				"error": world.Pick(world.Invalid("from", from).Errors[0].Object(), "errorCode", "message"),
			}
			world.Merge(bad, o)
			failed = append(failed, bad)
			continue
		}
		consent(w, q.At, choice{from, people.E164(world.Text(o, "to")), world.Text(o, "optStatus"), world.Text(o, "source"),
			world.Text(o, "coverage")})
	}
	answer := world.Object{}
	if failed != nil {
		answer["failedRecords"] = failed
	}
	return w.Reply(q, answer, q.Path), nil
}

func exportConsents(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	rows := [][]string{{
		"External Party Number", "Internal Party Number", "Consent Status", "Source", "Coverage", "Campaign Type", "Notes",
		"Last Modified Time",
	}}
	for _, t := range w.List(kindConsent) {
		at, _ := t.Doc["lastModifiedTime"].(time.Time)
		rows = append(rows, []string{
			world.Text(t.Doc, "to"), world.Text(t.Doc, "from"), world.Text(t.Doc, "optStatus"), world.Text(t.Doc, "source"),
			world.Text(t.Doc, "coverage"), "", "", at.Format(time.RFC3339),
		})
	}
	return world.ReplyFile(q, world.File{Type: "text/csv", Content: table(rows)})
}

// table is rows as CSV.
func table(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}

// readOptOuts lists the same records in other words, as JSON or as CSV.
func readOptOuts(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	all := optOuts(w, q)
	if !strings.Contains(q.Accept, "text/csv") {
		fallback(q, "perPage", "1000")
		return w.ReplyPage(q, all)
	}
	rows := [][]string{{"from", "to", "status", "source"}}
	for _, t := range all {
		rows = append(rows, []string{world.Text(t.Doc, "from"), world.Text(t.Doc, "to"), world.Text(t.Doc, "status"),
			world.Text(t.Doc, "source")})
	}
	return world.ReplyFile(q, world.File{Type: "text/csv", Content: table(rows)})
}

// optOuts are consents as the older operations have them. Those that are opted out, unless the query says otherwise.
func optOuts(w *world.World, q *world.Request) []*world.Resource {
	var status []string
	switch q.Query.Get("status") {
	case "", "optout":
		status = []string{"OptOut"}
	case "optin":
		status = []string{"OptIn"}
	}
	from := people.E164s(q.Query["from"])
	if slices.Contains(from, "*") {
		from = nil
	}
	found := consents(w, from, people.E164s(q.Query["to"]), status, nil, nil)
	out := make([]*world.Resource, len(found))
	for i, t := range found {
		source := world.Text(t.Doc, "source")
		if source == "Api" {
			source = "Account"
		}
		out[i] = &world.Resource{Doc: world.Object{"from": t.Doc["from"], "to": t.Doc["to"], "status": t.Doc["optStatus"],
			"source": source}}
	}
	return out
}

// assignOptOuts is bulk-assign: each number by itself succeeds or fails.
func assignOptOuts(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	from := people.E164(world.Text(q.Object(), "from"))
	if people.NumberResource(w, from) == nil {
		return world.Reply{}, world.Invalid("from", from)
	}
	outs, ins := world.Texts(q.Object(), "optOuts"), world.Texts(q.Object(), "optIns")
	if len(outs)+len(ins) == 0 {
		return world.Reply{}, world.Missing("optOuts")
	}
	assign := func(numbers []string, status string) world.Object {
		good, bad := []string{}, []world.Object{}
		for _, to := range numbers {
			if to = people.E164(to); !people.IsE164(to) {
				bad = append(bad, world.Object{"to": to, "errorMessage": "Invalid phone number"})
				continue
			}
			consent(w, q.At, choice{from, to, status, "Api", coversNumber})
			good = append(good, to)
		}
		return world.Object{"successful": good, "failed": bad}
	}
	return w.Reply(q, world.Object{"optOuts": assign(outs, "OptOut"), "optIns": assign(ins, "OptIn")}, q.Path), nil
}
