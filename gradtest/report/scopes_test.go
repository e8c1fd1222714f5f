package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// sideCalls is an app whose Cleanup calls an endpoint that it does not declare.
func sideCalls(t *testing.T) (criteria.Verdict, criteria.ScopeMatrix) {
	t.Helper()
	want := criteria.Want{
		Endpoints: []criteria.Endpoint{{Op: rcapi.CreateContact}}, Scopes: []rcapi.Scope{rcapi.ScopeContacts},
	}
	var c calls
	c.add(22, 200, rcapi.CreateContact, 0)
	c.add(3, 204, rcapi.DeleteContact, 0)
	for i := range 3 {
		r := &c[len(c)-1-i]
		r.Stage, r.Endpoint = ledger.StageCleanup, "createContact"
	}
	p := criteria.Graduation
	return criteria.Evaluate(p, want, c.all(), now), criteria.Scopes(p, want, c.all(), now)
}

// TestCallsOfCleanupAreNamed: no format calls an endpoint undeclared that only Cleanup called, and the page does not
// show that in red.
func TestCallsOfCleanupAreNamed(t *testing.T) {
	v, m := sideCalls(t)
	for _, format := range Formats() {
		var b strings.Builder
		require.NoError(t, Write(&b, format, v, Options{Scopes: &m, Full: true}))
		assert.Contains(t, b.String(), "Cleanup of createContact", format)
		assert.NotContains(t, b.String(), "(not declared)", format)
		assert.NotContains(t, b.String(), `class="bad">by Cleanup`, format)
	}
}

// TestMatrixFollowsTheVerdict: a scope that is declared is fine exactly where the verdict says so, with any advice.
func TestMatrixFollowsTheVerdict(t *testing.T) {
	for _, s := range scenes() {
		d := NewDocument(s.verdict, s.options)
		if d.Matrix == nil {
			continue
		}
		for _, row := range newMatrixView(d).Rows {
			assert.Equal(t, row.Change != "", row.Todo != "", row.Scope)
			if !row.Declared {
				assert.Equal(t, row.Change == "", row.OK, row.Scope)
				continue
			}
			found := false
			for _, judged := range d.Scopes {
				if judged.Scope == row.Scope {
					found = true
					assert.Equal(t, judged.OK, row.OK, row.Scope)
					assert.Equal(t, judged.Got, row.Exercised, row.Scope)
				}
			}
			assert.True(t, found, row.Scope)
		}
	}
}

// TestMatrixInWords covers the words that the golden files lack.
func TestMatrixInWords(t *testing.T) {
	assert.Equal(t, "no scopes are declared, granted or needed", ScopeMatrix{}.Headline())
	assert.Equal(t, "no", MatrixRow{IncludedBy: []string{"SMS"}, GrantedBy: []string{"SMS"}}.DeclaredText())
	assert.Equal(t, "by SMS", MatrixRow{DeclaredBy: []string{"SMS"}}.DeclaredText())
	fine := ScopeMatrix{App: "crm", Scopes: []MatrixRow{{Declared: true}}, Smallest: []string{"SMS"}}
	assert.Equal(t, "crm: the scopes are as they should be", fine.Headline())
	assert.Equal(t, []string{"Smallest set for what was called: SMS."}, fine.Sentences())
	fine.Scopes = append(fine.Scopes, MatrixRow{Scope: "AI", Granted: "yes"}, MatrixRow{Scope: "Faxes", Granted: "yes"})
	assert.Equal(t, "The token also grants AI, Faxes.", fine.Sentences()[1])
	sms := ScopeChange{Scope: "SMS", Declaration: true, Why: "w"}
	fine.Remove = []ScopeChange{{Scope: "AI", Console: true, Why: "w"}, {Scope: "Faxes", Console: true, Why: "w"}, sms}
	assert.Equal(t, "The token also grants AI, Faxes: nothing needs that, so remove it in the developer console.",
		fine.Sentences()[1])
	assert.Equal(t, []ScopeChange{{Scope: "AI, Faxes", Console: true, Why: "w"}, sms}, Together(fine.Remove))
	for want, u := range map[string]ScopeUse{
		"a (exempt)":              {Name: "a", Declared: true, Exempt: "why"},
		"a (not called yet)":      {Name: "a", Declared: true},
		"a":                       {Name: "a", Declared: true, Calls: 1},
		"a (by Do of b, Do of c)": {Name: "a", Calls: 1, Callers: []string{"Do of b", "Do of c"}},
		"a (not declared)":        {Name: "a", Calls: 1},
	} {
		assert.Equal(t, want, u.Text())
	}
	assert.Equal(t, []string{"declared, exempt: why"}, ScopeUse{Exempt: "why"}.Origins())
	u := ScopeUse{Calls: 2, Callers: []string{"Do of b"}, Sites: []string{"x.go:1"}}
	assert.Equal(t, []string{"by Do of b", "x.go:1"}, u.Origins())
	assert.Equal(t, "a, b, c and 2 more", MatrixRow{NeededBy: []ScopeUse{
		{Name: "a", Declared: true, Calls: 1}, {Name: "b", Declared: true, Calls: 1}, {Name: "c", Declared: true, Calls: 1}, {}, {},
	}}.NeededText())
	assert.Equal(t, "App.Scopes and the developer console", ScopeChange{Declaration: true, Console: true}.Where())
}
