package cli

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// verbGroup is a group of verbs in the help, in the order in which a user needs them.
type verbGroup struct {
	id, title string
	verbs     []string
}

var verbGroups = []verbGroup{
	{"begin", "Declare the app:", []string{"init", "scan", "record", "ops", "emulator"}},
	{
		"judge", "Find out what is missing, and why:",
		[]string{"plan", "status", "calls", "explain", "scopes", "dashboard"},
	},
	{"show", "Show and keep the result:", []string{"report", "bundle", "verify", "vet", "ledger"}},
	{"other", "Other commands:", []string{"completion", "help"}},
}

// inOrder makes cobra list commands in the order in which they were added. It is a setting of the whole process.
var inOrder = sync.OnceFunc(func() { cobra.EnableCommandSorting = false })

// arrange adds the verbs to root in their groups and order. A verb without a group comes last.
func arrange(root *cobra.Command, verbs ...*cobra.Command) {
	inOrder()
	left := make(map[string]*cobra.Command, len(verbs))
	for _, v := range verbs {
		left[v.Name()] = v
	}
	for _, g := range verbGroups {
		root.AddGroup(&cobra.Group{ID: g.id, Title: g.title})
		for _, name := range g.verbs {
			if v := left[name]; v != nil {
				v.GroupID = g.id
				root.AddCommand(v)
				delete(left, name)
			}
		}
	}
	for _, v := range verbs {
		if left[v.Name()] != nil {
			root.AddCommand(v)
		}
	}
	root.SetHelpCommand(newHelp(root))
}

// newJSONTopic is the help topic about --json.
func newJSONTopic() *cobra.Command {
	var b strings.Builder
	b.WriteString(`Every verb that prints data writes it as one JSON document with --json. The member schema
names the form and its version; within a version members are only added. Times are in UTC.
docs/json.md in the repository of gradtest lists the members of each form.

`)
	for _, d := range documents() {
		fmt.Fprintf(&b, "  %-38s %s\n", d.schema, strings.ReplaceAll(d.source(), "`", ""))
	}
	return &cobra.Command{
		Use: "json", Short: "What the verbs write with --json", Long: strings.TrimSuffix(b.String(), "\n"),
	}
}

// newHelp is the verb help. The one of cobra shows the help of root for a word that it does not know.
func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Help about any command",
		Long:    "Shows the help of a command or a topic, as --help does.",
		Example: "  gradtest help ledger verify\n  gradtest help json",
		GroupID: "other",
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			if at, left, err := root.Find(args); err == nil && len(left) == 0 {
				for _, c := range at.Commands() {
					names = append(names, describedValue(c.Name(), c.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			at, left, err := root.Find(args)
			if err == nil && len(left) == 0 {
				at.InitDefaultHelpFlag()
				return at.Help()
			}
			fix := "see " + at.CommandPath() + " --help"
			if near := at.SuggestionsFor(left[0]); len(near) > 0 {
				fix = "did you mean " + strings.Join(near, " or ") + "? " + fix
			}
			return fmt.Errorf("help: no command or topic %q: %s", strings.Join(args, " "), fix)
		},
	}
}

// inWords says what is wrong with the value of a flag, without the words of package strconv.
func inWords(err error) error {
	e, ok := errors.AsType[*pflag.InvalidValueError](err)
	if !ok {
		return err
	}
	form := map[string]string{
		"int": "whole number, such as 10", "int64": "whole number, such as 10", "uint64": "whole number, such as 10",
		"bool": "choice: use true or false", "duration": "duration: write one with its unit, such as 90s or 2h",
	}[e.GetFlag().Value.Type()]
	if form == "" {
		return err
	}
	return fmt.Errorf("--%s %q is no %s", e.GetFlag().Name, e.GetValue(), form)
}
