package ledger

import (
	"context"
	"errors"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// Survey is a summary of the records from a time on.
type Survey struct {
	Records  int       // number of records
	Last     time.Time // the latest At; zero if there are no records
	Declared []Record  // records of kind [Declared], in the order of Records
	Torn     int       // lines left unfinished by killed processes, which is no fault
	Faults   []error   // [*DamageError], [*VersionError] and [*ReadError]
}

// Survey implements [Surveyor]. It verifies the checksum of every line but decodes declarations only, which takes a
// third of the time of Records or less. The error is about the ledger as a whole: a [*DirError] or that of ctx.
func (d *Dir) Survey(ctx context.Context, since time.Time) (Survey, error) {
	var all Survey
	if err := d.usable(ctx); err != nil {
		return all, err
	}
	spans, err := d.shared.spans(ctx, dayOf(since))
	if err != nil {
		return all, err
	}
	jobs, several := d.shared.blocks(spans, blockSize)
	defer closeAll(jobs)
	worker := func() func(block) surveyed {
		var (
			dec decoder
			in  lines.Reader
		)
		return func(b block) surveyed {
			s := surveyed{block: b}
			err := b.eachLine(&in, func(l lines.Line) bool {
				s.add(&dec, l, since)
				return ctx.Err() == nil
			})
			if err != nil {
				s.Faults, s.failed = append(s.Faults, err), true
			}
			return s
		}
	}
	var failed *openSpan
	parallel(jobs, several, worker, func(s surveyed) bool {
		if s.block.span == failed {
			return true
		}
		if s.failed {
			failed = s.block.span
		}
		all.Records += s.Records
		all.Last = later(all.Last, s.Last)
		all.Declared = append(all.Declared, s.Declared...)
		all.Torn += s.Torn
		all.Faults = appendFaults(all.Faults, s.Faults)
		return ctx.Err() == nil
	})
	return all, ctx.Err()
}

// surveyed is the survey of one block.
type surveyed struct {
	Survey
	block  block
	failed bool // the rest of the file cannot be read
}

func (s *surveyed) add(dec *decoder, l lines.Line, since time.Time) {
	at, kind, ok := dec.heading(l)
	if !ok || kind == Declared {
		r, err := dec.decodeAt(l, s.block.span.path)
		if _, torn := errors.AsType[*TornError](err); torn {
			s.Torn++
			return
		}
		if err != nil {
			s.Faults = appendFaults(s.Faults, []error{err})
			return
		}
		if at = r.At; r.Kind == Declared && !at.Before(since) {
			s.Declared = append(s.Declared, r)
		}
	}
	if !at.Before(since) {
		s.Records++
		s.Last = later(s.Last, at)
	}
}

// appendFaults appends faults, damaged lines in a row as one.
func appendFaults(all, more []error) []error {
	for _, err := range more {
		if next, ok := err.(*DamageError); ok && len(all) > 0 {
			if last, ok := all[len(all)-1].(*DamageError); ok && last.joins(next) {
				continue
			}
		}
		all = append(all, err)
	}
	return all
}
