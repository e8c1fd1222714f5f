package world

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"time"
)

// Kinds of SMS consents: what holds, and what was said one after the other.
const (
	kindConsent        = "sms consents"
	kindConsentHistory = "sms consent history"
)

// smsConsents is the part of the world about who wants SMS and who does not. Opt-outs of A2P are the same records in
// another form. Consents cover a pair of phone numbers or what the account sends to a number as a whole; those of a
// campaign type are not emulated.
func smsConsents() domain {
	const consents = "/restapi/v2/accounts/{accountId}/sms/consents"
	return domain{
		kinds: map[string]string{
			consents:              kindConsent,
			consents + "/history": kindConsentHistory,
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"listSmsConsentRecords":        listConsents,
			"searchSmsConsentRecords":      searchConsents,
			"listSmsConsentHistoryRecords": listConsentHistory,
		},
		actions: map[string]action{
			"editSmsConsentRecords":   editConsents,
			"exportSmsConsentRecords": exportConsents,
			"readA2PSMSOptOuts":       readOptOuts,
			"addA2PSMSOptOuts":        assignOptOuts,
		},
		own: []string{kindConsent, kindConsentHistory},
		start: func(w *World) {
			if !w.cfg.Bare && len(w.cfg.Users) > 0 {
				w.consent(w.cfg.Now.Add(-time.Hour), choice{w.cfg.Users[0].Phone, "+16505550164", "OptOut", "Recipient", coversNumber})
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

func (c choice) doc() Object {
	return Object{"from": c.from, "to": c.to, "optStatus": c.status, "source": c.source, "coverage": c.coverage}
}

// consent notes a choice.
func (w *World) consent(at time.Time, c choice) {
	now, then := c.doc(), c.doc()
	now["lastModifiedTime"], then["createdAt"] = at, at
	if t := w.get(kindConsent, c.key()); t != nil {
		w.update(t, now, at)
	} else {
		w.add(&thing{kind: kindConsent, id: c.key(), doc: now}, at)
	}
	w.add(&thing{kind: kindConsentHistory, id: w.newID(), doc: then}, at)
}

// optedOut reports whether a number does not want messages of a sender.
func (w *World) optedOut(from, to string) bool {
	for _, key := range []string{from + " " + to, to} {
		if t := w.get(kindConsent, key); t != nil && t.doc["optStatus"] == "OptOut" {
			return true
		}
	}
	return false
}

// consents picks records. No values mean that a member may have any.
func (w *World) consents(from, to, status, coverage, campaign []string) []*thing {
	has := func(values []string, own string) bool { return len(values) == 0 || wantsAny(values, own) }
	return slices.DeleteFunc(w.list(kindConsent), func(t *thing) bool {
		return !has(from, text(t.doc, "from")) || !has(to, text(t.doc, "to")) || !has(status, text(t.doc, "optStatus")) ||
			!has(coverage, text(t.doc, "coverage")) || len(campaign) > 0
	})
}

func listConsents(w *World, q *Request) ([]*thing, *Problem) {
	status := q.Query["optStatus"]
	if len(status) == 0 {
		status = []string{"OptOut"}
	}
	return w.consents(numbersIn(q.Query["from"]), numbersIn(q.Query["to"]), status, q.Query["coverage"], q.Query["campaignType"]), nil
}

// numbersIn mends numbers of a query whose plus was taken for a space.
func numbersIn(values []string) []string {
	out := make([]string, len(values))
	for i, v := range values {
		if isDigits(v) {
			v = "+" + v
		} else if len(v) > 1 && v[0] == ' ' {
			v = "+" + v[1:]
		}
		out[i] = v
	}
	return out
}

// searchConsents has its filters and the page in the body.
func searchConsents(w *World, q *Request) ([]*thing, *Problem) {
	b := q.body()
	q.Query = make(map[string][]string)
	for _, name := range []string{"pageToken", "perPage"} {
		if v, ok := scalar(b[name]); ok {
			q.Query[name] = []string{v}
		}
	}
	var status []string
	if s := text(b, "optStatus"); s != "" {
		status = []string{s}
	}
	return w.consents(texts(b, "from"), texts(b, "to"), status, texts(b, "coverage"), texts(b, "campaignType")), nil
}

func listConsentHistory(w *World, q *Request) ([]*thing, *Problem) {
	to := numbersIn(q.Query["to"])
	return slices.DeleteFunc(w.list(kindConsentHistory), func(t *thing) bool {
		return len(to) > 0 && !wantsAny(to, text(t.doc, "to"))
	}), nil
}

// editConsents takes what can be taken and returns the rest.
func editConsents(w *World, q *Request) (Reply, *Problem) {
	var failed []Object
	for _, o := range objects(q.body(), "records") {
		from := text(o, "from")
		if w.number(from) == nil {
			bad := Object{"error": Object{"errorCode": "CMN-101", "message": "Parameter [from] value is invalid"}}
			merge(bad, o)
			failed = append(failed, bad)
			continue
		}
		w.consent(q.At, choice{from, text(o, "to"), text(o, "optStatus"), text(o, "source"), text(o, "coverage")})
	}
	answer := Object{}
	if failed != nil {
		answer["failedRecords"] = failed
	}
	return w.reply(q, answer, q.Path), nil
}

func exportConsents(w *World, q *Request) (Reply, *Problem) {
	rows := [][]string{{
		"External Party Number", "Internal Party Number", "Consent Status", "Source", "Coverage", "Campaign Type", "Notes", "Last Modified Time",
	}}
	for _, t := range w.list(kindConsent) {
		at, _ := t.doc["lastModifiedTime"].(time.Time)
		rows = append(rows, []string{
			text(t.doc, "to"), text(t.doc, "from"), text(t.doc, "optStatus"), text(t.doc, "source"), text(t.doc, "coverage"), "", "", at.Format(time.RFC3339),
		})
	}
	return content(q, File{Type: "text/csv", Content: table(rows)})
}

// table is rows as CSV.
func table(rows [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}

// readOptOuts lists the same records in other words, as JSON or as CSV.
func readOptOuts(w *World, q *Request) (Reply, *Problem) {
	all := w.optOuts(q)
	if !strings.Contains(q.Accept, "text/csv") {
		q.fallback("perPage", "1000")
		return w.replyThings(q, all)
	}
	rows := [][]string{{"from", "to", "status", "source"}}
	for _, t := range all {
		rows = append(rows, []string{text(t.doc, "from"), text(t.doc, "to"), text(t.doc, "status"), text(t.doc, "source")})
	}
	return content(q, File{Type: "text/csv", Content: table(rows)})
}

// optOuts are consents as the older operations have them. Those that are opted out, unless the query says otherwise.
func (w *World) optOuts(q *Request) []*thing {
	var status []string
	switch q.Query.Get("status") {
	case "", "optout":
		status = []string{"OptOut"}
	case "optin":
		status = []string{"OptIn"}
	}
	from := numbersIn(q.Query["from"])
	if slices.Contains(from, "*") {
		from = nil
	}
	found := w.consents(from, numbersIn(q.Query["to"]), status, nil, nil)
	out := make([]*thing, len(found))
	for i, t := range found {
		source := text(t.doc, "source")
		if source == "Api" {
			source = "Account"
		}
		out[i] = &thing{doc: Object{"from": t.doc["from"], "to": t.doc["to"], "status": t.doc["optStatus"], "source": source}}
	}
	return out
}

// assignOptOuts is bulk-assign: each number by itself succeeds or fails.
func assignOptOuts(w *World, q *Request) (Reply, *Problem) {
	from := text(q.body(), "from")
	if w.number(from) == nil {
		return Reply{}, invalid("from", from)
	}
	outs, ins := texts(q.body(), "optOuts"), texts(q.body(), "optIns")
	if len(outs)+len(ins) == 0 {
		return Reply{}, missing("optOuts")
	}
	assign := func(numbers []string, status string) Object {
		good, bad := []string{}, []Object{}
		for _, to := range numbers {
			if !isE164(to) {
				bad = append(bad, Object{"to": to, "errorMessage": "Invalid phone number"})
				continue
			}
			w.consent(q.At, choice{from, to, status, "Api", coversNumber})
			good = append(good, to)
		}
		return Object{"successful": good, "failed": bad}
	}
	return w.reply(q, Object{"optOuts": assign(outs, "OptOut"), "optIns": assign(ins, "OptIn")}, q.Path), nil
}
