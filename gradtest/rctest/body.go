package rctest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"
)

// body reads the request's JSON: the body itself, or the first JSON part of a multipart one, which SDKs name differently.
// It is nil if there is none. Other bodies are read and dropped. JSON that does not parse is a problem.
func (x *exchange) body() ([]byte, *problem) {
	if x.r.Body == nil || x.r.ContentLength == 0 {
		return nil, nil
	}
	kind, params, err := mime.ParseMediaType(x.r.Header.Get("Content-Type"))
	switch {
	case err == nil && isJSON(kind):
		body, err := readBody(x.r, bodyLimit)
		switch {
		case errors.Is(err, errTooLarge):
			return nil, problemTooLarge
		case err != nil:
			return nil, problemRequest
		case len(bytes.TrimSpace(body)) == 0: // SDKs send the type without a body
			return nil, nil
		case !json.Valid(body):
			return nil, problemJSON
		}
		return body, nil
	case err == nil && strings.HasPrefix(kind, "multipart/") && params["boundary"] != "":
		return x.parts(params["boundary"])
	}
	if _, err := io.Copy(io.Discard, io.LimitReader(x.r.Body, mediaLimit)); err != nil {
		return nil, problemRequest
	}
	return nil, nil
}

// parts reads a multipart body to its end.
func (x *exchange) parts(boundary string) ([]byte, *problem) {
	var found []byte
	reader := multipart.NewReader(io.LimitReader(x.r.Body, mediaLimit), boundary)
	for {
		part, err := reader.NextRawPart()
		if errors.Is(err, io.EOF) {
			return found, nil
		}
		if err != nil {
			return nil, problemRequest
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil || !isJSON(kind) || found != nil {
			if _, err := io.Copy(io.Discard, part); err != nil {
				return nil, problemRequest
			}
			continue
		}
		found, err = io.ReadAll(io.LimitReader(part, bodyLimit))
		if err != nil {
			return nil, problemRequest
		}
		if !json.Valid(found) {
			return nil, problemJSON
		}
	}
}

func isJSON(kind string) bool {
	return kind == "application/json" || strings.HasSuffix(kind, "+json")
}
