package doccheck

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// root is the module's root, from this package.
const root = "../../.."

// page is one Markdown file of the project.
type page struct{ name, text string } // the name is relative to the root

// pages reads the README, the other pages in the root, and docs.
func pages(t *testing.T) []page {
	t.Helper()
	var all []page
	for _, pattern := range []string{"*.md", "docs/*.md"} {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		require.NoError(t, err)
		require.NotEmpty(t, names, pattern)
		for _, name := range names {
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			rel, err := filepath.Rel(root, name)
			require.NoError(t, err)
			all = append(all, page{filepath.ToSlash(rel), string(text)})
		}
	}
	return all
}

var (
	fence = regexp.MustCompile("(?ms)^```(\\w*)\n(.*?)^```")
	span  = regexp.MustCompile("`([^`\n]+)`")
)

// blocks returns the contents of the code blocks in a language.
func (p page) blocks(language string) []string {
	var all []string
	for _, m := range fence.FindAllStringSubmatch(p.text, -1) {
		if m[1] == language {
			all = append(all, m[2])
		}
	}
	return all
}

// spans returns the code spans outside of code blocks. A span may be broken over two lines.
func (p page) spans() []string {
	prose := fence.ReplaceAllString(p.text, "")
	var all []string
	for paragraph := range strings.SplitSeq(prose, "\n\n") {
		if !strings.HasPrefix(paragraph, "|") { // the cells of a table are never broken
			paragraph = strings.ReplaceAll(paragraph, "\n", " ")
		}
		for _, m := range span.FindAllStringSubmatch(paragraph, -1) {
			all = append(all, m[1])
		}
	}
	return all
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	notSlug = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors returns the fragments that GitHub makes of a page's headings.
func (p page) anchors() []string {
	var all []string
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(p.text, ""), -1) {
		all = append(all, strings.ReplaceAll(notSlug.ReplaceAllString(strings.ToLower(m[1]), ""), " ", "-"))
	}
	return all
}

func TestLinks(t *testing.T) {
	anchors := make(map[string][]string)
	for _, p := range pages(t) {
		anchors[p.name] = p.anchors()
	}
	for _, p := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(p.text, -1) {
			target, fragment, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			name := p.name
			if target != "" {
				name = filepath.ToSlash(filepath.Join(filepath.Dir(p.name), target))
				_, err := os.Stat(filepath.Join(root, name))
				assert.NoError(t, err, "%s links to %s", p.name, m[1])
			}
			if fragment != "" {
				assert.Contains(t, anchors[name], fragment, "%s links to %s", p.name, m[1])
			}
		}
	}
}
