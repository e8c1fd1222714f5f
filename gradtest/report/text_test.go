package report

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// widths of terminals: a narrow window, the usual one, and wide ones.
var terminals = []int{60, 80, 120, 200}

func TestTextKeepsToTheTerminal(t *testing.T) {
	for _, s := range append(scenes(), wideScene()) {
		for _, width := range append(terminals, 1) {
			for _, full := range []bool{false, true} {
				s.options.Width, s.options.Full = width, full
				text := textOf(t, s)
				assert.NotContains(t, text, "\x1b", s.name)
				for line := range strings.Lines(text) {
					line = strings.TrimSuffix(line, "\n")
					assert.LessOrEqual(t, uniseg.StringWidth(line), max(width, minWidth), line)
					assert.Equal(t, strings.TrimRight(line, " "), line)
				}
			}
		}
	}
}

// TestTextUsesTheTerminal: on a wider one no cell is wrapped that fits, and all others are wrapped.
func TestTextUsesTheTerminal(t *testing.T) {
	s := scenes()[2]
	lines := 0
	for _, width := range slices.Backward(terminals) {
		s.options.Width = width
		text := textOf(t, s)
		n := strings.Count(text, "\n")
		assert.GreaterOrEqual(t, n, lines, "the narrower the terminal, the more lines")
		lines = n
		row := regexp.MustCompile(`(?m)^NO  GET /restapi/v1.0/account/\{accountId\}/extension/\{extensionId\}/something-very-long/\{id\} +0 of 5$`)
		assert.Equal(t, width == 200, row.MatchString(text), "%d columns", width)
	}
}

// wideScene has names of wide characters in every place.
func wideScene() scene {
	want := criteria.Want{Endpoints: []criteria.Endpoint{
		{Name: "通話記録を読む（ユーザーの）", Op: rcapi.ReadUserCallLog}, {Name: "inbox", Op: rcapi.ListMessages},
		{Name: "전화번호목록📞", Op: rcapi.ListExtensionPhoneNumbers},
	}}
	var c calls
	c.add(3, 200, rcapi.ReadUserCallLog, time.Hour)
	c.add(1, 404, rcapi.ListMessages, time.Hour)
	return scene{"wide", criteria.Evaluate(criteria.Graduation, want, c.all(), now), Options{App: "顧客同期", Notes: []string{
		strings.Repeat("とても長い注記です。", 20)}}}
}

func TestTextAlignsWideCharacters(t *testing.T) {
	for _, width := range terminals {
		s := wideScene()
		s.options.Width = width
		columns := make(map[int]bool)
		for line := range strings.Lines(textOf(t, s)) {
			if before, _, found := strings.Cut(line, " of 5 "); found && strings.HasPrefix(line, "NO  ") && !strings.Contains(line, "endpoints") {
				columns[uniseg.StringWidth(before)] = true
			} else if i := strings.Index(line, "GOT     4xx"); i > 0 {
				columns[i+1] = true
			}
		}
		assert.Len(t, columns, 1, textOf(t, s))
	}
}

// TestTextNamesTheMissingFirst: what is fine comes last, in one line unless the full report is asked for.
func TestTextNamesTheMissingFirst(t *testing.T) {
	s := scenes()[2]
	for _, op := range []rcapi.Operation{rcapi.ReadUserPresenceStatus, rcapi.ListContacts, rcapi.ListSubscriptions} {
		s.verdict.Endpoints = append(s.verdict.Endpoints, criteria.EndpointCount{Name: op.ID, Op: op, Declared: true, Got: 6, Need: 5})
	}
	s.verdict.Endpoints = append(s.verdict.Endpoints, criteria.EndpointCount{
		Name: "createFaxMessage", Op: rcapi.CreateFaxMessage, Declared: true, Exempt: "no fax line",
	})
	text := textOf(t, s)
	assert.Contains(t, text, "\n    3 endpoints ok, 1 endpoint exempt\n")
	assert.Contains(t, text, "\n    2 app scopes ok\n")
	assert.NotContains(t, text, "listContacts")
	assert.Contains(t, text, "ok  readUserCallLog", "it is enough, but one call failed")
	s.options.Full = true
	full := textOf(t, s)
	assert.Contains(t, full, "\nok  listContacts ")
	assert.Contains(t, full, "exempt")
	assert.NotContains(t, full, "endpoints ok")
	for _, text := range []string{text, full} {
		for section := range strings.SplitSeq(text, "\n\n") {
			assert.NotRegexp(t, `(?s)\nok  .*\nNO  `, section)
		}
	}
}

func TestTextColourOnlyMarks(t *testing.T) {
	escape := regexp.MustCompile(`\x1b\[[0-9;]+m`)
	for _, s := range append(scenes(), wideScene()) {
		for _, s.options.Width = range terminals {
			s.options.Colour = false
			plain := textOf(t, s)
			s.options.Colour = true
			colour := textOf(t, s)
			assert.Contains(t, colour, "\x1b[3")
			assert.Equal(t, plain, escape.ReplaceAllString(colour, ""), "colour may change nothing else, or columns shift")
		}
	}
}

func textOf(t *testing.T, s scene) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, Text(&b, s.verdict, s.options))
	return b.String()
}
