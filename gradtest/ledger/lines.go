package ledger

import (
	"bytes"
	"io"
)

// lines reads a file line by line up to a size at which it is known to have been whole.
type lines struct {
	f    io.ReaderAt
	size int64
	buf  []byte
	rest []byte // of buf, not yet given out
	at   int64  // offset of rest
	next int64  // offset of what is read next
	soft int64  // little is read beyond, unless a line goes on there; 0: there is no such place
}

// line is one of them. Text is valid until the next is asked for.
type line struct {
	text   []byte // without its newline
	offset int64
	ended  bool // by a newline
	long   bool // longer than any that is written; text is its beginning
}

const readSize = 256 << 10

// readBeyond is how much more is read at a time behind the soft end, to find the end of a line.
const readBeyond = 8 << 10

func newLines(f io.ReaderAt, from, size int64) *lines {
	l := new(lines)
	l.begin(f, from, size)
	return l
}

// begin starts anew on another part or file.
func (l *lines) begin(f io.ReaderAt, from, size int64) {
	*l = lines{f: f, size: size, at: from, next: from, buf: l.buf[:0]}
}

// read returns the next line; io.EOF after the last.
func (l *lines) read() (line, error) {
	searched := 0
	for {
		if i := bytes.IndexByte(l.rest[searched:], '\n'); i >= 0 {
			return l.take(searched+i, true), nil
		}
		searched = len(l.rest)
		if searched > longestLine {
			return l.overlong()
		}
		if l.next == l.size {
			if searched == 0 {
				return line{}, io.EOF
			}
			return l.take(searched, false), nil
		}
		if err := l.fill(); err != nil {
			return line{}, err
		}
	}
}

func (l *lines) take(n int, ended bool) line {
	out := line{text: l.rest[:n], offset: l.at, ended: ended}
	if ended {
		n++
	}
	l.rest, l.at = l.rest[n:], l.at+int64(n)
	return out
}

// overlong passes over a line of which no reader could make sense, such as a hole that a loss of power has left. It
// keeps the line's end, which tells whether a writer has closed it off.
func (l *lines) overlong() (line, error) {
	out := line{offset: l.at, long: true}
	for {
		i := bytes.IndexByte(l.rest, '\n')
		n := i
		if i < 0 {
			n = len(l.rest)
		}
		out.text = append(out.text, l.rest[max(0, n-len(tornMark)):n]...)
		out.text = out.text[max(0, len(out.text)-len(tornMark)):]
		if i >= 0 {
			l.rest, l.at, out.ended = l.rest[i+1:], l.at+int64(i)+1, true
			return out, nil
		}
		l.at, l.rest = l.at+int64(n), l.rest[:0]
		if l.next == l.size {
			return out, nil
		}
		if err := l.fill(); err != nil {
			return line{}, err
		}
	}
}

// fill reads more behind rest.
func (l *lines) fill() error {
	if cap(l.buf)-len(l.rest) < readSize/2 {
		l.buf = make([]byte, 0, max(2*cap(l.buf), readSize))
	}
	kept := copy(l.buf[:cap(l.buf)], l.rest)
	want := min(int64(cap(l.buf)-kept), l.size-l.next)
	if l.soft > 0 {
		want = min(want, max(l.soft-l.next, readBeyond))
	}
	n, err := l.f.ReadAt(l.buf[kept:int64(kept)+want], l.next)
	l.rest = l.buf[:kept+n]
	l.next += int64(n)
	if n > 0 {
		return nil
	}
	if err == io.EOF {
		l.size = l.next // cut off since its size was taken
		return nil
	}
	return err
}
