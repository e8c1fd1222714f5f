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

// Imported counts what [Import] found in an export.
type Imported struct {
	Calls    int // new records of kind [Done]
	Declared int // new records of kind [Declared]
	Known    int // records that the store already had
	UnderWay int // left out, because a call of the same id is queued or in flight here
}

// importLock is the name of the lock file that prevents concurrent imports into one directory.
const importLock = "import.lock"

// Import reads an export from r and adds its evidence to a store. Records that the store already has, by id and kind,
// are skipped, so importing the same file twice, or overlapping files, changes nothing.
//
// An imported call takes part in the limits as what it is, a call of the same app: if it was made within the last
// window, it takes its slot until one window after its answer, as on the machine that made it. An import never frees a
// slot. A record of an attempt that is queued or in flight here is left out, and an attempt that was reserved here and
// whose end is unknown keeps its slot as long as it would have without the import. The limits in the answers are not
// imported, because newer ones may be known here.
//
// Imports into one [Dir] exclude each other, in all processes. Concurrent imports of one file into another kind of
// store may add a record twice, which a verdict counts once.
//
// An export is chained. From the first record on that was changed, removed or put in, nothing more of its section is
// imported, and the error is a [*ChainError]. [VerifyExport] finds that out before anything is imported.
//
// Errors about the file are joined, and everything else in it is imported: an [*OriginError] for a section of another
// app or server, which is left out entirely; a [*DamageError] or a [*VersionError] for one line; a [*CutError] for a
// section that ends early. Each names its line in r. An error of the store stops the import, unless it matches
// [ErrDamaged].
func Import(ctx context.Context, into Store, origin string, r io.Reader) (Imported, error) {
	if d, ok := into.(*Dir); ok {
		if err := d.writable(ctx, "import"); err != nil {
			return Imported{}, err
		}
		lock := filelock.New(filepath.Join(d.Path(), importLock))
		lock.OnWait(func() { d.shared.sayWait(importLock) })
		if err := lock.Lock(ctx); err != nil {
			if ctx.Err() != nil {
				return Imported{}, ctx.Err()
			}
			return Imported{}, dirError("import", d.Path(), err)
		}
		defer func() { _ = lock.Unlock() }() // the lock ends with the process at the latest
	}
	known := existing{into: into, ends: make(map[string]struct{}), slots: make(map[string]time.Time)}
	i := &importer{ctx: ctx, into: into, known: known}
	i.parts.origin = origin
	err := i.parts.read(ctx, r, i.add)
	if err == nil {
		err = i.flush()
	}
	return i.done, errors.Join(append(i.parts.faults, err)...)
}

// batchSize is the number of records that are appended together and so share a sync.
const batchSize = 4096

// importer is an import in progress.
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
		return nil // not in an export, but in a copied file of a ledger
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
			return nil // the reservation already says so and holds the slot
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

// stopped returns the error of an import that an error of the store ended. Only [ErrDamaged] may be passed over: after
// any other error it is unknown what the store holds, so records would be added twice and taken slots would be missed.
func stopped(ctx context.Context, op string, err error) error {
	if ctx.Err() != nil {
		return errors.Join(err, ctx.Err())
	}
	return fmt.Errorf("ledger: import: %s: %w; the import stopped here: once the store works, import the file again, "+
		"nothing is added twice", op, err)
}

// maxQueued is the age up to which a queued call can still be waiting: gates look no further back.
const maxQueued = 48 * time.Hour

// existing is what the store holds, as far back as it was read.
type existing struct {
	into   Store
	loaded day                 // the earliest day that was read; empty: none was
	ends   map[string]struct{} // kinds and ids of evidence

	// Until when the server may still count an attempt that was reserved here and not released; zero: queued.
	slots map[string]time.Time
}

// load reads the store back to the UTC day of t, unless it has done so before.
func (k *existing) load(ctx context.Context, t time.Time) error {
	first := dayOf(t)
	if k.loaded != "" && k.loaded <= first {
		return nil
	}
	for r, err := range k.into.Records(ctx, t.UTC().Truncate(24*time.Hour)) {
		if errors.Is(err, ErrDamaged) {
			continue // counts as missing, so that an export can restore it
		}
		if err != nil {
			return stopped(ctx, "read the store", err)
		}
		if k.loaded != "" && dayOf(r.At) >= k.loaded {
			break
		}
		switch r.Kind {
		case Done, Declared:
			k.ends[string(r.Kind)+" "+r.ID] = struct{}{}
		case Waiting:
			if _, reserved := k.slots[r.ID]; !reserved && time.Since(r.At) < maxQueued {
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

// OriginError reports evidence of another app or server than that of the ledger.
type OriginError struct {
	Line int    // first line of the section
	Got  string // origin of the section
	Want string
}

// Error names both and says what to do.
func (e *OriginError) Error() string {
	return fmt.Sprintf("ledger: import: line %d: the evidence belongs to %s, but this ledger belongs to %s: "+
		"import it there, because evidence of one app or server never counts for another",
		e.Line, e.Got, e.Want)
}

// CutError reports an export whose end is missing.
type CutError struct {
	Line    int // where the section ends
	Records int // records found
	Want    int // records that the export announces; 0: its last line is missing
}

// Error says how much is missing and what to do.
func (e *CutError) Error() string {
	if e.Want == 0 {
		return fmt.Sprintf("ledger: import: line %d: the export ends early, after %d records: the records up to "+
			"there were imported: get the file from its source again", e.Line, e.Records)
	}
	return fmt.Sprintf("ledger: import: line %d: %d of %d records could be read and were imported: get the file from "+
		"its source again", e.Line, e.Records, e.Want)
}
