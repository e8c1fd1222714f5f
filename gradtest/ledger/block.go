package ledger

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

const (
	// blockSize is how much of a file is read as one piece, for which the others need not wait.
	blockSize = 1 << 20
	// severalFrom is how much there has to be to read before several cores are worth their trouble.
	parallelFrom = 2 * blockSize
)

// block is the lines of a span that begin in [from, to).
type block struct {
	span     *openSpan
	from, to int64
	last     bool // of its span
}

// openSpan is a span whose file is opened when its first block is read and closed after its last, so that what is
// pruned meanwhile stays readable.
type openSpan struct {
	span
	path string
	disk disk

	once sync.Once
	file file
	err  error
}

// blocks cuts spans up by size. several tells whether it is worth while to read them at the same time.
func (f *sharedDir) blocks(spans []span, size int64) (all []block, several bool) {
	total := int64(0)
	for _, s := range spans {
		total += s.size
		o := &openSpan{span: s, path: filepath.Join(f.path, s.day.file()), disk: f.disk}
		for from := int64(0); from == 0 || from < s.size; from += size {
			all = append(all, block{span: o, from: from, to: from + size})
		}
		all[len(all)-1].last = true
	}
	return all, total >= parallelFrom
}

// open returns the span's file; nil: there is none any more.
func (o *openSpan) open() (file, error) {
	o.once.Do(func() {
		o.file, o.err = o.disk.OpenFile(o.path, os.O_RDONLY)
		if errors.Is(o.err, fs.ErrNotExist) {
			o.file, o.err = nil, nil // pruned meanwhile
		}
	})
	return o.file, o.err
}

func (o *openSpan) close() {
	o.once.Do(func() {})
	if o.file != nil {
		_ = o.file.Close() // it was only read
	}
}

// lines gives out the block's lines until each returns false. The error is a [*ReadError].
func (b block) eachLine(in *lines.Reader, each func(lines.Line) bool) error {
	f, err := b.span.open()
	if err != nil {
		return &ReadError{File: b.span.path, Err: err}
	}
	if f == nil {
		return nil
	}
	// Whatever comes before the first newline from from-1 on belongs to the block before this.
	in.Reset(f, max(0, b.from-1), b.span.size)
	for first := b.from > 0; ; first = false {
		l, err := in.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return &ReadError{File: b.span.path, Offset: in.Next(), Err: err}
		case first:
			continue
		case l.Offset >= b.to:
			return nil
		}
		if !each(l) {
			return nil
		}
	}
}

// entry is a line as it was read: a record, or what is wrong.
type entry struct {
	record Record
	err    error
}

// read is what the lines of a block come to.
type read struct {
	block   block
	entries []entry
	failed  bool // what follows in the file cannot be read
}

// scan yields the records and the faults of spans, in order. It returns false when yield does, or after an error that
// nothing can follow.
func (f *sharedDir) scan(ctx context.Context, spans []span, yield func(span, Record, error) bool) (more bool) {
	jobs, several := f.blocks(spans, blockSize)
	defer closeAll(jobs)
	spare := sync.Pool{New: func() any { return &[]entry{} }}
	worker := func() func(block) read {
		var (
			dec decoder
			in  lines.Reader
		)
		return func(b block) read {
			r := read{block: b, entries: (*spare.Get().(*[]entry))[:0]}
			err := b.eachLine(&in, func(l lines.Line) bool {
				record, err := dec.decodeAt(l, b.span.path)
				r.entries = append(r.entries, entry{record, err})
				return len(r.entries)%256 != 0 || ctx.Err() == nil
			})
			if err != nil {
				r.entries = append(r.entries, entry{err: err})
				r.failed = true
			}
			return r
		}
	}
	more = true
	var failed *openSpan
	parallel(jobs, several, worker, func(r read) bool {
		if r.block.span == failed {
			return true
		}
		for i := range r.entries {
			if i%256 == 0 && ctx.Err() != nil {
				break
			}
			if more = yield(r.block.span.span, r.entries[i].record, r.entries[i].err); !more {
				return false
			}
		}
		if err := ctx.Err(); err != nil {
			yield(r.block.span.span, Record{}, err)
			more = false
			return false
		}
		if r.failed {
			failed = r.block.span
		}
		if r.block.last {
			r.block.span.close()
		}
		clear(r.entries)
		spare.Put(&r.entries)
		return true
	})
	return more
}

func closeAll(jobs []block) {
	for _, b := range jobs {
		if b.last {
			b.span.close()
		}
	}
}
