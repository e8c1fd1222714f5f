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
	// blockSize is the size of the pieces in which files are read concurrently.
	blockSize = 1 << 20
	// parallelFrom is the total size from which reading on several cores is faster.
	parallelFrom = 2 * blockSize
)

// block is the part of a span whose lines begin in [from, to).
type block struct {
	span     *openSpan
	from, to int64
	last     bool // of its span
}

// openSpan is a span whose file stays open from its first block to its last, so that it remains readable if it is
// pruned meanwhile.
type openSpan struct {
	span
	path string
	disk disk

	once sync.Once
	file file
	err  error
}

// blocks divides spans into blocks of the given size. concurrent reports whether reading them concurrently pays.
func (f *sharedDir) blocks(spans []span, size int64) (all []block, concurrent bool) {
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

// open returns the span's file, or nil if it no longer exists.
func (o *openSpan) open() (file, error) {
	o.once.Do(func() {
		o.file, o.err = o.disk.OpenFile(o.path, os.O_RDONLY)
		if errors.Is(o.err, fs.ErrNotExist) {
			o.file, o.err = nil, nil // it was pruned meanwhile
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

// eachLine calls each with every line of the block until it returns false. The error is a [*ReadError].
func (b block) eachLine(in *lines.Reader, each func(lines.Line) bool) error {
	f, err := b.span.open()
	if err != nil {
		return &ReadError{File: b.span.path, Err: err}
	}
	if f == nil {
		return nil
	}
	// Everything up to the first newline at or after from-1 belongs to the previous block.
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

// entry is a decoded line: a record or the reason why there is none.
type entry struct {
	record Record
	err    error
}

// read is a decoded block.
type read struct {
	block   block
	entries []entry
	failed  bool // the rest of the file cannot be read
}

// scan yields the records of spans and the errors for lines that are none, in order. It returns false when yield does,
// or after an error that ends the reading.
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
