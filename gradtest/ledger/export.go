package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
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
// The records of the export are chained, with any store, and its last line carries the heads of the chains of a
// [Dir]. Records that the chain shows to be changed are exported as they are, and the error names them.
//
// Evidence is the calls made and the declarations. Records by which processes share limits are not exported, because
// slots are taken and freed where the calls are made. Exports can be concatenated.
//
// Records that cannot be read are left out, and the error joins the reasons. Lines that killed processes left
// unfinished are not reported. The error is an [*OutputError] if w fails.
func Export(ctx context.Context, w io.Writer, from Store, origin string, since time.Time) (Exported, error) {
	done, _, err := ExportOnly(ctx, w, from, origin, since, func(r *Record) bool { return r.Kind == Done || r.Kind == Declared })
	return done, err
}

// ExportOnly is [Export] of the records for which keep returns true, of any kind; [Import] takes only the evidence
// among them. It also returns where the chains of the ledger stand, which is in the last line of the export.
func ExportOnly(
	ctx context.Context, w io.Writer, from Store, origin string, since time.Time, keep func(*Record) bool,
) (done Exported, stand []DayHead, err error) {
	b, err := appendFrame(nil, beginFrame{"begin", exportVersion, origin})
	if err != nil {
		return done, stand, err
	}
	h := head{hash: lines.HashOf(b)}
	first := lines.Link{Prev: h.hash}
	all, heads := evidenceOf(ctx, from, since)
	flush := func() (err error) {
		if _, err = w.Write(b); err != nil {
			err = &OutputError{err}
		}
		b = b[:0]
		return err
	}
	var faults []error
	for r, err := range all {
		if isTorn(err) {
			continue
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if !keep(&r) {
			continue
		}
		done.count(r)
		start := len(b)
		if err = r.Validate(); err == nil {
			b, err = encodeOpen(b, &r)
		}
		if err != nil {
			faults = append(faults, err)
			continue
		}
		if b, h = appendEnd(b, start, h, first); len(b) >= lines.ReadSize {
			if err := flush(); err != nil {
				return done, stand, err
			}
		}
	}
	stand = heads()
	if b, err = appendFrame(b, endFrame{"end", exportVersion, int(h.n), h.hash.String(), stand}); err != nil {
		return done, stand, err
	}
	return done, stand, errors.Join(append(faults, flush())...)
}

// evidenceOf yields the records of a store, and the faults of its chains if it is a [Dir]. heads returns where those
// stand, after all records were read.
func evidenceOf(ctx context.Context, from Store, since time.Time) (all iter.Seq2[Record, error], heads func() []DayHead) {
	d, ok := from.(*Dir)
	if !ok {
		return from.Records(ctx, since), func() []DayHead { return nil }
	}
	var a *audit
	all = func(yield func(Record, error) bool) {
		spans, err := d.auditable(ctx, since)
		if err != nil {
			yield(Record{}, err)
			return
		}
		a = d.shared.audit(spans)
		for _, err := range a.faults {
			if !yield(Record{}, err) {
				return
			}
		}
		d.shared.scan(ctx, spans, a, func(_ span, r Record, err error) bool {
			return err == nil && r.At.Before(since) || yield(r, err)
		})
	}
	return all, func() []DayHead { return a.heads() }
}

// auditable lists the files that an audit from a time on reads.
func (d *Dir) auditable(ctx context.Context, since time.Time) ([]span, error) {
	if err := d.usable(ctx); err != nil {
		return nil, err
	}
	return d.shared.spans(ctx, dayOf(since))
}

// heads lists where the chains stand, after all records were read.
func (a *audit) heads() (all []DayHead) {
	if a == nil {
		return nil
	}
	for _, c := range a.chains {
		if name := filepath.Base(c.file); c.head.n > 0 {
			all = append(all, DayHead{strings.TrimSuffix(name, daySuffix), c.head.n, c.head.text()})
		}
	}
	return all
}

// count counts a record.
func (e *Exported) count(r Record) {
	switch r.Kind {
	case Done:
		e.Calls++
	case Declared:
		e.Declared++
	}
	if e.First.IsZero() || r.At.Before(e.First) {
		e.First = r.At
	}
	e.Last = later(e.Last, r.At)
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
