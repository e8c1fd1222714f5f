package report

import (
	"bytes"
	"fmt"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// command is a workflow command as the runner reads it (actions/runner, src/Runner.Common/ActionCommand.cs).
type command struct {
	properties map[string]string
	message    string
}

func parseCommand(t *testing.T, line string) command {
	t.Helper()
	rest, found := strings.CutPrefix(line, "::error ")
	require.True(t, found, line)
	head, message, found := strings.Cut(rest, "::")
	require.True(t, found, line)
	c := command{map[string]string{}, strings.NewReplacer("%0D", "\r", "%0A", "\n", "%25", "%").Replace(message)}
	for property := range strings.SplitSeq(head, ",") {
		key, value, found := strings.Cut(property, "=")
		require.True(t, found, line)
		c.properties[key] = strings.NewReplacer("%0D", "\r", "%0A", "\n", "%3A", ":", "%2C", ",", "%25", "%").Replace(value)
	}
	return c
}

func annotationsOf(t *testing.T, s scene) (summary string, all []command) {
	t.Helper()
	var markdown, log bytes.Buffer
	require.NoError(t, GitHub(&markdown, &log, s.verdict, s.options))
	for line := range strings.Lines(log.String()) {
		all = append(all, parseCommand(t, strings.TrimSuffix(line, "\n")))
	}
	return markdown.String(), all
}

// failing is an app whose calls failed at lines of its code.
func failing(name, site, test string) scene {
	var c calls
	c.add(3, 200, rcapi.ListMessages, 2*time.Hour)
	c.add(2, 403, rcapi.ListMessages, time.Hour)
	for i := range c {
		c[i].Endpoint, c[i].Site, c[i].Test = name, site, test
	}
	c[4].Code, c[3].Code = "CMN-401", "CMN-401"
	c[4].At, c[4].Site = c[4].At.Add(time.Minute), "crm/sync.go:77"
	want := criteria.Want{Endpoints: []criteria.Endpoint{{Name: name, Op: rcapi.ListMessages}, {Op: rcapi.ReadExtension}}}
	return scene{"failing", criteria.Evaluate(criteria.Graduation, want, c.all(), now), Options{Calls: NewCalls(c.all())}}
}

func TestAnnotations(t *testing.T) {
	s := failing("inbox", "graduation_test.go:12", "TestGraduation/endpoints/inbox")
	s.options.Root = "services/crm"
	summary, all := annotationsOf(t, s)
	assert.Contains(t, summary, "NOT READY")
	assert.NotContains(t, summary, "::error")
	byTitle := map[string]command{}
	for _, c := range all {
		byTitle[c.properties["title"]] = c
	}
	require.Len(t, byTitle, 5, "three rules, two endpoints: %v", all)

	inbox := byTitle["gradtest: inbox"]
	assert.Equal(t, "services/crm/crm/sync.go", inbox.properties["file"], "the latest call that failed")
	assert.Equal(t, "77", inbox.properties["line"])
	assert.True(t, strings.HasPrefix(inbox.message, "inbox: 3 of 5 successful calls, 2 more needed\n2 calls ended with CMN-401: the app lacks the app scope"), inbox.message)

	auth := byTitle["gradtest: auth-errors"]
	assert.Equal(t, "services/crm/crm/sync.go", auth.properties["file"])
	assert.Contains(t, auth.message, "CMN-401")

	for _, title := range []string{"gradtest: volume", "gradtest: endpoints", "gradtest: readExtension"} {
		c := byTitle[title]
		assert.Equal(t, "services/crm/graduation_test.go", c.properties["file"], "no call failed: where the suite runs")
		assert.Equal(t, "12", c.properties["line"])
		assert.NotEmpty(t, c.message)
	}
}

func TestAnnotationsWithoutLines(t *testing.T) {
	for _, site := range []string{"", "crm.go", "crm.go:", "crm.go:x", "crm.go:-1", ":5"} {
		s := failing("inbox", site, "")
		s.options.Calls = s.options.Calls[:4]
		_, all := annotationsOf(t, s)
		for _, c := range all {
			assert.NotContains(t, c.properties, "file", site)
			assert.NotContains(t, c.properties, "line", site)
		}
	}
	_, all := annotationsOf(t, scenes()[0])
	assert.Empty(t, all, "ready")
}

// TestAnnotationsAreEscaped: names come back as they were, and none begins a command of its own.
func TestAnnotationsAreEscaped(t *testing.T) {
	for _, name := range []string{"a,b", "a:b::c", "100 % of %0A", "a\nb", "a\r\n::error::x", "::warning::", "title=x,file=y", hostile} {
		s := failing(name, "crm/a,b:c%0A.go:7", "")
		for i := range s.options.Calls {
			s.options.Calls[i].Site = "crm/a,b:c%0A.go:7"
		}
		_, all := annotationsOf(t, s)
		d := NewDocument(s.verdict, s.options)
		i := slices.IndexFunc(all, func(c command) bool { return strings.Contains(c.message, "3 of 5 successful calls, 2 more") })
		require.GreaterOrEqual(t, i, 0, name)
		assert.Equal(t, "gradtest: "+d.Endpoints[0].Name, all[i].properties["title"])
		assert.Equal(t, "crm/a,b:c%0A.go", all[i].properties["file"])
		assert.Equal(t, "7", all[i].properties["line"])
		assert.Len(t, all[i].properties, 3)
		assert.True(t, strings.HasPrefix(all[i].message, d.Endpoints[0].Name+": "))
	}
}

func FuzzAnnotation(f *testing.F) {
	f.Add("inbox", "a,b%3A", 3, "100 %\r\n::error::")
	f.Fuzz(func(t *testing.T, title, file string, line int, message string) {
		if line <= 0 || file == "" {
			return
		}
		var b bytes.Buffer
		annotation{file: file, line: line, title: title, message: message}.write(&b)
		if strings.Count(b.String(), "\n") != 1 {
			t.Fatalf("%q is not one line", b.String())
		}
		c := parseCommand(t, strings.TrimSuffix(b.String(), "\n"))
		if c.message != message || c.properties["title"] != title || c.properties["file"] != file || c.properties["line"] != strconv.Itoa(line) {
			t.Fatalf("%q became %v", b.String(), c)
		}
	})
}

// TestAnnotationsAreFew: GitHub shows ten errors of a step, so the last one counts the rest.
func TestAnnotationsAreFew(t *testing.T) {
	var want criteria.Want
	for op := range first(rcapi.All(), 20) {
		want.Endpoints = append(want.Endpoints, criteria.Endpoint{Op: op})
	}
	s := scene{verdict: criteria.Evaluate(criteria.Graduation, want, calls(nil).all(), now)}
	_, all := annotationsOf(t, s)
	require.Len(t, all, 10)
	found := regexp.MustCompile(`^(\d+) more`).FindStringSubmatch(all[9].message)
	require.NotNil(t, found, all[9].message)
	lacking := 0
	d := NewDocument(s.verdict, s.options)
	for _, r := range d.Rules {
		lacking += map[bool]int{false: 1}[r.OK]
	}
	for _, e := range d.Endpoints {
		lacking += map[bool]int{false: 1}[e.OK]
	}
	require.Greater(t, lacking, 15)
	assert.Equal(t, fmt.Sprint(lacking-9), found[1])
}

func first[T any](all iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		for x := range all {
			if n--; n < 0 || !yield(x) {
				return
			}
		}
	}
}
