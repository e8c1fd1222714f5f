package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/filelock"
)

// Imported is what [Import] has found in an export.
type Imported struct {
	Calls    int // records of kind [Done] that were new
	Declared int // records of kind [Declared] that were new
	Known    int // records that were there already
	UnderWay int // left out: a call of the same id is in line or under way here
}

// importLock is the file that keeps two imports into one directory apart.
const importLock = "import.lock"

// Import adds the evidence of an export to into, unless it is there already: importing twice, or one export after
// another that holds the same calls, changes nothing. A record is known by its id and kind.
//
// What is imported is evidence and takes part in the limits only as what it is, a call of the same app: one made within
// the last window takes its slot until one window after its answer, as on the machine that made it. It frees no slot that
// is taken here: what the export says of an attempt that is in line or under way here is left out, and one that was
// reserved here and whose end is not known keeps its slot as long as it would have. What the answers said about limits is
// left behind, since something newer may be known here.
//
// Errors, joined: [*OriginError] for a section of another app or server, which is left out whole; [*DamageError] and
// [*VersionError] for one line, [*CutError] for a section that ends early, all with the line's place in r; all else is
// imported. Whatever into says ends the import.
func Import(ctx context.Context, into Store, origin string, r io.Reader) (Imported, error) {
	if d, ok := into.(*Dir); ok {
		lock := filelock.New(filepath.Join(d.Path(), importLock))
		if err := lock.Lock(ctx); err != nil {
			if ctx.Err() != nil {
				return Imported{}, ctx.Err()
			}
			return Imported{}, dirError("import", d.Path(), err)
		}
		defer func() { _ = lock.Unlock() }() // it is free when the process ends, at the latest
	}
	i := &importer{ctx: ctx, into: into, known: existing{into: into, ends: make(map[string]struct{}), slots: make(map[string]time.Time)}}
	i.parts.origin = origin
	err := i.parts.read(ctx, r, i.add)
	if err == nil {
		err = i.flush()
	}
	return i.done, errors.Join(append(i.parts.faults, err)...)
}

// batchSize is how many records are appended together, which share a sync.
const batchSize = 4096

// importing is an import under way.
type importer struct {
	ctx   context.Context
	into  Store
	parts exportReader
	known existing
	batch []Record
	done  Imported
}

func (i *importer) add(r Record) error {
	if r.Kind != Done && r.Kind != Declared {
		return nil // an export has none; a copied file of the ledger has
	}
	if err := i.known.load(i.ctx, r.At); err != nil {
		return err
	}
	key := string(r.Kind) + " " + r.ID
	if _, again := i.known.ends[key]; again {
		i.done.Known++
		return nil
	}
	r.Signal = Record{}.Signal
	if until, taken := i.known.slots[r.ID]; taken && r.Kind == Done {
		switch {
		case until.IsZero() || until.After(time.Now()):
			i.done.UnderWay++
			return nil
		case r.Status == 0:
			return nil // the slot without an end says as much, and holds
		}
		r.Latest = later(r.Latest, until)
	}
	i.known.ends[key] = struct{}{}
	if i.batch = append(i.batch, r); len(i.batch) < batchSize {
		return nil
	}
	return i.flush()
}

func (i *importer) flush() error {
	if len(i.batch) == 0 {
		return nil
	}
	if err := i.into.Append(i.ctx, i.batch...); err != nil {
		return stopped(i.ctx, "add records", err)
	}
	for j := range i.batch {
		if i.batch[j].Kind == Done {
			i.done.Calls++
		} else {
			i.done.Declared++
		}
	}
	i.batch = i.batch[:0]
	return nil
}

// stopped is the error of an import that the store ended. No error of a store but [ErrDamaged] may be passed over: what
// the store holds would be imported again, and slots that are taken in it would be missed.
func stopped(ctx context.Context, op string, err error) error {
	if ctx.Err() != nil {
		return errors.Join(err, ctx.Err())
	}
	return fmt.Errorf("ledger: import: %s: %w; the import stopped there: once the store works, import the file again, "+
		"what is already in is not added twice", op, err)
}

// longestInLine is how old a place in line can be that is still somebody's: gates look no further back.
const maxInLine = 48 * time.Hour

// known is what a store holds, as far back as was asked for.
type existing struct {
	into   Store
	loaded day                  // it and all later ones are in; empty: none is
	ends   map[string]struct{}  // kinds and ids of evidence
	slots  map[string]time.Time // until when attempts may still be counted that were reserved here and not given back; zero: in line
}

// load sees to it that what is kept of t's UTC day is known.
func (k *existing) load(ctx context.Context, t time.Time) error {
	first := dayOf(t)
	if k.loaded != "" && k.loaded <= first {
		return nil
	}
	for r, err := range k.into.Records(ctx, t.UTC().Truncate(24*time.Hour)) {
		if errors.Is(err, ErrDamaged) {
			continue // what cannot be read is not known, so that an export can bring it back
		}
		if err != nil {
			return stopped(ctx, "read what is there", err)
		}
		if k.loaded != "" && dayOf(r.At) >= k.loaded {
			break
		}
		switch r.Kind {
		case Done, Declared:
			k.ends[string(r.Kind)+" "+r.ID] = struct{}{}
		case Waiting:
			if _, reserved := k.slots[r.ID]; !reserved && time.Since(r.At) < maxInLine {
				k.slots[r.ID] = time.Time{}
			}
		case Reserved:
			k.slots[r.ID] = later(k.slots[r.ID], r.Latest)
		case Released:
			delete(k.slots, r.ID)
		}
	}
	k.loaded = first
	return nil
}

// OriginError is evidence of another app or server than the one it was to be added to.
type OriginError struct {
	Line int    // of its section's first line
	Got  string // whose it is
	Want string
}

// Error names both and says what to do.
func (e *OriginError) Error() string {
	return fmt.Sprintf("ledger: import: line %d: the evidence is that of %s, this ledger is that of %s: import it there, evidence of one app or server never counts for another",
		e.Line, e.Got, e.Want)
}

// CutError is an export of which the end is missing.
type CutError struct {
	Line    int // the last one
	Records int // found
	Want    int // as the export says; 0: its last line is missing
}

// Error says how much is missing and what to do.
func (e *CutError) Error() string {
	if e.Want == 0 {
		return fmt.Sprintf("ledger: import: line %d: the export ends early, after %d records: what is there was imported, take the file from its source again", e.Line, e.Records)
	}
	return fmt.Sprintf("ledger: import: line %d: %d of %d records could be read: what could was imported, take the file from its source again", e.Line, e.Records, e.Want)
}
