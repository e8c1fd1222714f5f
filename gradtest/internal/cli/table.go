package cli

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
)

// table writes rows in columns, two spaces apart, without trailing spaces. Wide characters take two columns of a
// terminal.
func table(w io.Writer, rows [][]string) error {
	var widths []int
	for _, row := range rows {
		for i := range row {
			if len(widths) <= i {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], safetext.Width(safetext.Clean(row[i])))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, c := range row {
			c = safetext.Clean(c)
			line.WriteString(c + strings.Repeat(" ", widths[i]-safetext.Width(c)+2))
		}
		if _, err := io.WriteString(w, strings.TrimRight(line.String(), " ")+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// writeJSON writes a document, indented, with a final newline.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
