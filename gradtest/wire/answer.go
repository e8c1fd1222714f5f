package wire

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
)

// FaultHeader marks an answer made by an injected fault or a replay; any value will do. Such answers never count.
const FaultHeader = "X-Emulator-Fault"

// How much of an answer's body is read to learn what it says.
const (
	errorPeek   = 64 << 10
	partialPeek = 1 << 20
)

// inspected reports whether an answer's body has to be read before it is recorded.
func inspected(status int) bool {
	return status == http.StatusMultiStatus || status >= 300 || status < 200 && status != http.StatusSwitchingProtocols
}

// inspect reads the beginning of the answer's body and puts it back: the error code of a failure, whether a batch
// failed in part.
func inspect(resp *http.Response) (code string, partial bool) {
	media, params, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if resp.StatusCode == http.StatusMultiStatus {
		body, whole := peek(resp, partialPeek)
		return "", !allSucceeded(body, whole, media, params["boundary"])
	}
	if resp.Body == http.NoBody || !isJSON(media) {
		return "", false
	}
	body, _ := peek(resp, errorPeek)
	return errorCode(body), false
}

// peek reads up to limit bytes of the body and restores it. What it returns is decoded if the body came compressed to
// a caller who asked for that.
func peek(resp *http.Response, limit int64) (body []byte, whole bool) {
	raw, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	whole = err == nil && int64(len(raw)) <= limit
	rest := io.Reader(resp.Body)
	if err != nil {
		rest = failing{err}
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(raw), rest), resp.Body}
	if !strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") {
		return raw, whole
	}
	zip, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return nil, false
	}
	plain, err := io.ReadAll(io.LimitReader(zip, limit+1))
	return plain, whole && err == nil && int64(len(plain)) <= limit
}

// failing is the end of a body that broke while it was peeked at.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func isJSON(media string) bool {
	return media == "application/json" || strings.HasSuffix(media, "+json") || media == "text/json"
}

// errorCode finds the platform's code in an error body: XXX-nnn wherever it stands, else the word of the old kind
// at top level, else OAuth's error.
func errorCode(body []byte) string {
	var e struct {
		Error     any    `json:"error"`
		ErrorCode string `json:"errorCode"`
		Errors    []struct {
			ErrorCode string `json:"errorCode"`
		} `json:"errors"`
	}
	// A wrong type in one member leaves the others readable, so the error itself does not matter.
	_ = json.NewDecoder(bytes.NewReader(body)).Decode(&e)
	candidates := []string{e.ErrorCode}
	for _, inner := range e.Errors {
		candidates = append(candidates, inner.ErrorCode)
	}
	if oauth, ok := e.Error.(string); ok {
		candidates = append(candidates, oauth)
	}
	word := ""
	for _, c := range candidates {
		switch c = cleanCode(c); {
		case strings.Contains(c, "-"):
			return c
		case word == "":
			word = c
		}
	}
	return word
}

// cleanCode lets through what can be a code, XXX-nnn or a word, and nothing that could be a token, an id or a number.
func cleanCode(s string) string {
	letters, digits, dashes := 0, 0, 0
	for _, c := range s {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c == '_':
			if dashes > 0 {
				return ""
			}
			letters++
		case c >= '0' && c <= '9' && dashes == 1:
			digits++
		case c == '-' && dashes == 0:
			dashes++
		default:
			return ""
		}
	}
	if dashes == 1 && letters >= 2 && letters <= 8 && digits >= 1 && digits <= 6 || dashes == 0 && letters <= 40 {
		return s
	}
	return ""
}

// requestID lets through ids in the forms seen: a UUID, possibly with counters.
func requestID(s string) string {
	if len(s) > 80 {
		return ""
	}
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && !strings.ContainsRune("-_.:", c) {
			return ""
		}
	}
	return s
}

// allSucceeded reports whether each item of a batch did. What cannot be read, or not to its end, did not.
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
		}
		if json.NewDecoder(bufio.NewReader(bytes.NewReader(trimmed))).Decode(&list) != nil {
			return false
		}
		items = list.Response
	}
	for _, i := range items {
		if !succeeded(i.Status) {
			return false
		}
	}
	return len(items) > 0
}

// succeeded reads a status that is a number, or text that begins with one.
func succeeded(status any) bool {
	switch s := status.(type) {
	case float64:
		return s >= 200 && s < 300
	case string:
		return len(s) >= 3 && s[0] == '2' && (len(s) == 3 || s[3] == ' ')
	}
	return false
}
