package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func page1(t *testing.T, s scene) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, HTML(&b, s.verdict, s.options))
	return b.String()
}

// TestHTMLIsSelfContained: nothing to load, nothing to run but the page's own script, and every name stays text.
func TestHTMLIsSelfContained(t *testing.T) {
	for _, s := range scenes() {
		p := strings.ReplaceAll(page1(t, s), "https://ci.example.com/1", "") // text, and not a link
		require.Equal(t, 1, strings.Count(p, "<script>"+pageScript+"</script>"))
		p = strings.Replace(p, "<script>"+pageScript+"</script>", "", 1)
		assert.NotRegexp(t, regexp.MustCompile(`(?i)<script|<link|<img|<iframe|\s(src|href|on\w+)=|url\(|@import|https?:`), p, s.name)
	}
}

// TestHTMLIsWellFormed reads the page as strict XML, which finds every tag that is not closed.
func TestHTMLIsWellFormed(t *testing.T) {
	void := regexp.MustCompile(`<(meta|br|input)([^>]*)>`)
	for _, s := range scenes() {
		p := strings.Replace(strings.TrimPrefix(page1(t, s), "<!DOCTYPE html>"), pageScript, "", 1)
		p = strings.ReplaceAll(void.ReplaceAllString(p, "<$1$2/>"), " hidden>", ` hidden="">`)
		dec := xml.NewDecoder(strings.NewReader(p))
		dec.Entity = xml.HTMLEntity
		for {
			_, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, s.name)
		}
	}
}

// TestAllFormatsShowTheSame: the counts of every endpoint and the headline are in each.
func TestAllFormatsShowTheSame(t *testing.T) {
	s := scenes()[1]
	s.options.Full = true
	for _, format := range Formats() {
		var b bytes.Buffer
		require.NoError(t, Write(&b, format, s.verdict, s.options))
		for _, want := range []string{"crm-sync", "20 successful calls", "21 successful calls", "1 more successful call", "inbox", "15", "2026-11-06"} {
			assert.Contains(t, b.String(), want, format)
		}
	}
}

func TestPathsBreakBetweenSegments(t *testing.T) {
	for path, want := range map[string][]string{
		"": nil, "/": {"/"}, "/a": {"/a"}, "/a/{b}/c": {"/a", "/{b}", "/c"}, "/a/": {"/a", "/"}, "a/b": {"a", "/b"}, "//a": {"/", "/a"}, "é/b": {"é", "/b"},
	} {
		assert.Equal(t, want, segments(path), path)
	}
}
