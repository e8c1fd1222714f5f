package doccheck

import (
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// forbidden has words and phrases that have crept into texts of this project and that a native writer would not use
// there.
var forbidden = regexp.MustCompile(`(?i)\b(` + strings.Join([]string{
	"somebody", "nobody", "whoever", "whatever", `stands? (in|at|for|beside)`, `(is|are|was|were|be|been|being) told`, "tells? of",
	`(has|have) it that`, "hears?", "mend(s|ed)?", "dear(er|est)", "by then", "but a few", "wants", "what is so", `as of`,
	`beside it`, `(it|they|he|she) do(es)? so`, "as (it|they) stands?",
}, "|") + `)\b`)

// allowed are texts that may contain such a word. Each must occur.
var allowed = []string{
	"Nobody",                 // a value of the platform's API: who may join a bridge early
	"Figures as of <strong>", // the usual words for the time of a figure
}

// TestWords checks the texts that users see: pages, string literals of the code outside tests, and embedded pages.
func TestWords(t *testing.T) {
	used := make(map[string]bool)
	check := func(where, text string) {
		text = strings.Join(strings.Fields(text), " ")
		for _, at := range forbidden.FindAllStringIndex(text, -1) {
			context := text[max(0, at[0]-40):min(len(text), at[1]+40)]
			if i := slices.IndexFunc(allowed, func(a string) bool {
				return text == a || strings.Contains(a, " ") && strings.Contains(context, a)
			}); i >= 0 {
				used[allowed[i]] = true
				continue
			}
			t.Errorf("%s: %q in: %s: say it plainly", where, text[at[0]:at[1]], strings.ToValidUTF8(context, ""))
		}
	}
	for _, p := range pages(t) {
		check(p.name, p.text)
	}
	literals(t, func(at token.Position, text string) { check(at.String(), text) })
	walk(t, func(name string) {
		switch filepath.Ext(name) {
		case ".tmpl", ".html", ".js":
			text, err := os.ReadFile(name)
			require.NoError(t, err)
			check(name, string(text))
		}
	})
	for _, text := range allowed {
		assert.True(t, used[text], "nothing contains %q any more: remove it from the list", text)
	}
}
