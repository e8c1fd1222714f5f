package ledger

import (
	"context"
	"iter"
	"path/filepath"
	"slices"
	"time"
)

// Records yields the records present when the iteration begins; see [Store]. It reads the files of the UTC day of since
// and of later days as a stream, without holding a lock.
//
// It yields a [*TornError] or a [*VersionError] for one line, or a [*DamageError] for damaged lines in a row, and
// continues; a [*ReadError] for the rest of a file and continues with the next file; a [*DirError] or the error of ctx
// and ends.
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
		d.shared.scan(ctx, spans, nil, func(_ span, r Record, err error) bool {
			return err == nil && r.At.Before(since) || yield(r, err)
		})
	}
}

// span is a file up to the size that it had while the lock was held. No living writer was in the middle of a line then,
// so a last line without a newline was left by a dead one.
type span struct {
	day   day
	size  int64
	fault error // why the file must not be opened
}

// spans lists the files of the first day and later ones.
func (f *sharedDir) spans(ctx context.Context, first day) (all []span, err error) {
	err = f.locked(ctx, "read", func() (err error) {
		all, err = f.list(first)
		return err
	})
	return all, err
}

// list is spans for a caller that holds the lock.
func (f *sharedDir) list(first day) (all []span, err error) {
	names, err := f.disk.Names(f.path)
	if err != nil {
		return nil, dirError("read", f.path, err)
	}
	slices.Sort(names)
	// The newest first: without the lock, a day may grow and the next one begin meanwhile, and a chain must not refer to
	// what is not in the list.
	defer func() { slices.Reverse(all) }()
	for _, name := range slices.Backward(names) {
		d, ok := dayIn(name)
		if !ok || d < first {
			continue
		}
		info, err := f.disk.Stat(filepath.Join(f.path, name))
		if err != nil {
			return nil, dirError("read", f.path, err)
		}
		all = append(all, span{d, info.Size(), readable(info)})
	}
	return all, nil
}
