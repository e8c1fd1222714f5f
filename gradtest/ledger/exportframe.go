package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// An export is lines as [Encode] writes them between a first line that says whose they are and a last one that says how
// many. Files that are joined one behind the other are one file of several such sections.
const (
	beginPrefix = `{"gradtest":"begin"`
	endPrefix   = `{"gradtest":"end"`
)

// exportVersion is the format of a section's first and last line.
const exportVersion = 1

// begin is a section's first line.
type beginFrame struct {
	Line    string `json:"gradtest"`
	Version int    `json:"v"`
	Origin  string `json:"origin"`
}

// end is a section's last line.
type endFrame struct {
	Line    string `json:"gradtest"`
	Version int    `json:"v"`
	Records int    `json:"records"`
}

// appendSection appends a begin or an end as a line with a checksum.
func appendFrame(b []byte, v any) ([]byte, error) {
	start := len(b)
	text, err := json.Marshal(v)
	if err != nil {
		return b, fmt.Errorf("ledger: export: %w", err)
	}
	b = append(b, bytes.TrimSuffix(text, []byte("}"))...)
	return lines.Seal(b, start), nil
}

// section reads a line into v, a begin or an end. The error is a [*DamageError] or a [*VersionError].
func readFrame[T beginFrame | endFrame](line []byte) (v T, err error) {
	body, err := lines.Body(line)
	if err != nil {
		return v, &DamageError{Reason: err.Error()}
	}
	d := json.NewDecoder(bytes.NewReader(append(bytes.Clone(body), '}')))
	if err := d.Decode(&v); err != nil {
		return v, &DamageError{Reason: "it cannot be read as the first or last line of an export"}
	}
	known := exportVersion
	switch v := any(v).(type) {
	case beginFrame:
		known = v.Version
	case endFrame:
		known = v.Version
	}
	if known != exportVersion {
		return v, &VersionError{Version: known}
	}
	return v, nil
}
