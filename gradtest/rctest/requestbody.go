package rctest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Limits of request bodies, in bytes: formLimit of token requests and control endpoints, bodyLimit of JSON in API
// calls, mediaLimit of everything else.
const (
	formLimit  = 1 << 20
	bodyLimit  = 8 << 20
	mediaLimit = 64 << 20
)

// readContent reads the request's body: JSON, a form, a file, or a multipart body. In a multipart body the first JSON
// part is the request itself, under any name, since SDKs name it differently.
func (x *exchange) readContent(q *world.Request) *problem {
	if x.r.Body == nil || x.r.ContentLength == 0 {
		return nil
	}
	header := x.r.Header.Get("Content-Type")
	kind, params, err := mime.ParseMediaType(header)
	if err == nil && strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		return x.readParts(q, params["boundary"])
	}
	jsonBody := err == nil && shape.IsJSON(kind)
	limit := int64(mediaLimit)
	if jsonBody {
		limit = bodyLimit
	}
	body, err := readBody(x.r, limit)
	switch {
	case errors.Is(err, errTooLarge):
		return problemTooLarge
	case err != nil:
		return problemRequest
	case len(bytes.TrimSpace(body)) == 0: // SDKs send Content-Type without a body
		return nil
	case jsonBody:
		return readJSON(q, body)
	case kind == "application/x-www-form-urlencoded":
		if q.Form, err = url.ParseQuery(string(body)); err != nil {
			return problemRequest
		}
		return nil
	}
	q.Files = append(q.Files, world.File{Type: kind, Content: body})
	return nil
}

func readJSON(q *world.Request, body []byte) *problem {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber() // an id of many digits is read as text where the specification says so
	if d.Decode(&q.Body) != nil || d.Decode(new(any)) != io.EOF {
		return problemJSON
	}
	return nil
}

// readParts reads a multipart body. Text parts without a file name are form fields.
func (x *exchange) readParts(q *world.Request, boundary string) *problem {
	q.Parts = true
	left := int64(mediaLimit)
	reader := multipart.NewReader(x.r.Body, boundary)
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return problemRequest
		}
		body, err := io.ReadAll(io.LimitReader(part, left+1))
		if err != nil {
			return problemRequest
		}
		if left -= int64(len(body)); left < 0 {
			return problemTooLarge
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		switch {
		case err == nil && shape.IsJSON(kind) && q.Body == nil:
			if p := readJSON(q, body); p != nil {
				return p
			}
		case part.FileName() == "" && (kind == "" || kind == "text/plain") && part.FormName() != "" && len(body) < formLimit:
			if q.Form == nil {
				q.Form = make(url.Values)
			}
			q.Form.Add(part.FormName(), string(body))
		default:
			q.Files = append(q.Files, world.File{Name: part.FileName(), Type: kind, Content: body})
		}
	}
}

// errTooLarge is returned by readBody.
var errTooLarge = errors.New("rctest: body too large")

// readBody reads a body of at most limit bytes.
func readBody(r *http.Request, limit int64) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	if r.ContentLength > limit {
		return nil, errTooLarge
	}
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	if err == nil && int64(len(body)) > limit {
		err = errTooLarge
	}
	return body, err
}
