package ledger

import (
	"context"
	"iter"
	"path/filepath"
	"slices"
	"time"
)

// Records yields what was there when the iteration began; see [Store]. It reads the files of since's UTC day and later
// ones, as a stream, and holds no lock meanwhile.
//
// Errors that are yielded: [*TornError], [*DamageError] and [*VersionError] for one line, after which the iteration
// goes on; [*ReadError] for the rest of a file, after which it goes on with the next one; [*DirError] and ctx's error,
// which end it.
func (d *Dir) Records(ctx context.Context, since time.Time) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if err := d.usable(ctx); err != nil {
			yield(Record{}, err)
			return
		}
		spans, err := d.shared.spans(ctx, dayOf(since))
		if err != nil {
			yield(Record{}, err)
			return
		}
		d.shared.scan(ctx, spans, func(_ span, r Record, err error) bool {
			return err == nil && r.At.Before(since) || yield(r, err)
		})
	}
}

// span is a file up to the size that it had under the lock. No live writer is in the middle of a line there, so what
// is not ended by a newline was left by a dead one.
type span struct {
	day  day
	size int64
}

// spans lists the files of first and later days.
func (f *sharedDir) spans(ctx context.Context, first day) (all []span, err error) {
	err = f.locked(ctx, "read", func() error {
		names, err := f.disk.Names(f.path)
		if err != nil {
			return dirError("read", f.path, err)
		}
		slices.Sort(names)
		for _, name := range names {
			d, ok := dayIn(name)
			if !ok || d < first {
				continue
			}
			info, err := f.disk.Stat(filepath.Join(f.path, name))
			if err != nil {
				return dirError("read", f.path, err)
			}
			all = append(all, span{d, info.Size()})
		}
		return nil
	})
	return all, err
}
