package report

import (
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// ScopesSchema names the form of a [ScopeMatrix] that is a document of its own, as [Schema] does that of a [Document].
const ScopesSchema = "gradtest/scopes/v1"

// ScopeMatrix is a [criteria.ScopeMatrix] in the form in which it is written. Times are UTC; a member that does not apply
// is absent.
type ScopeMatrix struct {
	Schema   string        `json:"schema,omitempty"` // ScopesSchema; absent inside a Document
	App      string        `json:"app,omitempty"`
	At       time.Time     `json:"at"`
	Since    time.Time     `json:"since"`            // from when successes count as exercise
	Granted  time.Time     `json:"granted,omitzero"` // when the token response arrived that says what is granted; absent: unknown
	Scopes   []MatrixRow   `json:"scopes"`
	Add      []ScopeChange `json:"add"`
	Remove   []ScopeChange `json:"remove"`
	Smallest []string      `json:"smallest"` // the smallest set that allows what was called
	Uncalled []string      `json:"uncalled"` // what declared endpoints need besides of which there is no call yet
	Notes    []string      `json:"notes"`
}

// MatrixRow is one app scope.
type MatrixRow struct {
	Scope      string     `json:"scope"`
	Declared   bool       `json:"declared"`
	Granted    string     `json:"granted"` // yes, no, included (in a scope that the token has), unknown
	Exercised  int        `json:"exercised"`
	NeededBy   []ScopeUse `json:"neededBy"`
	IncludedBy []string   `json:"includedBy,omitempty"` // declared or granted scopes that include it
	Condition  string     `json:"condition,omitempty"`  // what a call must do to exercise it
	Change     string     `json:"change,omitempty"`     // add or remove; absent: it is right as it is
	// Missing says that it is declared and nothing has exercised it.
	Missing bool `json:"missing,omitempty"`
}

// ScopeUse is an operation that needs a scope.
type ScopeUse struct {
	Name      string   `json:"name"`                // of the endpoint, else the operation id, else method and path
	Operation string   `json:"operation,omitempty"` // operation id, if the catalogue has it
	Method    string   `json:"method"`
	Path      string   `json:"path"`
	Declared  bool     `json:"declared"`
	Exempt    string   `json:"exempt,omitempty"`
	Calls     int      `json:"calls"` // attempts in the last 48 hours
	Successes int      `json:"successes"`
	Callers   []string `json:"callers,omitempty"` // such as "Cleanup of createContact"
	Sites     []string `json:"sites,omitempty"`   // lines of the app's code, such as "crm/client.go:42"
	Hidden    int      `json:"hidden,omitempty"`  // calls of an SDK or another program through the gateway
}

// ScopeChange is a scope to add or to remove.
type ScopeChange struct {
	Scope       string `json:"scope"`
	Declaration bool   `json:"declaration"` // in App.Scopes
	Console     bool   `json:"console"`     // in the developer console
	Why         string `json:"why"`
}

// NewScopeMatrix returns m in the form in which it is written, as a document of its own.
func NewScopeMatrix(app string, m criteria.ScopeMatrix) ScopeMatrix {
	out := ScopeMatrix{
		Schema: ScopesSchema, App: safetext.Clean(app), At: m.At, Since: m.Since, Granted: m.Granted,
		Scopes: []MatrixRow{}, Add: scopeChanges(m.Add), Remove: scopeChanges(m.Remove),
		Smallest: scopeNames(m.Smallest), Uncalled: scopeNames(m.Uncalled), Notes: cleanAll(m.Notes),
	}
	for _, r := range m.Scopes {
		row := MatrixRow{
			Scope: safetext.Clean(string(r.Scope)), Declared: r.Declared, Granted: r.Granted.String(), Exercised: r.Exercised,
			NeededBy: []ScopeUse{}, IncludedBy: scopeNames(r.IncludedBy), Condition: r.Condition,
			Change: change(m, r.Scope), Missing: r.Declared && r.Exercised == 0,
		}
		for _, u := range r.NeededBy {
			row.NeededBy = append(row.NeededBy, scopeUse(u))
		}
		out.Scopes = append(out.Scopes, row)
	}
	return out
}

func scopeUse(u criteria.ScopeUse) ScopeUse {
	return ScopeUse{
		Name: safetext.Clean(u.Name), Operation: safetext.Clean(u.Op.ID),
		Method: safetext.Clean(u.Op.Method), Path: safetext.Clean(u.Op.Path),
		Declared: u.Declared, Exempt: safetext.Clean(u.Exempt), Calls: u.Calls, Successes: u.Successes,
		Callers: callers(u.Callers), Sites: cleanAll(u.Sites), Hidden: u.Hidden,
	}
}

// callers names the code that made calls besides the endpoint's own.
func callers(list []criteria.Caller) (names []string) {
	for _, c := range list {
		names = append(names, safetext.Clean(c.String()))
	}
	return names
}

// change says what is to be done with a scope.
func change(m criteria.ScopeMatrix, s rcapi.Scope) string {
	for _, c := range m.Add {
		if c.Scope == s {
			return "add"
		}
	}
	for _, c := range m.Remove {
		if c.Scope == s {
			return "remove"
		}
	}
	return ""
}

func scopeChanges(list []criteria.ScopeChange) []ScopeChange {
	out := []ScopeChange{}
	for _, c := range list {
		out = append(out, ScopeChange{
			Scope: safetext.Clean(string(c.Scope)), Declaration: c.Declaration, Console: c.Console, Why: safetext.Clean(c.Why),
		})
	}
	return out
}

func scopeNames(list []rcapi.Scope) []string {
	out := []string{}
	for _, s := range list {
		out = append(out, safetext.Clean(string(s)))
	}
	return out
}

func cleanAll(list []string) []string {
	out := []string{}
	for _, s := range list {
		out = append(out, safetext.Clean(s))
	}
	return out
}

// Right reports whether nothing is to be added or removed.
func (m ScopeMatrix) Right() bool { return len(m.Add)+len(m.Remove) == 0 }

// Where says where a scope is to be added or removed.
func (c ScopeChange) Where() string {
	switch {
	case c.Declaration && c.Console:
		return "App.Scopes and the developer console"
	case c.Console:
		return "the developer console"
	}
	return "App.Scopes"
}

// DeclaredText is the cell of a table that says whether the scope is declared.
func (r MatrixRow) DeclaredText() string { return yesNo(r.Declared) }

// GrantedText is the cell of a table that says whether the token grants the scope.
func (r MatrixRow) GrantedText() string {
	if r.Granted == criteria.Included.String() {
		return "by " + strings.Join(r.IncludedBy, ", ")
	}
	return r.Granted
}

// Text names the operation and, for one that is not declared, what called it: "deleteContact (by Cleanup of
// createContact)".
func (u ScopeUse) Text() string {
	switch {
	case u.Exempt != "":
		return u.Name + " (exempt)"
	case u.Declared && u.Calls == 0:
		return u.Name + " (not called yet)"
	case u.Declared:
		return u.Name
	case len(u.Callers) > 0:
		return u.Name + " (by " + strings.Join(u.Callers, ", ") + ")"
	}
	return u.Name + " (not declared)"
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
