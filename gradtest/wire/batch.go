package wire

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
)

// allSucceeded reports whether every item of a batch succeeded. A body that is unreadable or incomplete did not.
func allSucceeded(body []byte, whole bool, media, boundary string) bool {
	if media == "multipart/mixed" && boundary != "" {
		part, err := multipart.NewReader(bytes.NewReader(body), boundary).NextPart()
		if err != nil {
			return false
		}
		if body, err = io.ReadAll(part); err != nil {
			return false
		}
		whole = true
	}
	return whole && statusesSucceeded(body)
}

func statusesSucceeded(body []byte) bool {
	type item struct {
		Status any `json:"status"`
	}
	var items []item
	trimmed := bytes.TrimSpace(body)
	if bytes.HasPrefix(trimmed, []byte("[")) {
		if json.Unmarshal(trimmed, &items) != nil {
			return false
		}
	} else {
		var list struct {
			Response []item `json:"response"`
			Records  []item `json:"records"`
		}
		if json.Unmarshal(trimmed, &list) != nil {
			return false
		}
		items = append(list.Response, list.Records...)
	}
	for _, i := range items {
		if !succeeded(i.Status) {
			return false
		}
	}
	return len(items) > 0
}

// succeeded reports whether a status, a number or a text that begins with one, is 2xx.
func succeeded(status any) bool {
	switch s := status.(type) {
	case float64:
		return s >= 200 && s < 300
	case string:
		return len(s) >= 3 && s[0] == '2' && (len(s) == 3 || s[3] == ' ')
	}
	return false
}
