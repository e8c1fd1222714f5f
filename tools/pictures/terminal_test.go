package main

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestShorten(t *testing.T) {
	var out strings.Builder
	for range 20 {
		out.WriteString("  1/20 readExtension\n")
	}
	out.WriteString("\nREADY\n")
	for range 9 {
		out.WriteString("ok  readExtension      5 of 5\n")
	}
	out.WriteString("\n")
	for range 9 {
		out.WriteString("ok  ReadAccounts       15\n")
	}
	lines := shorten(out.String())
	assert.Len(t, lines, 5+2+5+1+4)
	assert.Equal(t, 3, strings.Count(strings.Join(lines, "\n"), "…"))
}

func TestShortenKeepsShortBlocks(t *testing.T) {
	const out = "  1/2 readExtension\n  2/2 readExtension\n\nREADY"
	assert.Equal(t, strings.Split(out, "\n"), shorten(out))
}

func TestTerminalIsXML(t *testing.T) {
	svg := terminal("go run ./x", []string{"a < b & c", "ok  volume", "READY", "note: <&>"})
	decoder := xml.NewDecoder(strings.NewReader(svg))
	for {
		_, err := decoder.Token()
		if err == io.EOF {
			break
		}
		require.NoError(t, err)
	}
	assert.Contains(t, svg, "a\u00a0&lt;\u00a0b\u00a0&amp;\u00a0c")
}
