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

// answer is the authorization server's answer to one request. It never leaves this package: the body of a success holds
// tokens, and the body of an error may repeat what was sent.
type answer struct {
	status     int // 0: no answer
	media      string
	retryAfter time.Duration
	body       []byte
}

// capture keeps a copy of the answer. The errors of package oauth2 lack the details if the body is not JSON, and print
// the body if it is.
type capture struct {
	base http.RoundTripper
	got  *answer
}

func (c *capture) RoundTrip(req *http.Request) (*http.Response, error) {
	base := c.base
	if base == nil {
		base = http.DefaultTransport
	}
	resp, err := base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, bodyLimit))
	_ = resp.Body.Close()
	*c.got = answer{
		status: resp.StatusCode, media: resp.Header.Get("Content-Type"), retryAfter: retryAfter(resp.Header), body: body,
	}
	if err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// retryAfter reads Retry-After in seconds, a day at most. Zero: absent or not a number.
func retryAfter(h http.Header) time.Duration {
	n, err := strconv.ParseUint(h.Get("Retry-After"), 10, 31)
	if err != nil {
		return 0
	}
	return min(time.Duration(n)*time.Second, 24*time.Hour)
}
