package ledger

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// longestText bounds the texts of a record but those of a declaration.
const maxText = 512

// InvalidError is a record that a [Store] refuses to keep.
type InvalidError struct {
	Field  string // of Record
	Reason string // what is wrong with it and what to do
}

// Error names the field, what is wrong and what to do; never the value, which may be what must not be shown.
func (e *InvalidError) Error() string { return "ledger: record's " + e.Field + " " + e.Reason }

// Validate tells whether r may be kept: complete, and with nothing personal in it. Paths must be templates. All that
// is wrong is reported at once, each fault as an [*InvalidError].
func (r *Record) Validate() error {
	var faults []error
	refuse := func(field, reason string) { faults = append(faults, &InvalidError{field, reason}) }
	switch r.Kind {
	case Waiting, Reserved, Released, Settled, Done:
		if r.Declared != nil {
			refuse("Declared", "is for records of kind declared: leave it out")
		}
	case Declared:
		if r.Declared == nil {
			refuse("Declared", "is empty: say what the app declares")
		}
	default:
		refuse("Kind", "is unknown: use one of the Kind constants")
	}
	if r.ID == "" {
		refuse("ID", "is empty: give each attempt one of its own")
	}
	if r.At.IsZero() {
		refuse("At", "is zero: set it to the moment that the record is about")
	}
	for _, t := range [...]struct {
		field string
		at    time.Time
	}{{"At", r.At}, {"Sent", r.Sent}, {"Latest", r.Latest}} {
		if y := t.at.UTC().Year(); y < 1 || y > 9999 {
			refuse(t.field, "lies outside the years 1 to 9999: check the clock")
		}
	}
	if r.Status < 0 || r.Status > 999 {
		refuse("Status", "is no HTTP status: use 0 where there was no answer")
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
			refuse(textFields[i], fmt.Sprintf("is %d bytes long: %d are enough for what belongs there", n, maxText))
		}
	}
	if strings.ContainsAny(r.Code, " @+") {
		refuse("Code", "holds a blank, @ or +: it is for codes such as CMN-102, keep messages out of the ledger")
	}
	return errors.Join(faults...)
}

// notTemplate says why a path is not a template; empty: it is one, or there is none.
func notTemplate(path string) string {
	if path == "" {
		return ""
	}
	if path[0] != '/' {
		return "does not begin with a slash: record the path's template, without scheme and host"
	}
	start, digits := 1, true // of the segment
	for i := 1; i <= len(path); i++ {
		if i == len(path) || path[i] == '/' {
			if digits && i > start {
				return "holds a segment of digits, which only a value has: record {} or the parameter's name in braces in its place"
			}
			start, digits = i+1, true
			continue
		}
		switch classes[path[i]] {
		case inQuery:
			return "holds a query or a fragment: record the template alone"
		case inValue:
			return "holds a segment with one of ~ @ + % = & or a blank, which only a value has: record {} or the parameter's name in braces in its place"
		case inTemplate:
			digits = false
		}
	}
	return ""
}

// class is where a byte of a path can occur.
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
