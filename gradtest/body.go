package gradtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
)

// Multipart is a multipart/form-data body in the form that the platform expects: a JSON part, then the files.
type Multipart struct {
	JSON  any // first part, named "json"; nil: none
	Files []File
}

// File is one file of a Multipart body.
type File struct {
	Field       string // the part's name; zero: "attachment"
	Name        string
	ContentType string // zero: application/octet-stream
	Data        []byte
}

func (f File) field() string {
	if f.Field != "" {
		return f.Field
	}
	return "attachment"
}

const jsonType = "application/json"

// encode returns the bytes and the content type of a body; both are empty for no body.
func encode(body any) (data []byte, contentType string, err error) {
	switch b := body.(type) {
	case nil:
		return nil, "", nil
	case []byte:
		return b, jsonType, nil
	case json.RawMessage:
		return b, jsonType, nil
	case string:
		return []byte(b), jsonType, nil
	case url.Values:
		return []byte(b.Encode()), "application/x-www-form-urlencoded", nil
	case Multipart:
		return b.encode()
	case *Multipart:
		return b.encode()
	case io.Reader:
		return nil, "", fmt.Errorf("gradtest: a body of type %T can be read only once: pass its bytes", body)
	}
	data, err = json.Marshal(body)
	if err != nil {
		return nil, "", fmt.Errorf("gradtest: the body cannot be sent as JSON: %w", err)
	}
	return data, jsonType, nil
}

func (m Multipart) encode() ([]byte, string, error) {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	part := func(field, file, contentType string, data []byte) error {
		h := textproto.MIMEHeader{}
		h.Set("Content-Disposition", multipart.FileContentDisposition(field, file))
		h.Set("Content-Type", contentType)
		p, err := w.CreatePart(h)
		if err == nil {
			_, err = p.Write(data)
		}
		return err
	}
	if m.JSON != nil {
		data, err := json.Marshal(m.JSON)
		if err != nil {
			return nil, "", fmt.Errorf("gradtest: Multipart.JSON cannot be sent as JSON: %w", err)
		}
		if err := part("json", "request.json", jsonType, data); err != nil {
			return nil, "", err
		}
	}
	for _, f := range m.Files {
		field, contentType := f.field(), f.ContentType
		if contentType == "" {
			contentType = "application/octet-stream"
		}
		if err := part(field, f.Name, contentType, f.Data); err != nil {
			return nil, "", err
		}
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return buf.Bytes(), w.FormDataContentType(), nil
}

// request builds the HTTP request of a call from its fields, which the endpoint and its Prepare have set.
func (c *Call) request() (*http.Request, error) {
	path, err := c.op.Expand(c.Params)
	if err != nil {
		return nil, fmt.Errorf("%w: set it in Endpoint.Params, or in Prepare as c.Params[name]", err)
	}
	data, contentType, err := encode(c.Body)
	if err != nil {
		return nil, err
	}
	target := c.target.URL + path
	if len(c.Query) > 0 {
		target += "?" + c.Query.Encode()
	}
	var body io.Reader
	if data != nil {
		body = bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(c.ctx, c.op.Method, target, body)
	if err != nil {
		return nil, fmt.Errorf("gradtest: the request of %s cannot be built: its path or query holds a character that is not allowed in a URL", c.op.ID)
	}
	for name, values := range c.Header {
		req.Header[http.CanonicalHeaderKey(name)] = values
	}
	setDefault(req.Header, "Content-Type", contentType)
	setDefault(req.Header, "Accept", "application/json, */*;q=0.5")
	setDefault(req.Header, "User-Agent", userAgent)
	return req, nil
}

// userAgent has the form that the platform requests of every client.
const userAgent = "gradtest/0.1 (Go)"

func setDefault(h http.Header, name, value string) {
	if value != "" && h.Get(name) == "" {
		h.Set(name, value)
	}
}
