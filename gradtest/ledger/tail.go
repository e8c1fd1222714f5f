package ledger

import (
	"bytes"
	"errors"
	"io"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// head is where a chain stands: the number and the hash of its last line. The zero value: it has none yet.
type head struct {
	n    int64
	hash lines.Hash
}

// tail is what a writer has to know of the end of a file.
type tail struct {
	head    head
	closing string // what ends a line that a killed writer left there
}

const (
	minTail = 1 << 10
	maxTail = 4 << 20
)

// tailOf reads the end of a file. It looks no further back than the last line with a place in the chain, which is
// nearly always the last line.
func tailOf(f io.ReaderAt, size int64) (tail, error) {
	for n := min(size, minTail); n <= maxTail; n = min(size, 8*n) {
		buf := make([]byte, n)
		if read, err := f.ReadAt(buf, size-n); int64(read) < n {
			return tail{}, err
		}
		if t, found := tailIn(buf, n == size); found {
			return t, nil
		}
	}
	return tailFromStart(f, size)
}

// tailIn finds the tail in the last bytes of a file. found is false if what comes before them is needed; whole: nothing
// does.
func tailIn(b []byte, whole bool) (t tail, found bool) {
	end := bytes.LastIndexByte(b, '\n') + 1
	if end == 0 && !whole {
		return t, false
	}
	if rest := b[end:]; len(rest) > 0 {
		if t = unfinishedTail(rest); t.head.n > 0 {
			return t, true
		}
	}
	for end > 0 {
		start := bytes.LastIndexByte(b[:end-1], '\n') + 1
		if start == 0 && !whole {
			return t, false
		}
		if h, ok := headAt(b[start : end-1]); ok {
			t.head = h
			return t, true
		}
		end = start
	}
	return t, true
}

// unfinishedTail is the tail of a file that ends in a line without its newline.
func unfinishedTail(text []byte) tail {
	whole, more, ok := lines.Whole(text)
	if !ok || more {
		return tail{closing: lines.TornMark + "\n"}
	}
	h, _ := headAt(whole)
	return tail{head: h, closing: "\n"}
}

// headAt returns the head of the chain after a line, given without its newline.
func headAt(line []byte) (head, bool) {
	body, err := lines.Body(line)
	if err != nil {
		return head{}, false
	}
	_, l, ok := lines.CutLink(body)
	if !ok {
		return head{}, false
	}
	return head{l.N, lines.HashOf(append(line[:len(line):len(line)], '\n'))}, true
}

// tailFromStart finds the tail of a file whose last lines have no place in the chain: an older version wrote them, or
// they are damaged.
func tailFromStart(f io.ReaderAt, size int64) (t tail, err error) {
	var in lines.Reader
	in.Reset(f, 0, size)
	for {
		l, err := in.Read()
		switch {
		case errors.Is(err, io.EOF):
			return t, nil
		case err != nil:
			return t, err
		case l.Long && !l.Ended:
			t.closing = lines.TornMark + "\n"
		case l.Long:
		case !l.Ended:
			last := unfinishedTail(l.Text)
			if t.closing = last.closing; last.head.n > 0 {
				t.head = last.head
			}
		default:
			if h, ok := headAt(l.Text); ok {
				t.head = h
			}
		}
	}
}
