package wire

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"strings"
)

// FaultHeader, with any value, marks an answer made by an injected fault or a replay. Such answers never count.
const FaultHeader = "X-Emulator-Fault"

// How much of an answer's body is read before it is recorded.
const (
	errorPeek   = 64 << 10
	partialPeek = 1 << 20
)

// inspected reports whether an answer's body has to be read before it is recorded.
func inspected(status int) bool {
	return status == http.StatusMultiStatus || status >= 300 || status < 200 && status != http.StatusSwitchingProtocols
}

// inspect reads the beginning of the answer's body and restores it. It returns the error code of a failure, and
// whether a batch failed partially.
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

// peek reads up to limit bytes of the body and restores it. The bytes are decompressed if the caller asked for gzip.
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

// failing is the end of a body whose reading failed in peek.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// CodePage is the record's code of a 2xx that is a web page. No operation of the platform answers with one, so it
// came from something else, such as a proxy or a sign-in page, and is not a success.
const CodePage = "page"

func isPage(contentType string) bool {
	media, _, _ := strings.Cut(contentType, ";")
	return strings.EqualFold(strings.TrimSpace(media), "text/html")
}

func isJSON(media string) bool {
	return media == "application/json" || strings.HasSuffix(media, "+json") || media == "text/json"
}
