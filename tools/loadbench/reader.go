package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
)

// reader reads HTTP/1.1 responses with a Content-Length. It parses only what a load generator needs.
type reader struct {
	src        io.Reader
	buf        []byte
	start, end int // bytes read and not yet used
}

// answer is one response. The body is valid until the next call.
type answer struct {
	status int
	body   []byte
}

const largestAnswer = 1 << 20

var (
	errTooLarge  = errors.New("the answer is larger than 1 MB")
	errMalformed = errors.New("the answer is not HTTP/1.1")
	errLength    = errors.New("the answer has no Content-Length")
	endOfHeader  = []byte("\r\n\r\n")
	endOfLine    = []byte("\r\n")
	lengthField  = []byte("content-length")
	version      = []byte("HTTP/1.1 ")
)

func newReader(src io.Reader) *reader { return &reader{src: src, buf: make([]byte, 8<<10)} }

// next reads one response. It returns io.EOF at the end of the stream between two responses.
func (r *reader) next() (answer, error) {
	header := -1
	for searched := 0; ; {
		if i := bytes.Index(r.buf[r.start+searched:r.end], endOfHeader); i >= 0 {
			header = searched + i
			break
		}
		searched = max(0, r.end-r.start-len(endOfHeader)+1)
		if err := r.fill(); err != nil {
			return answer{}, err
		}
	}
	a := answer{}
	status, length, err := parse(r.buf[r.start : r.start+header])
	if err != nil {
		return a, err
	}
	whole := header + len(endOfHeader) + length
	if whole > largestAnswer {
		return a, errTooLarge
	}
	for r.end-r.start < whole {
		if err := r.fill(); err != nil {
			return a, err
		}
	}
	a.status, a.body = status, r.buf[r.start+header+len(endOfHeader):r.start+whole]
	r.start += whole
	return a, nil
}

// fill reads more bytes and makes room for them. Bytes in use move to the front, which invalidates earlier bodies.
func (r *reader) fill() error {
	if r.start > 0 {
		r.end = copy(r.buf, r.buf[r.start:r.end])
		r.start = 0
	}
	if r.end == len(r.buf) {
		if len(r.buf) >= largestAnswer {
			return errTooLarge
		}
		r.buf = append(r.buf, make([]byte, len(r.buf))...)
	}
	n, err := r.src.Read(r.buf[r.end:])
	r.end += n
	switch {
	case n > 0:
		return nil
	case errors.Is(err, io.EOF) && r.end > 0:
		return io.ErrUnexpectedEOF
	case err == nil:
		return io.ErrNoProgress
	}
	return err
}

// parse finds status and body length in a header, given without its final empty line.
func parse(header []byte) (status, length int, err error) {
	line, rest, _ := bytes.Cut(header, endOfLine)
	code, ok := bytes.CutPrefix(line, version)
	if !ok || len(code) < 3 || len(code) > 3 && code[3] != ' ' {
		return 0, 0, errMalformed
	}
	if status, ok = decimal(code[:3]); !ok || status < 200 {
		return 0, 0, fmt.Errorf("%w: status %q", errMalformed, code[:3])
	}
	if status == 204 || status == 304 {
		return status, 0, nil
	}
	for len(rest) > 0 {
		line, rest, _ = bytes.Cut(rest, endOfLine)
		n := len(lengthField)
		if len(line) <= n || line[n] != ':' || !bytes.EqualFold(line[:n], lengthField) {
			continue
		}
		if length, ok = decimal(bytes.TrimSpace(line[n+1:])); !ok {
			return 0, 0, fmt.Errorf("%w: Content-Length %q", errMalformed, line)
		}
		return status, length, nil
	}
	return 0, 0, errLength
}

// decimal parses at most nine digits.
func decimal(b []byte) (int, bool) {
	if len(b) == 0 || len(b) > 9 {
		return 0, false
	}
	n := 0
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}
