package rctest

import (
	"bytes"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// success reports whether a response counts as a successful call: a status of success that the specification documents
// for the operation, with a body of a documented kind. Package wire decides the same for the client's evidence, by the
// catalogue; this copy uses the schemas of the responses. They are separate on purpose, see above successesNeeded.
//
// A body that package world has written is valid JSON; written skips that check, which costs more than everything else.
func success(operationID string, status int, contentType string, body []byte, written bool) bool {
	if status < 200 || status > 299 {
		return false
	}
	documented := shape.Of(operationID)
	if documented == nil {
		return true
	}
	kind, params, err := mime.ParseMediaType(contentType)
	if status == http.StatusMultiStatus {
		return everyItemSucceeded(kind, params["boundary"], body)
	}
	for _, r := range documented.Responses {
		if r.Status != status {
			continue
		}
		if len(r.Contents) == 0 {
			return kind != "text/html"
		}
		return err == nil && len(body) > 0 && kind != "text/html" && documentedKind(r.Contents, kind, body, written)
	}
	return false
}

// documentedKind reports whether a body is of one of the documented kinds. A kind of media is as good as any other,
// since attachments have more types than the specification lists.
func documentedKind(contents []shape.Content, kind string, body []byte, written bool) bool {
	for _, c := range contents {
		switch {
		case shape.IsJSON(c.Type):
			if shape.IsJSON(kind) && (written || json.Valid(body)) {
				return true
			}
		case c.Type == "multipart/mixed":
			if kind == c.Type {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// everyItemSucceeded reports whether a batch has items and each of them has a status of success. The statuses of a
// multipart body are in its first part.
func everyItemSucceeded(kind, boundary string, body []byte) bool {
	if kind == "multipart/mixed" {
		first, err := multipart.NewReader(bytes.NewReader(body), boundary).NextPart()
		if err != nil {
			return false
		}
		if body, err = io.ReadAll(first); err != nil {
			return false
		}
	}
	var document any
	if json.Unmarshal(body, &document) != nil {
		return false
	}
	items, _ := document.([]any)
	if object, ok := document.(map[string]any); ok {
		for _, name := range []string{"response", "records"} {
			list, _ := object[name].([]any)
			items = append(items, list...)
		}
	}
	for _, i := range items {
		item, _ := i.(map[string]any)
		text, isText := item["status"].(string)
		number, isNumber := item["status"].(float64)
		if isText {
			word, _, _ := strings.Cut(text, " ")
			n, err := strconv.Atoi(word)
			if err != nil || len(word) != 3 {
				return false
			}
			number, isNumber = float64(n), true
		}
		if !isNumber || number < 200 || number >= 300 {
			return false
		}
	}
	return len(items) > 0
}
