package report

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// ScopesSchema names the form of a [ScopeMatrix] that is a document of its own, as [Schema] does that of a [Document].
const ScopesSchema = "gradtest/scopes/v1"

// ScopeMatrix is a [criteria.ScopeMatrix] in the form in which it is written. Times are UTC; a member that does not
// apply is absent.
type ScopeMatrix struct {
	Schema   string        `json:"schema,omitempty"` // ScopesSchema; absent inside a Document
	App      string        `json:"app,omitempty"`
	At       time.Time     `json:"at"`
	Since    time.Time     `json:"since"`            // from when successes count as exercise
	Granted  time.Time     `json:"granted,omitzero"` // when the latest token response arrived; absent: unknown what is granted
	Scopes   []MatrixRow   `json:"scopes"`
	Add      []ScopeChange `json:"add"`      // what is needed and not declared, or not granted
	Remove   []ScopeChange `json:"remove"`   // what is declared or granted and not needed
	Smallest []string      `json:"smallest"` // the smallest set that allows what was called
	Uncalled []string      `json:"uncalled"` // what declared endpoints need besides of which there is no call yet
	Notes    []string      `json:"notes"`
}

// MatrixRow is one app scope.
type MatrixRow struct {
	Scope      string     `json:"scope"`
	Declared   bool       `json:"declared"`
	Granted    string     `json:"granted"`              // yes, no, included (in a scope that the token has), unknown
	Exercised  int        `json:"exercised"`            // successes that count
	NeededBy   []ScopeUse `json:"neededBy"`             // operations, those of declared endpoints first
	IncludedBy []string   `json:"includedBy,omitempty"` // declared or granted scopes that include it
	Condition  string     `json:"condition,omitempty"`  // what a call must do to exercise it
	Change     string     `json:"change,omitempty"`     // add or remove; absent: it is right as it is
	GrantedBy  []string   `json:"grantedBy,omitempty"`  // scopes of the token that include it
	DeclaredBy []string   `json:"declaredBy,omitempty"` // declared scopes that include it
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
	Why         string `json:"why"`         // the reason, in words
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
			NeededBy: []ScopeUse{}, IncludedBy: optional(scopeNames(r.IncludedBy)), Condition: r.Condition,
			Change: change(m, r.Scope),
		}
		for _, s := range r.IncludedBy {
			by, _ := m.Row(s)
			if by.Granted == criteria.Granted {
				row.GrantedBy = append(row.GrantedBy, safetext.Clean(string(s)))
			}
			if by.Declared {
				row.DeclaredBy = append(row.DeclaredBy, safetext.Clean(string(s)))
			}
		}
		for _, u := range r.NeededBy {
			row.NeededBy = append(row.NeededBy, scopeUse(u))
		}
		out.Scopes = append(out.Scopes, row)
	}
	return out
}

// matrix returns m as a part of a report.
func matrix(m *criteria.ScopeMatrix) *ScopeMatrix {
	if m == nil {
		return nil
	}
	out := NewScopeMatrix("", *m)
	out.Schema = ""
	return &out
}

func scopeUse(u criteria.ScopeUse) ScopeUse {
	return ScopeUse{
		Name: safetext.Clean(u.Name), Operation: safetext.Clean(u.Op.ID),
		Method: safetext.Clean(u.Op.Method), Path: safetext.Clean(u.Op.Path),
		Declared: u.Declared, Exempt: safetext.Clean(u.Exempt), Calls: u.Calls, Successes: u.Successes,
		Callers: callers(u.Callers), Sites: optional(cleanAll(u.Sites)), Hidden: u.Hidden,
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

// optional returns nil for an empty list, which is then left out.
func optional(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	return list
}
