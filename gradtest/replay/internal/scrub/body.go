package scrub

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Body visits the fields of a body and returns it with what visit returns. The body must not be compressed. Binary
// content becomes a [Filler] of its length.
func (r Rules) Body(contentType string, body []byte, visit Visit) (text []byte, newType string) {
	return r.content("body", contentType, body, visit, 0)
}

// nested bounds multipart bodies in multipart bodies.
const nested = 4

func (r Rules) content(where, contentType string, body []byte, visit Visit, depth int) ([]byte, string) {
	if len(body) == 0 {
		return nil, contentType
	}
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind, params = "", nil
	}
	written := mediaType(kind, params)
	switch {
	case kind == "application/x-www-form-urlencoded":
		return []byte(r.Form(where, string(body), visit)), written
	case strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" && depth < nested:
		if out, ok := r.multipart(where, params["boundary"], body, visit, depth); ok {
			return out, mime.FormatMediaType(kind, map[string]string{"boundary": boundary(depth)})
		}
	case kind == "" || kind == "application/json" || strings.HasSuffix(kind, "+json") || kind == "text/json":
		if out, err := r.json(where, body, visit); err == nil {
			return out, written
		}
	}
	if _, ok := FillerLength(body); !ok && utf8.Valid(body) && (kind == "" || strings.HasPrefix(kind, "text/") || strings.Contains(kind, "json")) {
		return []byte(visit(Field{Where: where, Parts: r.Value("text", string(body))})), written
	}
	filler := Filler(body)
	visit(Field{Where: where, Parts: keep(string(filler))})
	return filler, written
}

// mediaType returns a content type without parameters, except for the character set.
func mediaType(kind string, params map[string]string) string {
	if !media.MatchString(kind) {
		return ""
	}
	if set := strings.ToLower(params["charset"]); slices.Contains([]string{"utf-8", "us-ascii", "iso-8859-1"}, set) {
		return kind + "; charset=" + set
	}
	return kind
}

// Form visits the pairs of a form or a query.
func (r Rules) Form(where, raw string, visit Visit) string {
	if raw == "" {
		return ""
	}
	pairs := strings.Split(raw, "&")
	for i, pair := range pairs {
		key, _, _ := strings.Cut(pair, "=")
		name := unescaped(key)
		if !IsKey(name) {
			name = "{}"
		}
		pairs[i] = visit(Field{Where: where + " " + name, Parts: r.query(pair)})
	}
	return strings.Join(pairs, "&")
}

// boundary is the one that every multipart body gets.
func boundary(depth int) string { return "replay-boundary-" + strconv.Itoa(depth) }

func (r Rules) multipart(where, mark string, body []byte, visit Visit, depth int) ([]byte, bool) {
	in := multipart.NewReader(bytes.NewReader(body), mark)
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	if w.SetBoundary(boundary(depth)) != nil {
		return nil, false
	}
	type section struct {
		header  textproto.MIMEHeader
		content []byte
	}
	var sections []section
	for {
		p, err := in.NextRawPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, false
		}
		content, err := io.ReadAll(p)
		if err != nil {
			return nil, false
		}
		sections = append(sections, section{p.Header, content})
	}
	for i, s := range sections {
		at := fmt.Sprintf("%s part %d", where, i+1)
		header := textproto.MIMEHeader{}
		if d := s.header.Get("Content-Disposition"); d != "" {
			header.Set("Content-Disposition", r.Disposition(at, d, visit))
		}
		content, kind := r.content(at, s.header.Get("Content-Type"), s.content, visit, depth+1)
		if kind != "" {
			header.Set("Content-Type", kind)
		}
		part, err := w.CreatePart(header)
		if err != nil {
			return nil, false
		}
		_, _ = part.Write(content) // a buffer takes everything
	}
	_ = w.Close()
	return out.Bytes(), true
}

// Disposition visits a Content-Disposition header.
func (r Rules) Disposition(where, header string, visit Visit) string {
	kind, params, err := mime.ParseMediaType(header)
	if err != nil || kind != "form-data" && kind != "attachment" && kind != "inline" {
		return "form-data"
	}
	kept := make(map[string]string)
	if name, ok := params["name"]; ok {
		parts := keep(name)
		if !IsKey(name) {
			parts = r.Value("", name)
		}
		kept["name"] = visit(Field{Where: where + " name", Parts: parts})
	}
	if name, ok := params["filename"]; ok {
		kept["filename"] = visit(Field{Where: where + " filename", Parts: filename(name)})
	}
	return mime.FormatMediaType(kind, kept)
}

// extension is the ending of a file name.
var extension = regexp.MustCompile(`^(.+)(\.[A-Za-z0-9]{1,5})$`)

func filename(v string) []Part {
	m := extension.FindStringSubmatch(v)
	if m == nil {
		return name(v)
	}
	return append(name(m[1]), Part{Kind: Keep, Text: m[2]})
}

var fillers = regexp.MustCompile(`^replay: (\d{1,10}) bytes of binary content$`)

// Filler returns what a cassette has instead of binary content.
func Filler(content []byte) []byte {
	if _, ok := FillerLength(content); ok {
		return content
	}
	return fmt.Appendf(nil, "replay: %d bytes of binary content", len(content))
}

// FillerLength returns the length of the content that a filler replaces; false: b is none.
func FillerLength(b []byte) (int64, bool) {
	if len(b) > 64 {
		return 0, false
	}
	m := fillers.FindSubmatch(b)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(string(m[1]), 10, 64)
	return n, err == nil
}
