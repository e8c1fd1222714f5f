package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// An export is a sequence of sections: a first line that identifies the ledger, records, and a last line with their
// number. Concatenated exports are an export of several sections. The records of a section are chained as those of a
// file: the first carries the hash of the section's first line, and the last line that of the last record.
const (
	beginPrefix = `{"gradtest":"begin"`
	endPrefix   = `{"gradtest":"end"`
)

// exportVersion is the format version of the first and last lines.
const exportVersion = 1

// beginFrame is the first line of a section.
type beginFrame struct {
	Line    string `json:"gradtest"`
	Version int    `json:"v"`
	Origin  string `json:"origin"`
}

// endFrame is the last line of a section.
type endFrame struct {
	Line    string `json:"gradtest"`
	Version int    `json:"v"`
	Records int    `json:"records"`

	// The hash of the line before this one, and where the chains of the ledger stood. Older versions write neither.
	Head  string    `json:"head,omitempty"`
	Heads []DayHead `json:"heads,omitempty"`
}

// DayHead is the head of the chain of a day: the number and the hash of its last record, see [FileReport].
type DayHead struct {
	Day  string `json:"day"`
	N    int64  `json:"n"`
	Hash string `json:"h"`
}

// appendFrame appends a beginFrame or endFrame as a line with a checksum.
func appendFrame(b []byte, v any) ([]byte, error) {
	start := len(b)
	text, err := json.Marshal(v)
	if err != nil {
		return b, fmt.Errorf("ledger: export: %w", err)
	}
	b = append(b, bytes.TrimSuffix(text, []byte("}"))...)
	return lines.Seal(b, start), nil
}

// readFrame decodes a line as a beginFrame or endFrame. The error is a [*DamageError] or a [*VersionError].
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
