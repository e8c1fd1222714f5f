package report

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
)

// maxAnnotations is how many errors of one step GitHub shows; it drops further ones silently.
const maxAnnotations = 10

// GitHub writes the report of a step of GitHub Actions: [Markdown] for the job's summary, and for the step's log one
// annotation for each rule and each endpoint that lacks something. With [Options.Calls] an annotation is attached to
// the line of code whose call failed last; without such a call, to the line that runs the suite.
func GitHub(summary, log io.Writer, v criteria.Verdict, opts ...Options) error {
	if err := Markdown(summary, v, opts...); err != nil {
		return err
	}
	o := one(opts)
	all := annotations(NewDocument(v, o), o)
	var b bytes.Buffer
	for i, a := range all {
		if rest := len(all) - i; i == maxAnnotations-1 && rest > 1 {
			a = annotation{title: "gradtest", message: fmt.Sprintf("%d more rules and endpoints lack something: see the summary of the job", rest)}
			a.write(&b)
			break
		}
		a.write(&b)
	}
	_, err := log.Write(b.Bytes())
	return err
}

// annotation is an error at a line of code.
type annotation struct {
	file           string // relative to the repository; empty: no line
	line           int
	title, message string
}

func annotations(d Document, o Options) (all []annotation) {
	for _, r := range d.Rules {
		if r.OK {
			continue
		}
		message := fmt.Sprintf("got %s, need %s", r.Got, r.Need)
		for _, step := range split(r.Fix) {
			message += "\n" + step
		}
		a := annotation{title: "gradtest: " + r.Rule, message: message}
		guilty := func(c Call) bool { return c.Breaks(r.Rule) }
		a.at(o, guilty, suite)
		all = append(all, a.because(o.Calls, guilty))
	}
	for _, e := range d.Endpoints {
		if e.OK {
			continue
		}
		a := annotation{title: "gradtest: " + e.Name, message: fmt.Sprintf("%s: %d of %d successful calls, %d more needed",
			e.Name, e.Got, e.Need, e.Missing)}
		of := func(c Call) bool { return c.of(e) }
		failed := func(c Call) bool { return of(c) && (c.Outcome == Failure || c.Outcome == Unknown) }
		a.at(o, failed, of, suite)
		all = append(all, a.because(o.Calls, failed))
	}
	return all
}

// suite selects calls of a suite, which have the line that runs it.
func suite(c Call) bool {
	return c.Endpoint != "" && c.Stage == "" && strings.HasSuffix(c.Test, "/endpoints/"+c.Endpoint) && strings.Contains(c.Site, "_test.go:")
}

// at attaches the annotation to the line of the latest call that the first of the filters with any selects.
func (a *annotation) at(o Options, filters ...func(Call) bool) {
	for _, keep := range filters {
		latest := Call{}
		for _, c := range o.Calls {
			if c.Site != "" && !c.At.Before(latest.At) && keep(c) {
				latest = c
			}
		}
		if i := strings.LastIndexByte(latest.Site, ':'); i > 0 {
			line, err := strconv.Atoi(latest.Site[i+1:])
			if err == nil && line > 0 {
				a.file, a.line = path.Join(o.Root, latest.Site[:i]), line
				return
			}
		}
	}
}

// because adds why calls failed, by error code.
func (a annotation) because(calls []Call, keep func(Call) bool) annotation {
	var failed []Call
	for _, c := range calls {
		if keep(c) {
			failed = append(failed, c)
		}
	}
	for _, g := range errorGroups(failed) {
		line := fmt.Sprintf("%s ended with %s", plural(g.Count, "call"), g.Code)
		if g.Meaning != "" {
			line += ": " + g.Meaning + "."
		}
		if g.Fix != "" {
			line += " " + g.Fix
		}
		a.message += "\n" + line
	}
	return a
}

// write writes the annotation as a workflow command.
func (a annotation) write(b *bytes.Buffer) {
	b.WriteString("::error ")
	if a.file != "" {
		fmt.Fprintf(b, "file=%s,line=%d,", property.Replace(a.file), a.line)
	}
	fmt.Fprintf(b, "title=%s::%s\n", property.Replace(a.title), data.Replace(a.message))
}

// What the runner unescapes in the message and in the properties of a workflow command (actions/toolkit,
// packages/core/src/command.ts).
var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
