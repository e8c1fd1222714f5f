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
		total += min(s.size, maxFile)
		o := &openSpan{span: s, path: filepath.Join(f.path, s.day.file()), disk: f.disk}
		if s.fault != nil {
			all = append(all, block{span: o, last: true})
			continue
		}
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
		if o.err = o.fault; o.err != nil {
			return
		}
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
	if b.from > 0 {
		if ok, err := in.SkipLine(b.to); err != nil || !ok {
			return b.readError(in, err)
		}
	}
	for {
		l, err := in.Read()
		if errors.Is(err, io.EOF) || err == nil && l.Offset >= b.to {
			return nil
		}
		if err != nil {
			return b.readError(in, err)
		}
		if !each(l) {
			return nil
		}
	}
}

func (b block) readError(in *lines.Reader, err error) error {
	if err == nil {
		return nil
	}
	return &ReadError{File: b.span.path, Offset: in.Next(), Err: err}
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
	places  []placed // of the entries, for an audit
	failed  bool     // the rest of the file cannot be read
}

// scan yields the records of spans and the errors for lines that are none, in order: one [*DamageError] for damaged
// lines in a row. With an audit (nil: none) it also yields what that finds, after the records of the file. It returns
// false when yield does, or after an error that ends the reading.
func (f *sharedDir) scan(ctx context.Context, spans []span, a *audit, yield func(span, Record, error) bool) (more bool) {
	jobs, several := f.blocks(spans, blockSize)
	defer closeAll(jobs)
	spare := sync.Pool{New: func() any { return new(read) }}
	worker := func() func(block) *read {
		var (
			dec decoder
			in  lines.Reader
		)
		return func(b block) *read {
			r := spare.Get().(*read)
			*r = read{block: b, entries: r.entries[:0], places: r.places[:0]}
			err := b.eachLine(&in, func(l lines.Line) bool {
				record, err := dec.decodeAt(l, b.span.path)
				r.entries = append(r.entries, entry{record, err})
				if a != nil {
					r.places = append(r.places, dec.place(l, err))
				}
				return len(r.entries)%256 != 0 || ctx.Err() == nil
			})
			if err != nil {
				r.entries = append(r.entries, entry{err: err})
				r.failed = true
			}
			return r
		}
	}
	c := collector{yield: yield, audit: a}
	parallel(jobs, several, worker, func(r *read) bool {
		if !c.take(ctx, r) {
			return false
		}
		clear(r.entries)
		spare.Put(r)
		return true
	})
	return !c.ended
}

// collector puts decoded blocks together.
type collector struct {
	yield   func(span, Record, error) bool
	audit   *audit
	file    int // number of the current file
	damaged *DamageError
	failed  *openSpan
	ended   bool
}

func (c *collector) take(ctx context.Context, r *read) bool {
	s := r.block.span
	if s == c.failed {
		c.closeFile(r, true)
		return true
	}
	for i := range r.entries {
		if i%256 == 0 && ctx.Err() != nil {
			break
		}
		e := &r.entries[i]
		if c.audit != nil && i < len(r.places) {
			c.audit.chains[c.file].add(r.places[i])
		}
		damage, isDamage := e.err.(*DamageError)
		if isDamage && c.damaged != nil && c.damaged.joins(damage) {
			continue
		}
		if !c.flush(s.span) {
			return false
		}
		if isDamage {
			c.damaged = damage
		} else if !c.pass(s.span, e.record, e.err) {
			return false
		}
	}
	if err := ctx.Err(); err != nil {
		c.pass(s.span, Record{}, err)
		c.ended = true
		return false
	}
	if r.failed {
		c.failed = s
	}
	return c.closeFile(r, r.failed)
}

// closeFile ends a file after its last block.
func (c *collector) closeFile(r *read, failed bool) bool {
	if !r.block.last {
		return true
	}
	s := r.block.span
	s.close()
	if !c.flush(s.span) {
		return false
	}
	if c.audit != nil && !failed {
		for _, err := range c.audit.chains[c.file].end(s.size) {
			if !c.pass(s.span, Record{}, err) {
				return false
			}
		}
	}
	c.file++
	return true
}

// flush yields the damaged lines collected so far.
func (c *collector) flush(s span) bool {
	d := c.damaged
	c.damaged = nil
	return d == nil || c.pass(s, Record{}, d)
}

func (c *collector) pass(s span, r Record, err error) bool {
	if !c.yield(s, r, err) {
		c.ended = true
		return false
	}
	return true
}

func closeAll(jobs []block) {
	for _, b := range jobs {
		if b.last {
			b.span.close()
		}
	}
}
