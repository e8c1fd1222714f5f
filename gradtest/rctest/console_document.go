package rctest

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// consoleDocument is a Console in rows, as in the JSON and on the page.
type consoleDocument struct {
	ClientID    string               `json:"clientId"`
	At          time.Time            `json:"at"`
	Refreshed   time.Time            `json:"refreshed"`
	NextRefresh *time.Time           `json:"nextRefresh"` // null without delay
	Stage       Stage                `json:"stage"`
	MayApply    bool                 `json:"mayApply"`
	Application *documentApplication `json:"application"` // null until the app has applied
	Calendar    []documentDay        `json:"calendar"`    // a week from the request on, or from today
	Rules       []ruleRow            `json:"rules"`
	Endpoints   []endpointRow        `json:"endpoints"`
	Scopes      []scopeRow           `json:"scopes"`
	Shares      []shareRow           `json:"shares"` // of authentication errors
	Traffic     []trafficRow         `json:"traffic"`
	Missing     views[[]string]      `json:"missing"` // a sentence each
}

// views has a value as the console shows it, and the current one.
type views[T any] struct {
	Lagging T `json:"lagging"`
	Current T `json:"current"`
}

type documentApplication struct {
	Applied  time.Time `json:"applied"`
	Answer   date      `json:"answer"`
	Approved bool      `json:"approved"`
}

// documentDay is the answer day for requests of a day.
type documentDay struct {
	Day    date `json:"day"`
	Answer date `json:"answer"`
}

type ruleRow struct {
	Rule string `json:"rule"`
	Need string `json:"need"`
	views[ruleStatus]
}

type ruleStatus struct {
	OK  bool   `json:"ok"`
	Got string `json:"got"`
}

type endpointRow struct {
	Operation             string `json:"operation"` // empty: not in the catalogue
	Method                string `json:"method"`
	Path                  string `json:"path"`
	Need                  int    `json:"need"`
	views[*endpointCount]        // null: not called in 48 hours
}

type endpointCount struct {
	OK        bool `json:"ok"`
	Successes int  `json:"successes"`
	Calls     int  `json:"calls"`
}

type scopeRow struct {
	Scope       rcapi.Scope `json:"scope"`
	Exercisable bool        `json:"exercisable"`
	views[exerciseCount]
}

type exerciseCount struct {
	OK        bool `json:"ok"`
	Successes int  `json:"successes"`
}

type shareRow struct {
	Window string `json:"window"` // utc: since 00:00 UTC yesterday; 48h
	OAuth  bool   `json:"oauth"`  // authorization requests are in it
	views[shareCount]
}

type shareCount struct {
	OK     bool `json:"ok"`
	Errors int  `json:"errors"`
	Calls  int  `json:"calls"`
}

// trafficRow is a count over 48 hours that no requirement is about.
type trafficRow struct {
	What string `json:"what"`
	views[int]
}

// date is a UTC day.
type date struct{ time.Time }

// MarshalJSON writes the day without the time.
func (d date) MarshalJSON() ([]byte, error) {
	return d.UTC().AppendFormat(nil, `"`+time.DateOnly+`"`), nil
}

// week is the number of days in the review calendar.
const week = 7

func newConsoleDocument(c Console) consoleDocument {
	d := consoleDocument{
		ClientID: c.ClientID, At: c.At, Refreshed: c.Refreshed, Stage: c.Stage, MayApply: c.MayApply(),
		Rules:     c.rules(),
		Endpoints: c.endpoints(),
		Traffic: []trafficRow{
			{"requests", bothViews(c, func(v Verdict) int { return v.Total })},
			{"4xx", bothViews(c, func(v Verdict) int { return v.ClientErrors })},
			{"429", bothViews(c, func(v Verdict) int { return v.TooManyRequests })},
		},
		Scopes:  []scopeRow{}, // lists are never null in the JSON
		Missing: bothViews(c, func(v Verdict) []string { return append([]string{}, v.Open...) }),
	}
	if !c.NextRefresh.IsZero() {
		d.NextRefresh = &c.NextRefresh
	}
	from := c.At
	if a := c.Application; a != nil {
		d.Application = &documentApplication{a.Applied, date{a.Answer}, a.Approved}
		from = a.Applied
	}
	for i := range week {
		day := from.Truncate(24*time.Hour).AddDate(0, 0, i)
		d.Calendar = append(d.Calendar, documentDay{date{day}, date{reviewDay(day)}})
	}
	for i, s := range c.Current.PerScope { // both verdicts have the same ones
		d.Scopes = append(d.Scopes, scopeRow{s.Scope, s.Exercisable, bothViews(c, func(v Verdict) exerciseCount {
			return exerciseCount{v.PerScope[i].OK(), v.PerScope[i].Successes}
		})})
	}
	for i, s := range c.Current.Shares { // likewise
		window := "utc"
		if s.Window == rolling {
			window = "48h"
		}
		d.Shares = append(d.Shares, shareRow{window, s.OAuth, bothViews(c, func(v Verdict) shareCount {
			return shareCount{v.Shares[i].OK(), v.Shares[i].Errors, v.Shares[i].Calls}
		})})
	}
	return d
}

// bothViews applies a function to both verdicts.
func bothViews[T any](c Console, ask func(Verdict) T) views[T] {
	return views[T]{ask(c.Lagging), ask(c.Current)}
}

// rules returns the requirements. All are met if and only if the verdict is Ready.
func (c Console) rules() []ruleRow {
	volume := fmt.Sprintf("More than %d successful calls in total", successesNeeded-1)
	endpoints := fmt.Sprintf("%d or more successful calls to each endpoint used", endpointNeeded)
	authErrors := fmt.Sprintf("Less than %d %% authentication errors", errorPercent)
	count := func(ok, of int) ruleStatus { return ruleStatus{ok == of, fmt.Sprintf("%d of %d", ok, of)} }
	return []ruleRow{
		{"volume", volume, bothViews(c, func(v Verdict) ruleStatus {
			return ruleStatus{v.enough(), fmt.Sprintf("%d calls", v.Successes)}
		})},
		{"endpoints", endpoints, bothViews(c, func(v Verdict) ruleStatus {
			if len(v.PerOperation) == 0 { // no endpoint is short, but the requirement is not met either
				return ruleStatus{false, "none"}
			}
			return count(countIf(v.PerOperation, OperationCount.OK), len(v.PerOperation))
		})},
		{"scopes", "Every requested permission exercised", bothViews(c, func(v Verdict) ruleStatus {
			if len(v.PerScope) == 0 {
				return ruleStatus{true, "none"}
			}
			return count(countIf(v.PerScope, ScopeCount.OK), len(v.PerScope))
		})},
		{"auth-errors", authErrors, bothViews(c, func(v Verdict) ruleStatus {
			w := worst(v.Shares)
			return ruleStatus{w.OK(), percent(w.Errors, w.Calls)}
		})},
	}
}

// endpoints returns the endpoints of both verdicts, sorted by path and method.
func (c Console) endpoints() []endpointRow {
	rows := []endpointRow{}
	index := map[string]int{}
	for _, v := range []Verdict{c.Lagging, c.Current} {
		for _, o := range v.PerOperation {
			if _, ok := index[o.Operation.String()]; !ok {
				index[o.Operation.String()] = len(rows)
				rows = append(rows, endpointRow{
					Operation: o.Operation.ID, Method: o.Operation.Method, Path: o.Operation.Path, Need: endpointNeeded,
				})
			}
		}
	}
	for _, o := range c.Lagging.PerOperation {
		rows[index[o.Operation.String()]].Lagging = &endpointCount{o.OK(), o.Successes, o.Calls}
	}
	for _, o := range c.Current.PerOperation {
		rows[index[o.Operation.String()]].Current = &endpointCount{o.OK(), o.Successes, o.Calls}
	}
	slices.SortFunc(rows, func(a, b endpointRow) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	return rows
}

func countIf[T any](rows []T, ok func(T) bool) (n int) {
	for _, r := range rows {
		if ok(r) {
			n++
		}
	}
	return n
}

// worst returns the largest share; among equal shares, the one of more calls. It is OK if and only if all shares are.
func worst(shares []Share) Share {
	return slices.MaxFunc(shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(a.Errors*max(b.Calls, 1), b.Errors*max(a.Calls, 1)), cmp.Compare(a.Calls, b.Calls))
	})
}

// percent rounds down, so that a share just below the maximum does not read as the maximum.
func percent(part, of int) string {
	if of == 0 {
		return "no calls"
	}
	permille := part * 1000 / of
	return fmt.Sprintf("%d.%d %%", permille/10, permille%10)
}
