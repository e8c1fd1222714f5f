package report

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// Schema names the form of a [Document]. Within one version members are only added; one that is removed or changes its
// meaning makes a new version.
const Schema = "gradtest/report/v1"

// Options of a report. The zero value is the verdict alone.
type Options struct {
	App        string            // name of the app, for the headline; empty: none
	Provenance                   // adds a banner; zero: none
	Forecast   *criteria.Outlook // adds when to apply and how long each endpoint's successes last; nil: omitted
	// Policies adds what other policies make of the same evidence, from [criteria.Compare]; nil: omitted.
	Policies []criteria.Comparison
	// Calls adds the rate limits and the time spent waiting for them; to HTML also a timeline and each call, to GitHub
	// lines of code and error codes; nil: omitted.
	Calls    []Call
	Evidence *Evidence // adds what the report is made from; its Hash is computed; nil: omitted
	Root     string    // GitHub only: the module's directory in the repository; empty: its root
	// Scopes adds the app scopes that are declared, granted, needed and exercised; nil: omitted. Text leaves it out.
	Scopes *criteria.ScopeMatrix
	Notes  []string // sentences for the end of the report, after those of the verdict
	Width  int      // Text only: columns of the terminal, at least 56; zero: 80
	Full   bool     // Text only: lists also the endpoints and scopes that are fine; zero: one line for them
	Colour bool     // Text only: ANSI colours; zero: none
}

// Document is the content of every report, in the form in which [JSON] writes it. All writers read it, so their
// numbers cannot differ. Times are UTC; a member that does not apply is absent.
type Document struct {
	Schema    string         `json:"schema"`
	App       string         `json:"app,omitempty"`
	Origin    Provenance     `json:"origin,omitzero"`
	Policy    string         `json:"policy"` // name and version
	At        time.Time      `json:"at"`     // when the verdict was taken
	Since     time.Time      `json:"since"`  // from when successes count
	Ready     bool           `json:"ready"`
	Until     time.Time      `json:"until,omitzero"` // when ready: until when it stays so if nothing more is sent
	Successes int            `json:"successes"`      // successful calls that count as volume
	Missing   int            `json:"missing"`        // successful calls still needed in all
	Refused   int            `json:"refused"`        // responses 429 in the last 48 h
	Unknown   int            `json:"unknown"`        // attempts of the last 48 h with unknown outcome
	Rules     []Rule         `json:"rules"`
	Endpoints []Endpoint     `json:"endpoints"`
	Scopes    []Scope        `json:"scopes"`
	Ratios    []Ratio        `json:"ratios"`
	Needs     Needs          `json:"needs"`
	Forecast  *Forecast      `json:"forecast,omitempty"`
	Policies  []PolicyResult `json:"policies,omitempty"` // other policies on the same evidence
	Limits    []Limit        `json:"limits,omitempty"`   // what the calls showed, by group
	Evidence  *Evidence      `json:"evidence,omitempty"` // the records that the report is made from
	Matrix    *ScopeMatrix   `json:"matrix,omitempty"`   // the app scopes: declared, granted, needed, exercised
	Notes     []string       `json:"notes"`
}

// Rule is the outcome of one rule.
type Rule struct {
	Rule string `json:"rule"` // volume, endpoints, scopes, auth-errors, client-errors, rate-limit
	OK   bool   `json:"ok"`
	Got  string `json:"got"`
	Need string `json:"need"`
	Fix  string `json:"fix,omitempty"`
	Note string `json:"note,omitempty"`
}

// Endpoint is one endpoint, declared or not.
type Endpoint struct {
	Name      string    `json:"name"`
	Operation string    `json:"operation,omitempty"` // operation id, if the catalogue has it
	Method    string    `json:"method"`
	Path      string    `json:"path"` // template
	Group     string    `json:"group,omitempty"`
	Scope     string    `json:"scope,omitempty"`
	Declared  bool      `json:"declared"`
	OK        bool      `json:"ok"`
	Got       int       `json:"got"`
	Need      int       `json:"need"`
	Missing   int       `json:"missing"`
	Errors    int       `json:"errors"`           // responses 4xx in the last 48 h
	Unknown   int       `json:"unknown"`          // attempts of the last 48 h with unknown outcome
	Until     time.Time `json:"until,omitzero"`   // when got falls below need if nothing more is sent
	Exempt    string    `json:"exempt,omitempty"` // why it is not called, and not judged unless it was called
	// Of an undeclared endpoint: the Prepare and Cleanup functions that made all its calls, such as "Cleanup of
	// createContact".
	Callers []string `json:"callers,omitempty"`
}

// Scope is one declared app scope.
type Scope struct {
	Scope string `json:"scope"`
	OK    bool   `json:"ok"`
	Got   int    `json:"got"`
	Note  string `json:"note,omitempty"`
	// Exempt reports that only exempt endpoints exercise it, and none has.
	Exempt bool `json:"exempt,omitempty"`
}

// Ratio is one share of errors.
type Ratio struct {
	Rule    string `json:"rule"`
	Window  string `json:"window"`  // utc-days: since 00:00 UTC yesterday; rolling-48h: the last 48 hours
	Traffic string `json:"traffic"` // api: API calls; all: API calls and authorization requests
	OK      bool   `json:"ok"`
	Errors  int    `json:"errors"`
	Calls   int    `json:"calls"`
	Percent string `json:"percent"` // rounded down to one decimal
	Below   int    `json:"below"`   // percent
}

// Values of Ratio.Window and Ratio.Traffic.
const (
	windowUTC, windowRolling = "utc-days", "rolling-48h"
	trafficAPI, trafficAll   = "api", "all"
)

// Needs are the calls that would meet every rule.
type Needs struct {
	Endpoints []EndpointNeed `json:"endpoints"`
	Scopes    []ScopeNeed    `json:"scopes"`   // app scopes that those calls would not exercise
	Any       int            `json:"any"`      // for volume, to any declared endpoint
	Dilution  int            `json:"dilution"` // to make errors a small enough share
	Total     int            `json:"total"`
	Wait      time.Time      `json:"wait,omitzero"` // calls do not help before this time
	Drop      []string       `json:"drop"`          // scopes that no call can exercise
}

// EndpointNeed is what one endpoint is short of.
type EndpointNeed struct {
	Name     string `json:"name"`
	Method   string `json:"method"`
	Path     string `json:"path"`
	Declared bool   `json:"declared"`
	Calls    int    `json:"calls"`
	// Condition is what at least one of the calls must do, such as "creates a subscription with WebHook transport".
	Condition string `json:"condition,omitempty"`
}

// ScopeNeed is what exercises an app scope.
type ScopeNeed struct {
	Scope     string `json:"scope"`
	Operation string `json:"operation,omitempty"` // operation id, if the catalogue has it
	Method    string `json:"method"`
	Path      string `json:"path"`     // template
	Declared  bool   `json:"declared"` // an endpoint declares the operation
	OAuth     bool   `json:"oauth"`    // an authorization request: no volume
	Calls     int    `json:"calls"`
	Condition string `json:"condition,omitempty"` // as in EndpointNeed
}

// Forecast is when to apply.
type Forecast struct {
	Earliest time.Time `json:"earliest,omitzero"` // absent: calls are needed first
	Latest   time.Time `json:"latest,omitzero"`   // until when it stays ready; with calls needed: if all were made now
	// Changes are all moments at which a rule begins or ceases to hold if nothing is sent.
	Changes []Change       `json:"changes"`
	Errors  []ErrorOutlook `json:"errors"` // the rules about errors of which there are errors
}

// NewDocument returns the report of a verdict. It adds no judgement of its own. Characters that steer a terminal, break
// a line or change the direction of writing are replaced.
func NewDocument(v criteria.Verdict, o Options) Document {
	d := Document{
		Schema: Schema, App: safetext.Clean(o.App), Origin: o.Provenance.clean(), Policy: safetext.Clean(v.Policy),
		At: v.At.UTC(), Since: v.Since.UTC(), Ready: v.Ready, Until: v.Until,
		Successes: v.Successes, Missing: v.Missing, Refused: v.Refused, Unknown: v.Unknown,
		Rules: []Rule{}, Endpoints: []Endpoint{}, Scopes: []Scope{}, Ratios: []Ratio{}, Notes: []string{},
	}
	for _, f := range v.Findings {
		d.Rules = append(d.Rules, Rule{
			Rule: f.Rule, OK: f.OK, Got: safetext.Clean(f.Got), Need: safetext.Clean(f.Need),
			Fix: safetext.Clean(f.Fix), Note: safetext.Clean(f.Note),
		})
	}
	for _, e := range v.Endpoints {
		d.Endpoints = append(d.Endpoints, Endpoint{
			Name: safetext.Clean(e.Name), Operation: safetext.Clean(e.Op.ID),
			Method: safetext.Clean(e.Op.Method), Path: safetext.Clean(e.Op.Path),
			Group: safetext.Clean(string(e.Op.Group)), Scope: safetext.Clean(string(e.Op.Scope)),
			Declared: e.Declared, OK: e.Missing() == 0, Got: e.Got, Need: e.Need, Missing: e.Missing(),
			Errors: e.Errors, Unknown: e.Unknown, Until: until(e, o.Forecast), Exempt: safetext.Clean(e.Exempt),
			Callers: callers(e.Callers),
		})
	}
	for _, s := range v.Scopes {
		d.Scopes = append(d.Scopes,
			Scope{Scope: safetext.Clean(string(s.Scope)), OK: s.Got > 0 || s.Exempt, Got: s.Got, Note: safetext.Clean(s.Note), Exempt: s.Exempt})
	}
	for _, r := range v.Ratios {
		d.Ratios = append(d.Ratios, ratio(r))
	}
	d.Needs = needs(v.Needs)
	d.Forecast, d.Policies = forecast(o.Forecast), policyResults(o.Policies)
	d.Limits, d.Evidence = limits(o.Calls), o.Evidence.clean()
	d.Matrix = matrix(o.Scopes)
	for _, n := range slices.Concat(v.Notes, o.Notes) {
		d.Notes = append(d.Notes, safetext.Clean(n))
	}
	return d
}

func until(e criteria.EndpointCount, f *criteria.Outlook) time.Time {
	if f == nil || e.Missing() > 0 {
		return time.Time{}
	}
	for _, x := range f.Endpoints {
		if x.Op.Method == e.Op.Method && x.Op.Path == e.Op.Path && x.Op.ID == e.Op.ID {
			return x.Until
		}
	}
	return time.Time{}
}

func ratio(r criteria.Ratio) Ratio {
	out := Ratio{
		Rule: r.Rule, Window: windowUTC, Traffic: trafficAPI, OK: r.OK(),
		Errors: r.Errors, Calls: r.Calls, Percent: r.Percent(), Below: r.Below,
	}
	if r.Window == criteria.Rolling48h {
		out.Window = windowRolling
	}
	if r.Over == criteria.AllTraffic {
		out.Traffic = trafficAll
	}
	return out
}

func needs(n criteria.Needs) Needs {
	out := Needs{
		Endpoints: []EndpointNeed{}, Scopes: []ScopeNeed{}, Drop: []string{},
		Any: n.Any, Dilution: n.Dilution, Total: n.Total, Wait: n.Wait,
	}
	for _, e := range n.Endpoints {
		out.Endpoints = append(out.Endpoints, EndpointNeed{
			Name: safetext.Clean(e.Name), Method: safetext.Clean(e.Op.Method), Path: safetext.Clean(e.Op.Path),
			Declared: e.Declared, Calls: e.Calls, Condition: e.Condition,
		})
	}
	for _, s := range n.Scopes {
		out.Scopes = append(out.Scopes, ScopeNeed{
			Scope: safetext.Clean(string(s.Scope)), Operation: safetext.Clean(s.Op.ID),
			Method: safetext.Clean(s.Op.Method), Path: safetext.Clean(s.Op.Path),
			Declared: s.Declared, OAuth: s.Op.OAuth(), Calls: s.Calls, Condition: s.Condition,
		})
	}
	for _, s := range n.Drop {
		out.Drop = append(out.Drop, safetext.Clean(string(s)))
	}
	return out
}

// headline returns the verdict in one line.
func (d Document) headline() string {
	s := "NOT READY"
	switch {
	case d.Ready:
		s = "READY"
		if left := d.Until.Sub(d.At); !d.Until.IsZero() && left <= time.Hour {
			s += fmt.Sprintf(", but only for %v more: apply before %s", left.Round(time.Minute), stamp(d.Until))
		}
	case d.Missing == 1:
		s += ", 1 more successful call needed"
	case d.Missing > 1:
		s += fmt.Sprintf(", %d more successful calls needed", d.Missing)
	}
	if d.App != "" {
		s = d.App + ": " + s
	}
	return s
}

// basis names the policy and the time of the verdict.
func (d Document) basis() string {
	return fmt.Sprintf("Policy %s, judged at %s. Successes count from %s.", d.Policy, stamp(d.At), stamp(d.Since))
}

// shelf says how long the verdict lasts, or what has to happen first.
func (d Document) shelf() string {
	var s []string
	if d.Ready {
		if !d.Until.IsZero() {
			s = append(s, fmt.Sprintf("Apply before %s; after that the evidence expires unless more calls are made.",
				stamp(d.Until)))
		}
		return strings.Join(s, " ")
	}
	if n := d.Needs; n.Total > 0 {
		s = append(s, d.parts())
	}
	if f := d.Forecast; f != nil {
		switch {
		case !f.Earliest.IsZero():
			s = append(s, fmt.Sprintf("No more calls are needed: wait, and apply from %s on.", stamp(f.Earliest)))
			if !f.Latest.IsZero() {
				s = append(s, fmt.Sprintf("The evidence then lasts until %s.", stamp(f.Latest)))
			}
		case !f.Latest.IsZero():
			s = append(s, fmt.Sprintf("If the calls were made now, the evidence would last until %s.", stamp(f.Latest)))
		}
	}
	if !d.Needs.Wait.IsZero() && (d.Forecast == nil || d.Forecast.Earliest.IsZero()) {
		s = append(s, fmt.Sprintf("More calls cannot make the app ready before %s.", stamp(d.Needs.Wait)))
	}
	return strings.Join(s, " ")
}

// parts says what the calls needed are for.
func (d Document) parts() string {
	n, sum, scopes := d.Needs, 0, 0
	for _, e := range n.Endpoints {
		sum += e.Calls
	}
	for _, s := range n.Scopes {
		scopes += s.Calls
	}
	var of []string
	for _, p := range []struct {
		n    int
		what string
	}{
		{sum, "to endpoints that have too few"}, {scopes, "to exercise app scopes"},
		{n.Any, "to any endpoint for volume"}, {n.Dilution, "to any endpoint to lower the share of errors"},
	} {
		if p.n > 0 {
			of = append(of, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	return fmt.Sprintf("Calls still needed: %s.", strings.Join(of, ", "))
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") }
