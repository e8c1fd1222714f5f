package cli

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/declaration"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// TestDeclaredChoices: one of several declarations is chosen by name or package; equal ones are one.
func TestDeclaredChoices(t *testing.T) {
	app := func(name string) ledger.Declaration { return ledger.Declaration{App: name} }
	all := declaredChoices([]declaration.Found{
		{Declaration: app("crm"), Package: "example.com/crm", Test: "TestGraduation"},
		{Declaration: app("crm"), Package: "example.com/other", Test: "TestSync"},
		{Declaration: app("mobile"), Package: "example.com/mobile"},
		{Declaration: ledger.Declaration{App: "crm", Policy: "legacy"}, Package: "example.com/old", Test: "TestOld"},
	}, time.Now())
	require.Len(t, all, 3)
	_, err := among(all, "")
	assert.EqualError(t, err, "there are 3 apps: name one with --app: example.com/crm/crm; example.com/mobile/mobile; example.com/old/crm")
	_, err = among(all, "crm")
	assert.EqualError(t, err, "there are 2 apps: name one with --app: example.com/crm/crm; example.com/old/crm")
	c, err := among(all, "mobile")
	require.NoError(t, err)
	assert.Equal(t, []string{"No evidence yet. The declaration is that of TestMain in example.com/mobile."}, c.notes)
	c, err = among(all, "example.com/old/crm")
	require.NoError(t, err)
	assert.Equal(t, "legacy", c.declared.Policy)
}

// TestNoGuessWithoutAsking: commands that show evidence do not run tests when there is none.
func TestNoGuessWithoutAsking(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, verb := range []string{"calls", "report"} {
		var out, errs bytes.Buffer
		assert.Equal(t, statusError, Main([]string{verb}, &out, &errs, func(string) string { return "" }))
		assert.Contains(t, errs.String(), "no evidence in ")
	}
}
