package rcauth

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"time"
)

// bodyLimit is more than any token response and any error body of the platform.
const bodyLimit = 1 << 20

// answer is what the authorization server answered to one request. It stays inside this package: the body of a success
// holds tokens, and that of an error may repeat what was sent.
type answer struct {
	status     int // 0: no answer
	media      string
	retryAfter time.Duration
	body       []byte
}

// capture keeps the answer that passes by, since oauth2's errors lack it where the body is no JSON, and print it where it is.
type capture struct {
	base http.RoundTripper
	got  *answer
}

func (w *capture) RoundTrip(req *http.Request) (*http.Response, error) {
	base := w.base
	if base == nil {
		base = http.DefaultTransport
	}
	resp, err := base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, bodyLimit))
	_ = resp.Body.Close()
	*w.got = answer{status: resp.StatusCode, media: resp.Header.Get("Content-Type"), retryAfter: retryAfter(resp.Header), body: body}
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// retryAfter reads Retry-After in seconds, up to a day; zero: absent or unusable.
func retryAfter(h http.Header) time.Duration {
	n, err := strconv.ParseUint(h.Get("Retry-After"), 10, 31)
	if err != nil {
		return 0
	}
	return min(time.Duration(n)*time.Second, 24*time.Hour)
}
