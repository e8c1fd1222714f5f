package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// completer lists the values that a shell offers for what has been typed, each with a description after a tab.
type completer func(c *cobra.Command, typed string) []string

// complete lets the shell complete the flags and arguments of a command and of all below it, also of verbs that are
// added later: a flag of the same name takes the same values everywhere.
func complete(root *cobra.Command, getenv func(string) string) {
	flags := map[string]completer{
		"policy": policies, "edition": editions, "scope": scopes, "group": usagePlans, "format": formats,
		"app":      func(c *cobra.Command, _ string) []string { return apps(c, getenv) },
		"endpoint": func(c *cobra.Command, _ string) []string { return endpoints(c, getenv) },
		"scopes":   listed(scopes), "grants": listed(fixed("jwt", "code", "refresh", "password")),
		"limits": fixed("on", "off"), "from": fixed("source", "ledger", "traffic"),
		"fail": faults,
	}
	why := map[string]completer{
		"scopes": scopes,
		"scan": func(c *cobra.Command, typed string) []string {
			return append(scopes(c, typed), operations(c, typed)...)
		},
	}
	arguments := map[string]completer{"ops": operations, "explain": codes}
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		verb := strings.TrimSuffix(lead(c), ": ")
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			values, ok := flags[f.Name]
			if f.Name == "why" {
				values, ok = why[verb], why[verb] != nil
			}
			if ok && !hasCompletion(c, f.Name) {
				_ = c.RegisterFlagCompletionFunc(f.Name, values.flag) // fails only for a flag that is not there
			}
			if f.Name == "dir" {
				_ = c.MarkFlagDirname(f.Name)
			}
		})
		if c.ValidArgsFunction == nil {
			switch values, ok := arguments[verb]; {
			case ok:
				c.ValidArgsFunction = values.flag
			case !strings.Contains(c.Use, " ") && c.Runnable() && !c.HasSubCommands(): // it takes no arguments
				c.ValidArgsFunction = cobra.NoFileCompletions
			}
		}
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
}

func hasCompletion(c *cobra.Command, flag string) bool {
	_, ok := c.GetFlagCompletionFunc(flag)
	return ok
}

// flag is the form in which cobra takes a completer.
func (f completer) flag(c *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	var fitting []string
	for _, v := range f(c, typed) {
		if len(v) >= len(typed) && strings.EqualFold(v[:len(typed)], typed) {
			fitting = append(fitting, v)
		}
	}
	return fitting, cobra.ShellCompDirectiveNoFileComp
}

// describedValue is a value with its description.
func describedValue(value, text string) string { return value + "\t" + text }

func fixed(values ...string) completer {
	return func(*cobra.Command, string) []string { return slices.Clone(values) }
}

// listed completes the last element of a list with commas.
func listed(of completer) completer {
	return func(c *cobra.Command, typed string) []string {
		before := typed[:strings.LastIndexByte(typed, ',')+1]
		var out []string
		for _, v := range of(c, typed) {
			out = append(out, before+v)
		}
		return out
	}
}

// policies are the names of the policies, and behind an @ the editions that they can be about.
func policies(_ *cobra.Command, typed string) (out []string) {
	for _, p := range criteria.Policies() {
		if strings.HasPrefix(typed, p.Name+"@") {
			for _, e := range rcapi.Editions() {
				out = append(out, describedValue(p.Name+"@"+string(e), "about the platform of "+string(e)))
			}
		}
		out = append(out, describedValue(p.Name, p.Version))
	}
	return out
}

func editions(*cobra.Command, string) []string { return texts(rcapi.Editions()) }

func scopes(*cobra.Command, string) []string { return texts(rcapi.Scopes()) }

func usagePlans(*cobra.Command, string) []string { return texts(usagePlanGroups()) }

func formats(*cobra.Command, string) []string { return report.Formats() }

// operations are the ids of the newest edition.
func operations(*cobra.Command, string) (out []string) {
	for op := range rcapi.All() {
		if _, ok := op.At(rcapi.Newest); ok {
			out = append(out, describedValue(op.ID, op.String()))
		}
	}
	return out
}

func codes(*cobra.Command, string) (out []string) {
	for _, e := range rcapi.ErrorCodes() {
		out = append(out, describedValue(e.Code, e.Meaning))
	}
	return out
}

// faults completes the operation of a fault to inject.
func faults(c *cobra.Command, typed string) (out []string) {
	if !strings.HasPrefix(typed, "op=") {
		return []string{describedValue("op=", "fault of an operation, such as op=listMessages,status=503")}
	}
	for _, op := range operations(c, typed) {
		out = append(out, "op="+op)
	}
	return out
}

// apps are those of which there is evidence. What is wrong with the evidence is for the command to say.
func apps(c *cobra.Command, getenv func(string) string) (out []string) {
	for _, choice := range surveyed(c, getenv) {
		if name := choice.name(); name != "" {
			out = append(out, describedValue(name, choice.dir))
		}
		out = append(out, choice.dir)
	}
	return out
}

// endpoints are the declared endpoints of the app that the flags name.
func endpoints(c *cobra.Command, getenv func(string) string) (out []string) {
	app, _ := c.Flags().GetString("app")
	for _, choice := range surveyed(c, getenv) {
		if choice.declared == nil || !choice.means(app) {
			continue
		}
		for _, e := range choice.declared.Endpoints {
			out = append(out, describedValue(e.Name, e.Method+" "+e.Path))
		}
	}
	return out
}

func surveyed(c *cobra.Command, getenv func(string) string) []choice {
	dir, _ := c.Flags().GetString("dir")
	in, err := locate(dir, getenv)
	if err != nil {
		return nil
	}
	all, _ := survey(c.Context(), in, time.Now())
	return all
}
