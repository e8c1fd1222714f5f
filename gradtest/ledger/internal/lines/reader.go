package lines

import (
	"bytes"
	"io"
)

// Reader reads a file line by line up to a given size. The file is known to end there with a line, or with what a
// killed writer left. Call [Reader.Reset] first. A Reader is not safe for concurrent use.
type Reader struct {
	f    io.ReaderAt
	size int64
	buf  []byte
	rest []byte // of buf, not yet returned
	at   int64  // offset of rest
	next int64  // offset of the next read
}

// Whole returns the line with its newline. It must have ended and not be long.
func (l Line) Whole() []byte { return l.Text[:len(l.Text)+1] }

// Line is a line of a file. Text is valid until the next one is read.
type Line struct {
	Text   []byte // without its newline
	Offset int64  // of its first byte in the file
	End    int64  // offset of the next line
	Ended  bool   // it ends with a newline
	Long   bool   // longer than [MaxSize]; Text is only its end, as long as a [TornMark]
}

// ReadSize is the size of one read in bytes.
const ReadSize = 256 << 10

// Reset prepares the Reader for the part of f from one offset up to size.
func (r *Reader) Reset(f io.ReaderAt, from, size int64) {
	*r = Reader{f: f, size: size, at: from, next: from, buf: r.buf[:0]}
}

// Offset returns the end of the lines returned so far.
func (r *Reader) Offset() int64 { return r.at }

// Next returns the offset at which a failed Read failed.
func (r *Reader) Next() int64 { return r.next }

// Read returns the next line, or io.EOF after the last one.
func (r *Reader) Read() (Line, error) {
	searched := 0
	for {
		if i := bytes.IndexByte(r.rest[searched:], '\n'); i >= 0 {
			return r.take(searched+i, true), nil
		}
		searched = len(r.rest)
		if searched > MaxSize {
			return r.overlong()
		}
		if r.next == r.size {
			if searched == 0 {
				return Line{}, io.EOF
			}
			return r.take(searched, false), nil
		}
		if err := r.fill(); err != nil {
			return Line{}, err
		}
	}
}

func (r *Reader) take(n int, ended bool) Line {
	out := Line{Text: r.rest[:n], Offset: r.at, Ended: ended}
	if ended {
		n++
	}
	r.rest, r.at = r.rest[n:], r.at+int64(n)
	out.End = r.at
	return out
}

// SkipLine advances to the next line that begins at an offset below limit, from wherever in a line the Reader is. ok is
// false if there is none; of a longer line than that, nothing more is read.
func (r *Reader) SkipLine(limit int64) (ok bool, err error) {
	for r.at < limit {
		i := bytes.IndexByte(r.rest, '\n')
		if i >= 0 {
			r.rest, r.at = r.rest[i+1:], r.at+int64(i)+1
			return r.at < limit, nil
		}
		r.at, r.rest = r.at+int64(len(r.rest)), r.rest[:0]
		if r.next == r.size {
			return false, nil
		}
		if err := r.fill(); err != nil {
			return false, err
		}
	}
	return false, nil
}

// overlong skips a line that cannot be a record, such as a hole that a loss of power left. It keeps the end of the
// line, which shows whether a writer has closed it.
func (r *Reader) overlong() (Line, error) {
	out := Line{Offset: r.at, Long: true}
	for {
		i := bytes.IndexByte(r.rest, '\n')
		n := i
		if i < 0 {
			n = len(r.rest)
		}
		out.Text = append(out.Text, r.rest[max(0, n-len(TornMark)):n]...)
		out.Text = out.Text[max(0, len(out.Text)-len(TornMark)):]
		if i >= 0 {
			r.rest, r.at, out.Ended = r.rest[i+1:], r.at+int64(i)+1, true
			out.End = r.at
			return out, nil
		}
		r.at, r.rest = r.at+int64(n), r.rest[:0]
		if r.next == r.size {
			out.End = r.at
			return out, nil
		}
		if err := r.fill(); err != nil {
			return Line{}, err
		}
	}
}

// fill reads more data after rest.
func (r *Reader) fill() error {
	if cap(r.buf)-len(r.rest) < ReadSize/2 {
		r.buf = make([]byte, 0, max(2*cap(r.buf), ReadSize))
	}
	kept := copy(r.buf[:cap(r.buf)], r.rest)
	want := min(int64(cap(r.buf)-kept), r.size-r.next)
	n, err := r.f.ReadAt(r.buf[kept:int64(kept)+want], r.next)
	r.rest = r.buf[:kept+n]
	r.next += int64(n)
	if n > 0 {
		return nil
	}
	if err == io.EOF {
		r.size = r.next // the file was truncated after its size was taken
		return nil
	}
	return err
}
