package world

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// handleDownload answers with content of the operation's type: what was uploaded, or else the smallest there is.
func handleDownload(_ *World, q *Request) (Reply, *Problem) {
	usual := SampleFile(q.plan.contentType)
	if q.Resource == nil || len(q.Resource.Files) == 0 {
		return ReplyFile(q, usual)
	}
	f := q.Resource.Files[0]
	if !q.plan.answersWith(f.Type) { // it came with another type or none; clients go by what is documented
		f.Type = usual.Type
	}
	return ReplyFile(q, f)
}

// answersWith reports whether a content type is one that the operation is documented to answer with.
func (p *Plan) answersWith(kind string) bool {
	for _, a := range p.shape.Responses {
		for _, c := range a.Contents {
			family, all := strings.CutSuffix(c.Type, "*")
			if a.Status == p.status && (c.Type == kind || all && strings.HasPrefix(kind, family)) {
				return true
			}
		}
	}
	return false
}

// onePixelPNG is the smallest picture: one transparent point.
const onePixelPNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

// SampleFile is the smallest content of a type.
func SampleFile(kind string) File {
	switch {
	case strings.HasPrefix(kind, "image/"):
		picture, _ := base64.StdEncoding.DecodeString(onePixelPNG)
		return File{Name: "picture.png", Type: "image/png", Content: picture}
	case strings.HasPrefix(kind, "text/csv"):
		return File{Name: "list.csv", Type: "text/csv", Content: []byte("phoneNumber,status\r\n+16505550100,OptIn\r\n")}
	case strings.HasPrefix(kind, "text/"):
		return File{Name: "text.txt", Type: "text/plain", Content: []byte("text")}
	}
	silence := make([]byte, 417) // one frame of MPEG-1 layer III, 128 kbit/s, 44.1 kHz
	copy(silence, "\xff\xfb\x90\x00")
	return File{Name: "silence.mp3", Type: "audio/mpeg", Content: silence}
}

// ReplyFile answers with a file, or with the range of it that is asked for.
func ReplyFile(q *Request, f File) (Reply, *Problem) {
	if f.Type == "" { // a reply without a type is JSON
		f.Type = "application/octet-stream"
	}
	r := Reply{Status: http.StatusOK, Type: f.Type, Body: f.Content, Header: http.Header{"Accept-Ranges": {"bytes"}}}
	if q.Range == "" || len(f.Content) == 0 {
		return r, nil
	}
	first, last, ok := parseRange(q.Range, len(f.Content))
	if !ok {
		return r, nil // ranges that are not understood are passed over (RFC 9110)
	}
	if first >= len(f.Content) {
		return Reply{}, problemRange.New()
	}
	r.Status, r.Body = http.StatusPartialContent, f.Content[first:last+1]
	r.Header["Content-Range"] = []string{fmt.Sprintf("bytes %d-%d/%d", first, last, len(f.Content))}
	return r, nil
}

// parseRange reads a header such as "bytes=0-99", "bytes=100-" or "bytes=-50".
func parseRange(header string, size int) (first, last int, ok bool) {
	from, to, found := strings.Cut(strings.TrimPrefix(header, "bytes="), "-")
	if !found || !strings.HasPrefix(header, "bytes=") {
		return 0, 0, false
	}
	if from == "" {
		n, err := strconv.ParseUint(to, 10, 31)
		if err != nil {
			return 0, 0, false
		}
		if n == 0 {
			return size, size, true
		}
		return max(0, size-int(n)), size - 1, true
	}
	n, err := strconv.ParseUint(from, 10, 31)
	if err != nil {
		return 0, 0, false
	}
	last = size - 1
	if to != "" {
		m, err := strconv.ParseUint(to, 10, 31)
		if err != nil || m < n {
			return 0, 0, false
		}
		last = min(last, int(m))
	}
	return int(n), last, true
}
