package wire

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// FaultHeader, with any value, marks an answer made by an injected fault or a replay. Such answers never count.
const FaultHeader = "X-Emulator-Fault"

// How much of an answer's body is read before it is recorded.
const (
	errorPeek   = 64 << 10
	successPeek = 1 << 20
)

// inspect reads the beginning of an answer's body and restores it. It returns the code of the record: of a failure the
// platform's error code, of a 2xx that is no success the reason. uncounted reports the latter, and a 207 with an inner
// failure. rest is the body as far as it was not read; nil: it was read to its end.
func inspect(op rcapi.Operation, resp *http.Response) (code string, uncounted bool, rest io.Reader) {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	good := resp.StatusCode/100 == 2
	if resp.Body == http.NoBody && !good || !good && !isJSON(media) {
		return "", false, nil
	}
	limit := int64(errorPeek)
	if good {
		limit = successPeek
	}
	body, rest := peek(resp, limit)
	if good {
		code, uncounted = judgeSuccess(op, resp, body)
		return code, uncounted, rest
	}
	return errorCode(body.plain), false, rest
}

// peek reads up to limit bytes of the body and restores it. rest is what was not read.
func peek(resp *http.Response, limit int64) (c contents, rest io.Reader) {
	if resp.Body == http.NoBody {
		return contents{whole: true}, nil
	}
	buf := bytes.NewBuffer(make([]byte, 0, min(max(resp.ContentLength, 0), limit)+bytes.MinRead))
	_, err := buf.ReadFrom(io.LimitReader(resp.Body, limit+1))
	raw := buf.Bytes()
	restored := []io.Reader{bytes.NewReader(raw)}
	switch {
	case err != nil:
		c.cut = true
		restored = append(restored, failing{err})
	case int64(len(raw)) <= limit:
		c.whole = true
	default:
		rest = resp.Body
		restored = append(restored, rest)
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(restored...), resp.Body}
	return c.decompressed(resp, raw, limit), rest
}

// decompressed returns c with what was read of a body.
func (c contents) decompressed(resp *http.Response, raw []byte, limit int64) contents {
	c.plain = raw
	if strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip") && len(raw) > 0 {
		c.plain, c.whole = unzip(raw, limit, c.whole)
	}
	return c
}

// unzip decompresses up to limit bytes.
func unzip(raw []byte, limit int64, whole bool) ([]byte, bool) {
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
