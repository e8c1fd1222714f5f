package ledger

import (
	"context"
	"errors"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// Append adds records; see [Store]. It writes whole lines to the file of each record's UTC day, in one write per file,
// under the lock that all processes share. It waits for the disk after releasing the lock; goroutines that wait at the
// same time share one sync.
//
// Errors:
//   - [*InvalidError]: a record must not be kept.
//   - [*DirError]: the directory is gone or not writable.
//   - [*WriteError]: the disk is full or failed. None of the records is kept, and Append may be tried again.
//   - [*SyncError]: the disk did not make the records durable. Every later Append fails until the ledger is opened
//     again.
//   - the error of ctx, which ends the wait for the lock but not the wait for the disk.
func (d *Dir) Append(ctx context.Context, r ...Record) error {
	if err := d.writable(ctx, "append"); err != nil {
		return err
	}
	if err := validate(r); err != nil {
		return err
	}
	b, err := newBatch(r)
	if err != nil {
		return err
	}
	if err := d.shared.locked(ctx, "append", func() error { return d.shared.add(b) }); err != nil {
		return err
	}
	d.shared.notifyGates(r)
	return d.shared.secure(b)
}

// add writes the whole batch or nothing. The caller holds the directory lock.
func (f *sharedDir) add(b *batch) error {
	if err := f.failure(); err != nil {
		return err
	}
	for i := range b.parts {
		p := &b.parts[i]
		df, size, err := f.day(p.day)
		if err == nil {
			p.file, p.start = df, size
			err = f.write(p)
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
	f.rotate(b) // last, because it closes files that the batch may still need
	return nil
}

// write writes a part at the end of its file, each line with its place in the chain.
func (f *sharedDir) write(p *part) error {
	t, err := p.file.tail(p.start)
	if err != nil {
		return err
	}
	var first lines.Link
	if t.head.n == 0 {
		if first, err = f.firstLink(p.day); err != nil {
			return err
		}
		first.From = p.start + int64(len(t.closing))
	}
	df := p.file
	text, h := p.chained(append(df.buf[:0], t.closing...), t.head, first)
	if len(text) <= lines.ReadSize {
		df.buf = text
	}
	return df.write(text, p.start, h)
}

// secure waits until the batch is as durable as its records require.
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

// batch holds the lines of one Append, grouped by day.
type batch struct{ parts []part }

type part struct {
	day     day
	open    []byte // lines without their ends, which depend on the lines before them in the file
	ends    []int  // where in open each ends
	durable bool   // must survive a loss of power
	file    *dayFile
	start   int64
	number  uint64
}

// newBatch encodes valid records.
func newBatch(records []Record) (*batch, error) {
	b := new(batch)
	for i := range records {
		r := &records[i]
		p := b.part(dayOf(r.At))
		p.durable = p.durable || r.Kind == Done || r.Kind == Declared
		var err error
		if p.open, err = encodeOpen(p.open, r); err != nil {
			return nil, err
		}
		p.ends = append(p.ends, len(p.open))
	}
	return b, nil
}

// lineSize is about the size of a line, in bytes.
const lineSize = 512

// part returns the part for a day and creates it if necessary. Few batches have more than one.
func (b *batch) part(d day) *part {
	for i := range b.parts {
		if b.parts[i].day == d {
			return &b.parts[i]
		}
	}
	b.parts = append(b.parts, part{day: d, open: make([]byte, 0, lineSize)})
	return &b.parts[len(b.parts)-1]
}

// chained appends the part's lines to b, as those that follow h in its file, and returns the new head of the chain.
// first is the link of the first line if there is no h.
func (p *part) chained(b []byte, h head, first lines.Link) ([]byte, head) {
	b = slices.Grow(b, len(p.open)+len(p.ends)*sealRoom)
	from := 0
	for _, to := range p.ends {
		start := len(b)
		b = append(b, p.open[from:to]...)
		from = to
		b, h = appendEnd(b, start, h, first)
	}
	return b, h
}

// appendEnd ends the line that begins at start, as the one that follows h.
func appendEnd(b []byte, start int, h head, first lines.Link) ([]byte, head) {
	l := first
	if h.n > 0 {
		l = lines.Link{Prev: h.hash}
	}
	l.N = h.n + 1
	b = lines.Seal(lines.AppendLink(b, l), start)
	return b, head{l.N, lines.HashOf(b[start:])}
}

// has reports whether the batch holds records of the day.
func (b *batch) has(d day) bool {
	return slices.ContainsFunc(b.parts, func(p part) bool { return p.day == d })
}
