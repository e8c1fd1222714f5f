package rctest

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files")

// TestConsoleGolden compares page and JSON of the scenes that are golden with testdata/console; go test -update writes
// the files.
func TestConsoleGolden(t *testing.T) {
	known := map[string]bool{}
	eachScene(t, func(t *testing.T, s consoleScene, a *app) {
		if !s.golden {
			return
		}
		for ext, path := range map[string]string{".html": "GET /emulator/console", ".json": "GET /emulator/console.json"} {
			file := filepath.Join("testdata", "console", s.name+ext)
			known[file] = true
			got := strings.Replace(a.call(path).body, consoleStyle, "/* console.css */", 1)
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
				require.NoError(t, os.WriteFile(file, []byte(got), 0o644))
			}
			golden, err := os.ReadFile(file)
			require.NoError(t, err, "run go test -update")
			assert.Equal(t, string(golden), got)
		}
	})
	files, err := filepath.Glob("testdata/console/*")
	require.NoError(t, err)
	for _, f := range files {
		assert.True(t, known[f], "%s belongs to no scene: remove it", f)
	}
	assert.Len(t, files, len(known))
}

// TestConsolePageIsSelfContained: nothing to load, nothing to run, every tag closed, and every name stays text.
func TestConsolePageIsSelfContained(t *testing.T) {
	void := regexp.MustCompile(`<(meta|br|wbr)([^>]*)>`)
	eachScene(t, func(t *testing.T, _ consoleScene, a *app) {
		p := a.call("GET /emulator/console").body
		assert.NotRegexp(t, regexp.MustCompile(`(?i)<script|<link|<img|<iframe|\s(src|style|on\w+)=["']|url\(|@import|https?:`), p)
		dec := xml.NewDecoder(strings.NewReader(void.ReplaceAllString(strings.TrimPrefix(p, "<!DOCTYPE html>"), "<$1$2/>")))
		dec.Entity = xml.HTMLEntity
		for {
			_, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err)
		}
	})
}

// TestConsoleSaysWhatToDo: the headline beside the button, and whether it is enabled.
func TestConsoleSaysWhatToDo(t *testing.T) {
	says := map[string]string{
		"empty": "Not ready yet", "open": "and 3 more; see the rows marked in red", "behind": "The console will show them at <strong>09:10 UTC</strong>",
		"ready": "If you apply now, the answer is due on <strong>Wednesday, 5 January 2000</strong>", "worse": "The latest calls, which the console does not show yet, have changed that.",
		"review": "The answer is due on", "production": "Approved on", "hostile": "scope &lt;img src=x onerror=alert(1)&gt;: no operation exercises it",
	}
	eachScene(t, func(t *testing.T, s consoleScene, a *app) {
		p := a.call(consoleGet).body
		require.Contains(t, says, s.name)
		assert.Contains(t, p, says[s.name])
		c := a.h.Console()
		assert.Equal(t, c.Application == nil, strings.Contains(p, `<button id="apply"`))
		assert.Equal(t, c.MayApply(), strings.Contains(p, `<button id="apply" type="submit">`))
	})
}

// TestConsoleContrast holds every colour that text has against what it stands on: 4.5 to 1, in light and in dark.
func TestConsoleContrast(t *testing.T) {
	schemes := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllStringSubmatch(consoleStyle, -1)
	require.Len(t, schemes, 2)
	for _, scheme := range schemes {
		colour := map[string]string{}
		for _, m := range regexp.MustCompile(`--([\w-]+): #([0-9a-f]+)`).FindAllStringSubmatch(scheme[1], -1) {
			colour[m[1]] = m[2]
		}
		for _, on := range []struct{ text, ground string }{
			{"ink", "ground"}, {"ink", "card"}, {"soft", "ground"}, {"soft", "card"}, {"lit", "ground"}, {"lit", "card"}, {"lit-ink", "lit"},
			{"good", "good-wash"}, {"lit", "lit-wash"}, {"soft", "lit-wash"}, {"ink", "lit-wash"}, {"dull", "dull-wash"}, {"bad", "bad-wash"}, {"ink", "bad-wash"},
			{"card", "good"}, {"card", "bad"},
		} {
			require.NotEmpty(t, colour[on.text])
			require.NotEmpty(t, colour[on.ground])
			a, b := luminance(t, colour[on.text]), luminance(t, colour[on.ground])
			assert.GreaterOrEqual(t, (max(a, b)+.05)/(min(a, b)+.05), 4.5, "%s on %s", on.text, on.ground)
		}
	}
}

// luminance is the relative one of WCAG 2 of #rgb or #rrggbb.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	if len(hex) == 3 {
		hex = string([]byte{hex[0], hex[0], hex[1], hex[1], hex[2], hex[2]})
	}
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, err := strconv.ParseUint(hex[2*i:2*i+2], 16, 8)
		require.NoError(t, err)
		c := float64(n) / 255
		if c <= .04045 {
			sum += weight * c / 12.92
		} else {
			sum += weight * math.Pow((c+.055)/1.055, 2.4)
		}
	}
	return sum
}
