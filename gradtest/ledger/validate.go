package ledger

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// maxText bounds the text fields of a record, except those of a declaration, in bytes.
const maxText = 512

// The times that can be written lie in the years 1 to 9999.
var (
	firstTime = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	endTime   = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)
)

// InvalidError reports a record that a [Store] must not keep.
type InvalidError struct {
	Field  string // of Record
	Reason string // why it is refused, and what to do
}

// Error names the field but not its value, which may be personal data.
func (e *InvalidError) Error() string { return "ledger: record's " + e.Field + " " + e.Reason }

// Validate reports whether r may be kept: it is complete and contains no personal data, and its paths are templates.
// The error joins one [*InvalidError] for each field that is wrong.
func (r *Record) Validate() error {
	var faults []error
	refuse := func(field, reason string) { faults = append(faults, &InvalidError{field, reason}) }
	switch r.Kind {
	case Waiting, Reserved, Released, Settled, Done, Claimed, Unclaimed:
		if r.Declared != nil {
			refuse("Declared", "belongs in records of kind declared only: leave it out")
		}
	case Declared:
		if r.Declared == nil {
			refuse("Declared", "is missing: set it to what the app declares")
		}
	default:
		refuse("Kind", "is unknown: use one of the Kind constants")
	}
	if r.ID == "" {
		refuse("ID", "is empty: give each attempt its own")
	}
	if r.At.IsZero() {
		refuse("At", "is zero: set it to the time of the event")
	}
	for _, t := range [...]struct {
		field string
		at    time.Time
	}{{"At", r.At}, {"Sent", r.Sent}, {"Latest", r.Latest}} {
		if t.at.Before(firstTime) || !t.at.Before(endTime) {
			refuse(t.field, "lies outside the years 1 to 9999: check the clock")
		}
	}
	if r.Status < 0 || r.Status > 999 {
		refuse("Status", "is no HTTP status: use 0 if there was no answer")
	}
	if fault := notTemplate(r.Path); fault != "" {
		refuse("Path", fault)
	}
	if _, path, ok := strings.Cut(r.Op, " "); ok {
		if fault := notTemplate(path); fault != "" {
			refuse("Op", fault)
		}
	}
	for i, text := range r.texts() {
		n := len(*text)
		if 3*n > maxText { // what is not valid UTF-8 is written as U+FFFD, which is longer
			n = len(lines.Valid(*text))
		}
		if n > maxText {
			refuse(textFields[i], fmt.Sprintf("is %d bytes long, but at most %d are allowed: shorten it", n, maxText))
		}
	}
	for _, name := range r.Granted {
		if !isScopeName(name) {
			refuse("Granted", "contains what is no app scope: record only names of up to 40 letters and digits")
			break
		}
	}
	if strings.ContainsAny(r.Code, " @+") {
		refuse("Code", "contains a space, @ or +: record a code such as CMN-102, not a message")
	}
	return errors.Join(faults...)
}

// isScopeName reports whether s can be the name of an app scope. What the server writes in its place must not be kept.
func isScopeName(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != "" && len(s) <= 40
}

const useTemplate = "record {} or the parameter's name in braces instead"

// notTemplate says why a path is not a template; empty if it is one or is empty.
func notTemplate(path string) string {
	if path == "" {
		return ""
	}
	if path[0] != '/' {
		return "does not begin with a slash: record the path's template, without scheme and host"
	}
	start, digits := 1, true // of the current segment
	for i := 1; i <= len(path); i++ {
		if i == len(path) || path[i] == '/' {
			if digits && i > start {
				return "contains a segment of digits, which is a value: " + useTemplate
			}
			start, digits = i+1, true
			continue
		}
		switch classes[path[i]] {
		case inQuery:
			return "contains a query or a fragment: record only the template"
		case inValue:
			return "contains a segment with a space or one of ~ @ + % = &, which is a value: " + useTemplate
		case inTemplate:
			digits = false
		}
	}
	return ""
}

// class says where in a path a byte may occur.
type class uint8

const (
	inTemplate class = iota
	inDigits
	inQuery
	inValue
)

var classes = func() (c [256]class) {
	for b := byte('0'); b <= '9'; b++ {
		c[b] = inDigits
	}
	for b := range byte(' ' + 1) {
		c[b] = inValue
	}
	for _, b := range []byte("~@+%=&\x7f") {
		c[b] = inValue
	}
	c['?'], c['#'] = inQuery, inQuery
	return c
}()

// validate checks all records before any is kept.
func validate(records []Record) error {
	var faults []error
	for i := range records {
		if err := records[i].Validate(); err != nil {
			faults = append(faults, fmt.Errorf("ledger: append: record %d of %d: %w", i+1, len(records), err))
		}
	}
	return errors.Join(faults...)
}
