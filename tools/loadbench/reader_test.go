package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReader(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"
	for _, tc := range []struct {
		name, wire string
		want       []string // status and body
		err        error
	}{
		{"one", ok, []string{"200 hello"}, io.EOF},
		{"several at once", ok + ok + ok, []string{"200 hello", "200 hello", "200 hello"}, io.EOF},
		{"no body", "HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n" + ok, []string{"204 ", "200 hello"}, io.EOF},
		{"empty body", "HTTP/1.1 429 Too Many Requests\r\ncontent-length:0\r\n\r\n", []string{"429 "}, io.EOF},
		{"no reason", "HTTP/1.1 404\r\nCONTENT-LENGTH: 2 \r\n\r\nno", []string{"404 no"}, io.EOF},
		{"larger than the buffer", "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + strings.Repeat("x", 20000) + ok,
			[]string{"200 " + strings.Repeat("x", 20000), "200 hello"}, io.EOF},
		{"nothing", "", nil, io.EOF},
		{"broken off in the header", ok + "HTTP/1.1 200 OK\r\nCont", []string{"200 hello"}, io.ErrUnexpectedEOF},
		{"broken off in the body", ok[:len(ok)-1], nil, io.ErrUnexpectedEOF},
		{"chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", nil, errLength},
		{"another field", "HTTP/1.1 200 OK\r\nX-Content-Length: 5\r\nContent-Lengthy: 5\r\n\r\nhello", nil, errLength},
		{"length is no number", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", nil, errMalformed},
		{"not HTTP", "SSH-2.0-OpenSSH\r\n\r\n", nil, errMalformed},
		{"another version", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", nil, errMalformed},
		{"interim", "HTTP/1.1 100 Continue\r\n\r\n" + ok, nil, errMalformed},
		{"status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n", nil, errMalformed},
		{"too large", "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", nil, errTooLarge},
		{"endless header", "HTTP/1.1 200 OK\r\n" + strings.Repeat("x: y\r\n", largestAnswer/4), nil, errTooLarge},
	} {
		for how, cut := range map[string]func(io.Reader) io.Reader{
			"": func(r io.Reader) io.Reader { return r }, " byte by byte": iotest.OneByteReader, " in halves": iotest.HalfReader, " with the error": iotest.DataErrReader,
		} {
			t.Run(tc.name+how, func(t *testing.T) {
				r := newReader(cut(strings.NewReader(tc.wire)))
				var got []string
				for {
					a, err := r.next()
					if err != nil {
						assert.ErrorIs(t, err, tc.err)
						break
					}
					got = append(got, http.StatusText(a.status)+"|"+string(a.body))
				}
				var want []string
				for _, w := range tc.want {
					status, body, _ := strings.Cut(w, " ")
					n, ok := decimal([]byte(status))
					require.True(t, ok)
					want = append(want, http.StatusText(n)+"|"+body)
				}
				assert.Equal(t, want, got)
			})
		}
	}
}

func TestReaderPassesErrorsOn(t *testing.T) {
	broken := errors.New("broken")
	_, err := newReader(iotest.ErrReader(broken)).next()
	assert.ErrorIs(t, err, broken)
}

// FuzzReader: what it takes for an answer, net/http does as well.
func FuzzReader(f *testing.F) {
	for _, seed := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 404\r\ncontent-length: 2 \r\n\r\nno",
		"HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, wire []byte) {
		a, err := newReader(bytes.NewReader(wire)).next()
		if err != nil {
			return
		}
		resp, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(wire)), nil)
		if err != nil || resp.ContentLength < 0 { // it is stricter about fields that this reader does not look at
			return
		}
		body, err := io.ReadAll(resp.Body)
		require.NoError(t, err)
		assert.Equal(t, resp.StatusCode, a.status)
		if resp.StatusCode != 204 && resp.StatusCode != 304 {
			assert.Equal(t, string(body), string(a.body))
		}
	})
}
