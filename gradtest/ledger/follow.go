package ledger

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"path/filepath"
	"time"
)

// Follower reads what is new in a [Dir] and nothing twice. It is made by [Dir.Follow] and is not safe for concurrent
// use.
type Follower struct {
	dir  *Dir
	day  day           // the first that is followed
	read map[day]int64 // how far each file was read
	dec  decoder
	in   lines
}

// Follow returns a Follower of the UTC days from since's on. It begins at the end of what is there now: what was
// appended before is for [Dir.Records]. To miss nothing, follow first and read afterwards; what both yield has the same
// id and kind. The error is a [*DirError] or ctx's.
func (d *Dir) Follow(ctx context.Context, since time.Time) (*Follower, error) {
	if err := d.usable(ctx); err != nil {
		return nil, err
	}
	f := &Follower{dir: d, day: dayOf(since), read: make(map[day]int64)}
	spans, err := d.folder.spans(ctx, f.day)
	for _, s := range spans {
		f.read[s.day] = s.size
	}
	return f, err
}

// News yields what was appended since the last call, in the order of [Dir.Records] and with its errors. It costs what
// is new. A file that has become shorter, because a failed write was taken back or the day was pruned, is followed from
// its new end.
func (f *Follower) News(ctx context.Context) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if err := f.dir.usable(ctx); err != nil {
			yield(Record{}, err)
			return
		}
		spans, err := f.dir.folder.spans(ctx, f.day)
		if err != nil {
			yield(Record{}, err)
			return
		}
		for _, s := range spans {
			from := f.read[s.day]
			f.read[s.day] = s.size
			if s.size > from && !f.scan(s, from, yield) {
				return
			}
		}
	}
}

// scan yields the lines of a span from an offset on. It returns false when yield does.
func (f *Follower) scan(s span, from int64, yield func(Record, error) bool) bool {
	o := openSpan{span: s, path: filepath.Join(f.dir.folder.path, s.day.file()), disk: f.dir.folder.disk}
	defer o.close()
	more := true
	b := block{span: &o, from: from, to: s.size}
	err := b.lines(&f.in, func(l line) bool {
		more = yield(f.dec.line(l, o.path))
		return more
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return yield(Record{}, err)
	}
	return more
}
