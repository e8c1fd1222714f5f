package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// verbs are all verbs that can be run, such as "ledger verify".
func verbs() (all []*cobra.Command) {
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			visit(sub)
		}
		if !c.HasSubCommands() && c.Runnable() {
			all = append(all, c)
		}
	}
	visit(newRoot(func(string) string { return "" }))
	return all
}

func verb(c *cobra.Command) string { return strings.TrimPrefix(c.CommandPath(), "gradtest ") }

// TestEveryVerbRefusesMistakes: a flag that there is not, a flag without its value, and a value of the wrong kind are
// one line each on standard error, which names the verb and says what to type. Nothing is written anywhere else.
func TestEveryVerbRefusesMistakes(t *testing.T) {
	t.Chdir(t.TempDir())
	tried := 0
	for _, c := range verbs() {
		mistakes := [][]string{{"--no-such-flag"}}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			switch {
			case f.Name == "help":
			case f.NoOptDefVal == "": // it takes a value
				mistakes = append(mistakes, []string{"--" + f.Name})
				if !strings.HasPrefix(f.Value.Type(), "string") {
					mistakes = append(mistakes, []string{"--" + f.Name, "%"})
				}
			default:
				mistakes = append(mistakes, []string{"--" + f.Name + "=%"})
			}
		})
		if strings.HasSuffix(c.Use, c.Name()) { // it takes no argument
			mistakes = append(mistakes, []string{"something"})
		}
		for _, m := range mistakes {
			var out, errs bytes.Buffer
			status := Main(append(strings.Fields(verb(c)), m...), &out, &errs, func(string) string { return "" })
			assert.Equal(t, statusError, status, "%s %v", verb(c), m)
			assert.Empty(t, out.String(), "%s %v", verb(c), m)
			assert.Regexp(t, "^gradtest: "+regexp.QuoteMeta(verb(c))+": .*: .*\n$", errs.String(),
				"%s %v: one line that says what to do", verb(c), m)
			tried++
		}
	}
	left, err := os.ReadDir(".")
	require.NoError(t, err)
	assert.Empty(t, left, "a mistake writes nothing")
	assert.Greater(t, tried, 100)
}

// TestEveryVerbSaysThatThereIsNoEvidence: a verb that reads evidence names the directory that has none and the flag.
func TestEveryVerbSaysThatThereIsNoEvidence(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, c := range verbs() {
		if f := c.Flags().Lookup("app"); f == nil || verb(c) == "ledger import" { // import creates evidence
			continue
		}
		for _, flag := range [][]string{{"--dir", "nowhere"}, nil} {
			var out, errs bytes.Buffer
			words := append(strings.Fields(verb(c)), flag...)
			if verb(c) == "init" { // it reads evidence only then
				words = append(words, "--from", "ledger")
			}
			status := Main(words, &out, &errs, func(string) string { return "" })
			assert.Equal(t, statusError, status, verb(c))
			assert.Empty(t, out.String(), verb(c))
			assert.Regexp(t, "^gradtest: "+verb(c)+": no evidence in [^\n]*--dir\n$", errs.String())
		}
		assert.NoDirExists(t, "nowhere")
		assert.NoDirExists(t, ".gradtest")
	}
}

// TestEveryVerbHasAScript: a script types each verb, and types it wrong with a look at the error.
func TestEveryVerbHasAScript(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txtar")
	require.NoError(t, err)
	var all strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		all.Write(text)
	}
	for _, c := range verbs() {
		name := regexp.QuoteMeta(verb(c))
		assert.Regexp(t, `(?m)^(\[[^\]]*\] )?(exec|serve|watch) gradtest `+name+`\b`, all.String(), "no script types gradtest %s", verb(c))
		assert.Regexp(t, `(?m)^! exec gradtest `+name+`\b.*\n(! stdout .*\n)?(stderr '|cmp stderr)`, all.String(), "no script types gradtest %s wrong", verb(c))
	}
}
