package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// Exported counts what [Export] wrote.
type Exported struct {
	Calls    int       // records of kind [Done]
	Declared int       // records of kind [Declared]
	First    time.Time // the earliest At; zero if there are no records
	Last     time.Time // the latest At
}

// Export writes the evidence in from whose At is not before since (zero: all of it) to w, for [Import] on another
// machine. origin identifies the app and the server: it is the name of the ledger directory, such as
// platform.ringcentral.com-0a1b2c3d.
//
// Evidence is the calls made and the declarations. Records by which processes share limits are not exported, because
// slots are taken and freed where the calls are made. Exports can be concatenated.
//
// Records that cannot be read are left out, and the error joins the reasons. Lines that killed processes left
// unfinished are not reported. The error is an [*OutputError] if w fails.
func Export(ctx context.Context, w io.Writer, from Store, origin string, since time.Time) (done Exported, err error) {
	b, err := appendFrame(nil, beginFrame{"begin", exportVersion, origin})
	if err != nil {
		return done, err
	}
	flush := func() (err error) {
		if _, err = w.Write(b); err != nil {
			err = &OutputError{err}
		}
		b = b[:0]
		return err
	}
	var faults []error
	for r, err := range from.Records(ctx, since) {
		if _, torn := errors.AsType[*TornError](err); torn {
			continue
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if !done.count(r) {
			continue
		}
		if b, err = Encode(b, r); err != nil {
			faults = append(faults, err)
		} else if len(b) >= lines.ReadSize {
			if err := flush(); err != nil {
				return done, err
			}
		}
	}
	if b, err = appendFrame(b, endFrame{"end", exportVersion, done.Calls + done.Declared}); err != nil {
		return done, err
	}
	return done, errors.Join(append(faults, flush())...)
}

// count counts a record and reports whether it is evidence.
func (e *Exported) count(r Record) bool {
	switch r.Kind {
	case Done:
		e.Calls++
	case Declared:
		e.Declared++
	default:
		return false
	}
	if e.First.IsZero() || r.At.Before(e.First) {
		e.First = r.At
	}
	e.Last = later(e.Last, r.At)
	return true
}

// OutputError reports that an export could not be written completely.
type OutputError struct{ Err error }

// Error says what failed and what to do.
func (e *OutputError) Error() string {
	return fmt.Sprintf("ledger: export: %v: the file is incomplete: free space or choose another place, then export "+
		"again", e.Err)
}

// Unwrap returns Err.
func (e *OutputError) Unwrap() error { return e.Err }
