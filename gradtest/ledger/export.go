package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// Exported is what [Export] has written.
type Exported struct {
	Calls    int       // records of kind [Done]
	Declared int       // records of kind [Declared]
	First    time.Time // the earliest At; zero: there are none
	Last     time.Time // the latest At
}

// Export writes the evidence of from whose At is not before since (zero: all) to w, for [Import] on another machine.
// origin says whose it is: the server and the client id, as the name of a ledger's directory says it
// (platform.ringcentral.com-0a1b2c3d).
//
// Evidence is what was called and what is declared. The records by which processes share the limits stay: slots are
// taken and given back where the calls are made. Exports can be joined one behind the other.
//
// Lines that cannot be read are left out; the error joins what is wrong with them. It is an [*OutputError] if w fails.
// Lines left unfinished by killed processes are no fault.
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

// count takes in a record, unless it is no evidence.
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

// OutputError is an export that could not be written.
type OutputError struct{ Err error }

// Error says what failed and what to do.
func (e *OutputError) Error() string {
	return fmt.Sprintf("ledger: export: %v: what was written is not whole: export again to where there is room", e.Err)
}

// Unwrap returns Err.
func (e *OutputError) Unwrap() error { return e.Err }
