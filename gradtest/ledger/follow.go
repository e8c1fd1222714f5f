package ledger

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"path/filepath"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// follower reads what is appended to a [Dir], each line once.
type follower struct {
	dir  *Dir
	day  day           // the earliest day that is followed
	read map[day]int64 // up to which offset each file was read
	dec  decoder
	in   lines.Reader
}

// Follow implements [Follower]. The returned function yields the errors of [Dir.Records] and reads only what was
// appended. If a file becomes shorter, because a failed write was undone or the day was pruned, it continues from the
// new end. The error is a [*DirError] or that of ctx.
func (d *Dir) Follow(ctx context.Context, since time.Time) (func(context.Context) iter.Seq2[Record, error], error) {
	f, err := d.follow(ctx, since)
	if err != nil {
		return nil, err
	}
	return f.news, nil
}

func (d *Dir) follow(ctx context.Context, since time.Time) (*follower, error) {
	if err := d.usable(ctx); err != nil {
		return nil, err
	}
	f := &follower{dir: d, day: dayOf(since), read: make(map[day]int64)}
	spans, err := d.shared.spans(ctx, f.day)
	for _, s := range spans {
		f.read[s.day] = s.size
	}
	return f, err
}

// news yields what was appended since it was last called.
func (f *follower) news(ctx context.Context) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if err := f.dir.usable(ctx); err != nil {
			yield(Record{}, err)
			return
		}
		spans, err := f.dir.shared.spans(ctx, f.day)
		if err != nil {
			yield(Record{}, err)
			return
		}
		for _, s := range spans {
			from := f.read[s.day]
			f.read[s.day] = s.size
			if (s.size > from || s.fault != nil) && !f.scan(s, from, yield) {
				return
			}
		}
	}
}

// scan yields the lines of a span from an offset on. It returns false when yield does.
func (f *follower) scan(s span, from int64, yield func(Record, error) bool) bool {
	o := openSpan{span: s, path: filepath.Join(f.dir.shared.path, s.day.file()), disk: f.dir.shared.disk}
	defer o.close()
	more := true
	b := block{span: &o, from: from, to: s.size}
	err := b.eachLine(&f.in, func(l lines.Line) bool {
		more = yield(f.dec.decodeAt(l, o.path))
		return more
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return yield(Record{}, err)
	}
	return more
}
