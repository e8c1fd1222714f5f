package doccheck

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// architecture returns docs/architecture.md.
func architecture(t *testing.T) page {
	t.Helper()
	all := pages(t)
	i := slices.IndexFunc(all, func(p page) bool { return p.name == "docs/architecture.md" })
	require.GreaterOrEqual(t, i, 0)
	return all[i]
}

// section returns the text of a page below a heading of the second level.
func (p page) section(t *testing.T, heading string) page {
	t.Helper()
	_, text, found := strings.Cut(p.text, "\n## "+heading+"\n")
	require.True(t, found, "%s has no section %s", p.name, heading)
	text, _, _ = strings.Cut(text, "\n## ")
	return page{p.name + "#" + heading, text}
}

// TestFiles checks that the source files that docs/architecture.md names exist. A path is below gradtest/, and a name
// alone is that of a file in a package that the text names nearby.
func TestFiles(t *testing.T) {
	file := regexp.MustCompile(`^[a-z0-9_/]+\.go$`)
	checked := 0
	for _, name := range architecture(t).spans() {
		if !file.MatchString(name) {
			continue
		}
		checked++
		found, err := filepath.Glob(filepath.Join(root, "gradtest", name))
		require.NoError(t, err)
		for _, dir := range []string{"*", "internal/*"} {
			if len(found) == 0 && !strings.Contains(name, "/") {
				found, _ = filepath.Glob(filepath.Join(root, "gradtest", dir, name))
			}
		}
		assert.NotEmpty(t, found, "there is no %s", name)
	}
	assert.Greater(t, checked, 25)
}

// TestRecipes checks that no recipe needs more than three files.
func TestRecipes(t *testing.T) {
	touched := regexp.MustCompile("`[\\w/]+\\.go`")
	rows := 0
	for line := range strings.Lines(architecture(t).section(t, "Recipes").text) {
		if strings.HasPrefix(line, "|") {
			rows++
			assert.LessOrEqual(t, len(touched.FindAllString(line, -1)), 3, line)
		}
	}
	assert.GreaterOrEqual(t, rows, 2+10)
}

// TestLedgerLine checks that the line that the page shows is one.
func TestLedgerLine(t *testing.T) {
	blocks := architecture(t).section(t, "The ledger").blocks("")
	require.Len(t, blocks, 1)
	r, err := ledger.Decode([]byte(strings.ReplaceAll(blocks[0], "\n", "")))
	require.NoError(t, err)
	assert.True(t, r.Succeeded())
}

// TestPicture checks that each arrow of the picture, except those for a build tag, is an import.
func TestPicture(t *testing.T) {
	blocks := architecture(t).blocks("mermaid")
	require.Len(t, blocks, 1)
	paths := make(map[string]string) // by the node's name, for those with a label
	for _, m := range regexp.MustCompile(`(\w+)\["([^"]+)"\]`).FindAllStringSubmatch(blocks[0], -1) {
		paths[m[1]] = m[2]
	}
	path := func(node string) string {
		node, _, _ = strings.Cut(strings.TrimSpace(node), "[")
		if label, ok := paths[node]; ok {
			node = label
		}
		if node == "gradtest" {
			return node
		}
		return "gradtest/" + node
	}
	all := list(t)
	imports := func(from, to string) bool {
		for name, p := range all {
			if name == from || strings.HasPrefix(name, from+"/") && from != "gradtest" {
				for _, imported := range p.Imports {
					if imported == to || strings.HasPrefix(imported, to+"/") {
						return true
					}
				}
			}
		}
		return false
	}
	arrows := 0
	for line := range strings.Lines(blocks[0]) {
		from, tos, found := strings.Cut(line, "-->")
		for to := range strings.SplitSeq(tos, "&") {
			if found {
				arrows++
				assert.True(t, imports(path(from), path(to)), "%s does not import %s", path(from), path(to))
			}
		}
	}
	assert.Greater(t, arrows, 15)
}
