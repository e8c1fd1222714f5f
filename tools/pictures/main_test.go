package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTerminalIsUpToDate compares the committed picture with a new one. Numbers and the order of calls may differ.
func TestTerminalIsUpToDate(t *testing.T) {
	if testing.Short() {
		t.Skip("runs a program, which takes seconds: leave out -short")
	}
	const root = "../.."
	shown, err := os.ReadFile(filepath.Join(root, "docs/img/terminal.svg"))
	require.NoError(t, err)
	now, err := sweepPicture(t.Context(), root)
	require.NoError(t, err)
	assert.Equal(t, words(string(shown)), words(now), "run go run ./tools/pictures")
}

// words returns the lines of text in a picture without numbers and progress.
func words(svg string) (lines []string) {
	markup, progress, number := regexp.MustCompile(`<[^>]*>`), regexp.MustCompile(`\d+/\d+`), regexp.MustCompile(`\d+m?s?`)
	for _, m := range regexp.MustCompile(`<text [^>]*>.*</text>`).FindAllString(svg, -1) {
		if text := markup.ReplaceAllString(m, ""); !progress.MatchString(text) {
			lines = append(lines, number.ReplaceAllString(text, "#"))
		}
	}
	return lines
}
