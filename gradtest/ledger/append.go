package ledger

import (
	"context"
	"errors"
	"slices"
	"sync"
)

// Append adds records; see [Store]. Whole lines go to the file of their UTC day in one write under the lock that all
// processes share; the wait for the disk comes after it, together with whoever else waits.
//
// Errors: [*InvalidError]; [*DirError] when the directory is gone or may not be written; [*WriteError] when the disk
// is full, after which nothing of the records is kept and Append may be tried again; [*SyncError] when the disk failed
// to make them durable, after which every Append fails until the ledger is opened anew. ctx ends the wait for the
// lock, not that for the disk.
func (d *Dir) Append(ctx context.Context, r ...Record) error {
	if err := d.usable(ctx); err != nil {
		return err
	}
	if err := validate(r); err != nil {
		return err
	}
	buf := buffers.Get().(*batch)
	defer buf.free()
	if err := buf.encode(r); err != nil {
		return err
	}
	if err := d.shared.locked(ctx, "append", func() error { return d.shared.add(buf) }); err != nil {
		return err
	}
	d.shared.notifyGates(r)
	return d.shared.secure(buf)
}

// add writes the batch, all of it or nothing. It is called under the lock.
func (f *sharedDir) add(b *batch) error {
	if err := f.failure(); err != nil {
		return err
	}
	for i := range b.parts {
		p := &b.parts[i]
		df, size, err := f.day(p.day)
		if err == nil {
			p.file, p.start = df, size
			err = df.write(p.lines, size)
		}
		if err != nil {
			for _, done := range b.parts[:i] {
				if undo := done.file.undo(done.start); undo != nil {
					err = errors.Join(err, &WriteError{File: done.file.path, Torn: true, Err: undo})
				}
			}
			if _, ok := errors.AsType[*WriteError](err); ok {
				return err
			}
			return dirError("append", f.path, err)
		}
	}
	for i := range b.parts {
		p := &b.parts[i]
		p.number = p.file.commit.wrote()
		if p.durable {
			p.file.hold()
		}
	}
	f.rotate(b) // not before all is written and held: it closes files
	return nil
}

// secure waits until the batch is as durable as its records have to be.
func (f *sharedDir) secure(b *batch) error {
	var faults []error
	for i := range b.parts {
		if p := &b.parts[i]; p.durable {
			if err := p.file.secure(p.number); err != nil {
				f.fail(err)
				faults = append(faults, err)
			}
		}
	}
	return errors.Join(faults...)
}

// batch is the lines of one Append, by day.
type batch struct{ parts []part }

type part struct {
	day     day
	lines   []byte
	durable bool // must outlive a loss of power
	file    *dayFile
	start   int64
	number  uint64
}

var buffers = sync.Pool{New: func() any { return new(batch) }}

// encode adds records that are known to be valid.
func (b *batch) encode(records []Record) (err error) {
	for i := range records {
		r := &records[i]
		p := b.part(dayOf(r.At))
		p.durable = p.durable || r.Kind == Done || r.Kind == Declared
		if p.lines, err = encode(p.lines, r); err != nil {
			return err
		}
	}
	return nil
}

// part finds or makes the day's; a batch seldom has more than one.
func (b *batch) part(d day) *part {
	for i := range b.parts {
		if b.parts[i].day == d {
			return &b.parts[i]
		}
	}
	if len(b.parts) < cap(b.parts) {
		b.parts = b.parts[:len(b.parts)+1]
	} else {
		b.parts = append(b.parts, part{})
	}
	p := &b.parts[len(b.parts)-1]
	*p = part{day: d, lines: p.lines[:0]}
	return p
}

// has tells whether records of the day are in the batch.
func (b *batch) has(d day) bool {
	return slices.ContainsFunc(b.parts, func(p part) bool { return p.day == d })
}

func (b *batch) free() {
	for i := range b.parts {
		b.parts[i].file = nil
	}
	b.parts = b.parts[:0]
	buffers.Put(b)
}
