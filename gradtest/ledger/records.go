package ledger

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
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
		spans, err := d.folder.spans(ctx, dayOf(since))
		if err != nil {
			yield(Record{}, err)
			return
		}
		var dec decoder
		for _, s := range spans {
			if !d.folder.scan(ctx, s, &dec, func(r Record, _ int64, err error) bool {
				return err == nil && r.At.Before(since) || yield(r, err)
			}) {
				return
			}
		}
	}
}

// span is a file up to the size that it had under the lock. No live writer is in the middle of a line there, so what
// is not ended by a newline was left by a dead one.
type span struct {
	day  day
	size int64
}

// spans lists the files of first and later days.
func (f *folder) spans(ctx context.Context, first day) (all []span, err error) {
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

// scan yields the records and the faults of a span, with their offsets. It returns false when yield does, or after an
// error that nothing can follow.
func (f *folder) scan(ctx context.Context, s span, dec *decoder, yield func(Record, int64, error) bool) (more bool) {
	path := filepath.Join(f.path, s.day.file())
	file, err := f.disk.OpenFile(path, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return true // pruned meanwhile
	}
	if err != nil {
		return yield(Record{}, 0, &ReadError{File: path, Err: err})
	}
	defer file.Close()
	in := newLines(file, 0, s.size)
	for n := 0; ; n++ {
		if n%256 == 0 && ctx.Err() != nil {
			yield(Record{}, in.at, ctx.Err())
			return false
		}
		l, err := in.read()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			return yield(Record{}, in.next, &ReadError{File: path, Offset: in.next, Err: err})
		}
		r, err := dec.line(l, path)
		if !yield(r, l.offset, err) {
			return false
		}
	}
}

// line decodes a line of the file at path.
func (d *decoder) line(l line, path string) (Record, error) {
	switch {
	case !l.ended:
		return Record{}, &TornError{File: path, Offset: l.offset}
	case l.long && string(l.text) != tornMark:
		return Record{}, &DamageError{File: path, Offset: l.offset, Reason: "it is longer than any record"}
	}
	r, err := d.decode(l.text)
	if err == nil {
		return r, nil
	}
	if errors.Is(err, errTorn) {
		return r, &TornError{File: path, Offset: l.offset}
	}
	if e, ok := errors.AsType[*DamageError](err); ok {
		e.File, e.Offset = path, l.offset
	}
	if e, ok := errors.AsType[*VersionError](err); ok {
		e.File, e.Offset = path, l.offset
	}
	return r, err
}
