package suitegen

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func request(ops ...rcapi.Operation) (r Request) {
	r.Package = "crm"
	for _, op := range ops {
		r.Operations = append(r.Operations, Operation{Op: op})
	}
	return r
}

func generate(t *testing.T, ops ...rcapi.Operation) string {
	t.Helper()
	source, err := Generate(request(ops...))
	require.NoError(t, err)
	return string(source)
}

func merge(t *testing.T, source string, ops ...rcapi.Operation) Merged {
	t.Helper()
	m, err := Merge([]byte(source), request(ops...))
	require.NoError(t, err, source)
	return m
}

// keeps reports a line of before that after lacks, or that is in another order there.
func keeps(t *testing.T, before, after string) {
	t.Helper()
	rest := after
	for line := range strings.Lines(before) {
		_, tail, ok := strings.Cut(rest, strings.TrimRight(line, "\r\n"))
		require.True(t, ok, "the line is gone or has moved: %s\n%s", line, after)
		rest = tail
	}
}

func TestMergeAddsWhatIsNew(t *testing.T) {
	before := generate(t, rcapi.ReadExtension)
	m := merge(t, before, rcapi.ReadExtension, rcapi.ReadMessage)
	assert.Equal(t, []string{"readMessage", "listMessages"}, m.Added)
	assert.Equal(t, []rcapi.Scope{rcapi.ScopeReadMessages}, m.Scopes)
	keeps(t, before, string(m.Source))
	assert.Contains(t, string(m.Source), `gradtest.FromList(rcapi.ListMessages, "records.0.id", "messageId")`)
	again := merge(t, string(m.Source), rcapi.ReadExtension, rcapi.ReadMessage)
	assert.Empty(t, again.Added)
	assert.Equal(t, string(m.Source), string(again.Source), "a second run changes nothing")
}

// A person has edited the file in many ways; each edit stays, and what is new is added.
func TestMergeKeepsEdits(t *testing.T) {
	before := generate(t, rcapi.ReadExtension, rcapi.CreateContact, rcapi.ListMessages)
	replace := func(from, to string) string {
		require.Contains(t, before, from)
		return strings.Replace(before, from, to, 1)
	}
	const head = "package crm\n\nimport \"github.com/graduationkit/ringcentral/gradtest\"\n"
	for name, edited := range map[string]string{
		"renamed variable": strings.ReplaceAll(before, "app", "crmApp"),
		"renamed body":     strings.ReplaceAll(before, "createContactBody", "ada"),
		"comments": replace("{Op: rcapi.ListMessages},",
			"// the inbox\n\t\t{Op: rcapi.ListMessages}, // 5 calls\n\t\t// the end"),
		"not formatted": replace("{Op: rcapi.ListMessages},", "{Op:  rcapi.ListMessages ,},"),
		"other fields":  replace("{Op: rcapi.ListMessages},", "{Op: rcapi.ListMessages, Calls: 7, Query: nil},"),
		"own variable": replace("{Op: rcapi.ListMessages},", "inbox,") +
			"\nvar inbox = gradtest.Endpoint{Op: rcapi.ListMessages}\n",
		"renamed import": strings.NewReplacer("\t\"github.com/graduationkit/ringcentral/gradtest/rcapi",
			"\trc \"github.com/graduationkit/ringcentral/gradtest/rcapi", "rcapi.", "rc.").Replace(before),
		"build tag":  "//go:build graduation\n\n" + before,
		"CRLF":       strings.ReplaceAll(before, "\n", "\r\n"),
		"no newline": strings.TrimSuffix(before, "\n"),
		"in function": strings.NewReplacer("var app = gradtest.App{", "func app() gradtest.App { return gradtest.App{",
			"\n}\n\nfunc Test", "\n}}\n\nfunc Test").Replace(before),
		"one line": head + "import \"github.com/graduationkit/ringcentral/gradtest/rcapi\"\n\n" +
			"var a = gradtest.App{Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}, {Op: rcapi.CreateContact}, " +
			"{Op: rcapi.ListMessages /* , */}}}\n",
		"empty app":      head + "\n// App is mine.\nvar App = gradtest.App{}\n",
		"scopes as text": strings.ReplaceAll(before, "rcapi.ScopeReadMessages", `"ReadMessages"`),
	} {
		t.Run(name, func(t *testing.T) {
			m := merge(t, edited, rcapi.ReadExtension, rcapi.CreateContact, rcapi.ListMessages, rcapi.ListGlipTeamsNew,
				rcapi.DeleteContact)
			assert.Contains(t, m.Added, "listGlipTeamsNew")
			if name != "empty app" {
				assert.NotContains(t, m.Added, "listMessages")
			}
			after := string(m.Source)
			if name != "one line" && name != "empty app" {
				keeps(t, edited, after)
			}
			again := merge(t, after, rcapi.ReadExtension, rcapi.CreateContact, rcapi.ListMessages, rcapi.ListGlipTeamsNew)
			assert.Empty(t, again.Added)
			assert.Equal(t, after, string(again.Source))
			x, err := read(m.Source)
			require.NoError(t, err)
			assert.True(t, x.declared[rcapi.ListGlipTeamsNew.String()])
			assert.True(t, x.holds(rcapi.ScopeTeamMessaging), after)
			if name == "CRLF" {
				assert.NotRegexp(t, "[^\r]\n", after)
			}
		})
	}
}

// Operations that the catalogue lacks are declared as an App would, and stay away like others when they are removed.
func TestUnknownOperations(t *testing.T) {
	news := rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/news")
	item := rcapi.MustParse("PUT /restapi/v1.0/account/{accountId}/news/{newsId}")
	contact := rcapi.MustParse("POST /restapi/v1.0/account/{accountId}/extension/{extensionId}/address-book/news")
	before := generate(t, rcapi.ReadExtension, contact)
	assert.Contains(t, before, "Op: rcapi.MustParse(\""+contact.String()+"\")")
	m := merge(t, before, rcapi.ReadExtension, news, item)
	assert.Equal(t, []string{news.String(), item.String()}, m.Added)
	text := string(m.Source)
	keeps(t, before, text)
	assert.Contains(t, text, "//gradtest:init "+item.String()+"\n")
	assert.Contains(t, text, "// TODO: find newsId in Prepare, and remove Exempt.")
	assert.Empty(t, merge(t, text, news, item, contact).Added)
	lines := slices.DeleteFunc(slices.Collect(strings.Lines(text)), func(l string) bool {
		return strings.Contains(l, "Op: rcapi.MustParse(\""+news.String())
	})
	m = merge(t, strings.Join(lines, ""), news)
	assert.Empty(t, m.Added)
	assert.Equal(t, []string{news.String()}, m.Removed)
}

func TestRemovedEndpointsStayAway(t *testing.T) {
	before := generate(t, rcapi.ReadExtension, rcapi.ReadMessage)
	lines := slices.Collect(strings.Lines(before))
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.Contains(l, "{Op: rcapi.ReadExtension}") })
	edited := strings.Join(lines, "")
	require.NotEqual(t, before, edited)
	m := merge(t, edited, rcapi.ReadExtension, rcapi.ReadMessage)
	assert.Empty(t, m.Added)
	assert.Equal(t, []string{"readExtension"}, m.Removed)
	assert.Equal(t, edited, string(m.Source))
	m = merge(t, strings.Replace(edited, " readExtension", "", 1), rcapi.ReadExtension, rcapi.ReadMessage)
	assert.Equal(t, []string{"readExtension"}, m.Added, "until its name is deleted from the comment")
}

func TestMergeRefuses(t *testing.T) {
	good := generate(t, rcapi.ReadExtension)
	for want, source := range map[string]string{
		"syntax error":               good + "\nfunc {",
		"declares no gradtest.App":   "package crm\n\nvar app = 1\n",
		"declares several apps":      good + "\nvar other = gradtest.App{}\n",
		"App.Endpoints on line":      strings.Replace(good, "[]gradtest.Endpoint{", "endpoints([]gradtest.Endpoint{", 1),
		"values without field names": strings.Replace(good, "gradtest.App{", "gradtest.App{\"crm\",", 1),
	} {
		if strings.HasPrefix(want, "App.Endpoints") {
			source = strings.Replace(source, "\t},\n}\n", "\t}),\n}\n", 1)
		}
		_, err := Merge([]byte(source), request(rcapi.ListMessages))
		assert.ErrorContains(t, err, want)
		assert.ErrorContains(t, err, "nothing is added")
		assert.NotContains(t, err.Error(), "\n")
	}
	_, err := Generate(Request{})
	assert.ErrorIs(t, err, ErrNothing)
}

// Random suites that grow: nothing of a file is lost, and growing in steps declares what growing at once does.
func TestMergeOfRandomSuites(t *testing.T) {
	all := slices.Collect(rcapi.All())
	for seed := range uint64(60) {
		rnd := rand.New(rand.NewPCG(seed, 3))
		var ops []rcapi.Operation
		for range 12 {
			if op := all[rnd.IntN(len(all))]; !op.OAuth() {
				ops = append(ops, op)
			}
		}
		half := generate(t, ops[:len(ops)/2]...)
		m := merge(t, half, ops...)
		keeps(t, half, string(m.Source))
		x, err := read(m.Source)
		require.NoError(t, err)
		for _, op := range ops {
			assert.True(t, x.declared[op.String()], "seed %d: %s", seed, op)
		}
		again := merge(t, string(m.Source), ops...)
		assert.Empty(t, again.Added, "seed %d", seed)
		assert.True(t, bytes.Equal(m.Source, again.Source), "seed %d", seed)
	}
}
