package cli

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/stretchr/testify/assert"
)

func TestMainTellsStatusesApart(t *testing.T) {
	t.Chdir(t.TempDir()) // outside of any module
	empty := func(name string) string { return map[string]string{"GRADTEST_DIR": t.TempDir()}[name] }
	for _, c := range []struct {
		args []string
		want int
	}{
		{[]string{"--help"}, statusDone},
		{[]string{"ops", "sms"}, statusDone},
		{[]string{"ops", "no such thing"}, statusError},
		{[]string{"status"}, statusError}, // no evidence is no verdict
		{[]string{"ledger", "verify"}, statusError},
		{[]string{"nothing"}, statusError},
	} {
		var out, err bytes.Buffer
		assert.Equal(t, c.want, Main(c.args, &out, &err, empty), "%v: %s", c.args, &err)
		assert.Equal(t, c.want == statusError, err.Len() > 0, "%v: errors go to standard error, and nothing else: %s", c.args, &err)
		assert.Equal(t, c.want == statusDone, out.Len() > 0, "%v: answers go to standard output, and nothing else: %s", c.args, &out)
	}
}

// Every command that can be run says what it is for, and every flag what it does.
func TestHelpIsComplete(t *testing.T) {
	var visit func(c *cobra.Command)
	seen := 0
	visit = func(c *cobra.Command) {
		seen++
		assert.NotEmpty(t, c.Short, c.CommandPath())
		var out bytes.Buffer
		c.SetOut(&out)
		assert.NoError(t, c.Help())
		assert.NotContains(t, out.String(), "\t", c.CommandPath())
		c.LocalFlags().VisitAll(func(f *pflag.Flag) { assert.NotEmpty(t, f.Usage, "%s --%s", c.CommandPath(), f.Name) })
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(newRoot(func(string) string { return "" }))
	assert.GreaterOrEqual(t, seen, 11, "the root, six commands and four of the ledger")
}

func TestLinesOfErrors(t *testing.T) {
	err := fmt.Errorf("status: %w", errors.Join(errors.New("one\n  two"), errors.New("three\x1b[31m\r")))
	assert.Equal(t, []string{"status: one", "two", "three\ufffd[31m"}, lines(err))
}
