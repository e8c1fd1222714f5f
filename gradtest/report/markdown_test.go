package report

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEscapeMarkdown(t *testing.T) {
	for in, want := range map[string]string{
		"plain":              "plain",
		"a|b":                `a\|b`,
		"<b>&":               "&lt;b&gt;&amp;",
		"[x](y)":             `\[x\]\(y\)`,
		"`*_~#!$":            "\\`\\*\\_\\~\\#\\!\\$",
		"@all":               "&#64;all",
		"https://a.b www.a":  "https&#58;//a.b www&#46;a",
		`back\slash`:         `back\\slash`,
		"/restapi/{id}/x-y.": `/restapi/\{id\}/x-y.`,
	} {
		assert.Equal(t, want, escape(in))
	}
}

// TestMarkdownTables: with any names, every row has the columns of its head, and no markup of theirs is live.
func TestMarkdownTables(t *testing.T) {
	pipe := regexp.MustCompile(`(^|[^\\])\|`)
	for _, s := range scenes() {
		var b bytes.Buffer
		require.NoError(t, Markdown(&b, s.verdict, s.options))
		columns := 0
		for line := range strings.Lines(b.String()) {
			if !strings.HasPrefix(line, "|") {
				columns = 0
				continue
			}
			n := len(pipe.FindAllString(line, -1))
			if columns == 0 {
				columns = n
			}
			assert.Equal(t, columns, n, line)
		}
		assert.NotRegexp(t, regexp.MustCompile(`<script|[^\\]\]\(|@all|\x1b`), b.String())
	}
}
