package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/rcapigen/openapi"
)

func TestCheck(t *testing.T) {
	row := func(id, group, scope string) openapi.Merged {
		return openapi.Merged{Row: openapi.Row{ID: id, Group: group, Scope: scope}}
	}
	assert.NoError(t, check([]openapi.Merged{row("a", "Light", "S"), row("b", "Heavy", "S")}, nil))
	err := check([]openapi.Merged{
		row("read.it", "Light", ""), row("Match", "Light", "A B"), row("ScopeX", "Light", "X"), row("d", "Huge", ""),
	}, map[string]string{"Match": "match.go"})
	require.Error(t, err)
	assert.Equal(t, strings.Join([]string{
		`rcapigen: operation read.it: "Read.it" is not a Go identifier: add a name for it to the generator`,
		`rcapigen: operation Match: Match is already declared in match.go: rename or remove that`,
		`rcapigen: operation d: usage-plan group "Huge" is unknown: give it a constant and a row in rcapi/group.go first`,
		`rcapigen: scope A B: "ScopeA B" is not a Go identifier: add a name for it to the generator`,
		`rcapigen: scope X: ScopeX is also the name of operation ScopeX`,
	}, "\n"), err.Error())
}

func TestDeclared(t *testing.T) {
	dir := t.TempDir()
	write := func(name, src string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("package p\n"+src), 0o644))
	}
	write("a.go", "import \"fmt\"\nconst A, B = 1, 2\nvar C = fmt.Sprint()\ntype D int\nfunc E() {}\nfunc (D) F() {}\n")
	write("a_gen.go", "var G int\n")
	write("a_test.go", "var H int\n")
	got, err := declared(dir)
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"A": "a.go", "B": "a.go", "C": "a.go", "D": "a.go", "E": "a.go"}, got)

	write("b.go", "func {")
	_, err = declared(dir)
	assert.ErrorContains(t, err, "rcapigen: parse: ")
}
