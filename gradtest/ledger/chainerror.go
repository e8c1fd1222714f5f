package ledger

import (
	"errors"
	"fmt"
)

// Change is what happened to a record after it was written.
type Change string

// What can happen to a record.
const (
	Changed Change = "changed"
	Removed Change = "removed"
	PutIn   Change = "put in"
)

// ChainError reports a break in the chain of a file: records that were changed, removed or put in. Where several such
// changes overlap, it is about the first.
type ChainError struct {
	File    string // empty: an export
	At      int64  // the byte at which the record begins, or the one that follows where it was; in an export: the line
	Record  int64  // number in the chain of the first such record; 0: it has none
	Records int64  // number of such records in a row; 0: unknown
	Change  Change
	Reason  string // how it shows
}

// Error says which record it is, what happened to it, how it shows, and what to do.
func (e *ChainError) Error() string {
	where, fix := fmt.Sprintf("line %d of the export", e.At), "get the export from its source again"
	if e.File != "" {
		where = fmt.Sprintf("%s: at byte %d", e.File, e.At)
		fix = "restore the file from a copy; without one, do not rely on the calls of that day, make them again"
	}
	what := "a record was"
	switch {
	case e.Records > 1 && e.Record > 0:
		what = fmt.Sprintf("records %d to %d were", e.Record, e.Record+e.Records-1)
	case e.Records > 1:
		what = fmt.Sprintf("%d records were", e.Records)
	case e.Record > 0:
		what = fmt.Sprintf("record %d was", e.Record)
	case e.Records == 0:
		what = "records were"
	}
	return fmt.Sprintf("ledger: %s: %s %s (%s): %s", where, what, e.Change, e.Reason, fix)
}

func isTorn(err error) bool {
	_, torn := errors.AsType[*TornError](err)
	return torn
}
