package wire

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/hostcheck"
)

// reply is a complete response.
type reply struct {
	status int
	header http.Header
	body   []byte
	head   bool // to a HEAD request: the header describes a body that is not sent
}

// answer forwards r and reads the complete answer.
func (g *Gateway) answer(r *http.Request) (out reply) {
	defer func() {
		// net/http would close the connection, and ringcentral-go would end the client's process.
		if p := recover(); p != nil {
			out = gatewayReply(http.StatusBadGateway, "GatewayFault", "the gateway failed on this request")
		}
	}()
	if refusal, ok := g.unfit(r); ok {
		return refusal
	}
	body, err := io.ReadAll(r.Body)
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return gatewayReply(http.StatusRequestEntityTooLarge, "GatewayRequestTooLarge",
			fmt.Sprintf("the request's body has more than %d MiB, which the gateway does not buffer: "+
				"send it to the platform", g.most>>20))
	}
	if err != nil {
		return gatewayReply(http.StatusBadRequest, "GatewayRequestBody", "the request's body is incomplete")
	}
	t, path := g.view(r.URL.EscapedPath())
	req, err := forwarded(r, t.cfg.Origin, path, body)
	if err != nil {
		return unreadablePath()
	}
	resp, err := t.RoundTrip(req)
	if err != nil {
		return gatewayError(err)
	}
	defer resp.Body.Close()
	answer, err := readAnswer(resp, g.most)
	if errors.Is(err, errLongAnswer) {
		return gatewayReply(http.StatusBadGateway, "GatewayAnswerTooLarge", fmt.Sprintf(
			"the platform answered %d with more than %d MiB, which the gateway does not buffer: "+
				"request it from the platform, or in parts", resp.StatusCode, g.most>>20))
	}
	if err != nil {
		return gatewayReply(http.StatusBadGateway, "GatewayAnswerBody",
			fmt.Sprintf("the platform answered %d, but its body is incomplete", resp.StatusCode))
	}
	header := resp.Header.Clone()
	dropHopByHop(header)
	return reply{status: resp.StatusCode, header: header, body: answer, head: r.Method == http.MethodHead}
}

// gatewayBody is the longest body that the gateway buffers, in either direction. The platform takes attachments of
// 50 MB in all.
const gatewayBody = 64 << 20

var errLongAnswer = errors.New("the answer is too long")

// readAnswer reads the body of an answer. Memory for it is taken as it arrives, and not by the announced length.
func readAnswer(resp *http.Response, most int64) ([]byte, error) {
	if resp.ContentLength > most {
		return nil, errLongAnswer
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, most+1))
	if err == nil && int64(len(body)) > most {
		return nil, errLongAnswer
	}
	return body, err
}

func unreadablePath() reply {
	return gatewayReply(http.StatusBadRequest, "GatewayRequestPath", "the request's path cannot be forwarded")
}

// unfit returns the response to a request that is for a proxy, that a web page sent, or that is addressed to another
// server.
func (g *Gateway) unfit(r *http.Request) (reply, bool) {
	if r.URL.Host != "" || r.Method == http.MethodConnect || !strings.HasPrefix(r.URL.Path, "/") {
		return gatewayReply(http.StatusBadRequest, "GatewayNotAProxy",
			"the gateway is a server and not a forward proxy: use its URL as that of the platform"), true
	}
	g.mu.Lock()
	hosts := g.hosts
	g.mu.Unlock()
	switch {
	case !hosts.Addressed(r):
		return gatewayReply(http.StatusMisdirectedRequest, "GatewayHost", "the gateway answers only to localhost, to its "+
			"own address and to the names given to Gateway.Allow: use its URL as that of the platform"), true
	case hostcheck.FromPage(r) && !(g.through != nil && (fromHere(r) || toLogin(r))):
		return gatewayReply(http.StatusForbidden, "GatewayOrigin", "the gateway takes no requests of web pages"), true
	}
	return reply{}, false
}

// fromHere reports whether a request comes from the server to which it is addressed: WebSocket clients that are no
// browsers set Origin to that, and so do forms of the platform's login pages.
func fromHere(r *http.Request) bool {
	u, err := url.Parse(r.Header.Get("Origin"))
	site := r.Header.Get("Sec-Fetch-Site")
	return err == nil && (u.Host == r.Host || u.Host == "" && site == "same-origin") && (site == "" || site == "same-origin")
}

// toLogin reports whether an app sends the browser to the platform's login page, which it does from a page of its own.
func toLogin(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" &&
		strings.HasPrefix(r.URL.Path, "/restapi/oauth/authorize")
}

// forwarded returns the request to the platform.
func forwarded(r *http.Request, to *url.URL, path string, body []byte) (*http.Request, error) {
	target, err := destination(r, to, path)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(r.Context(), r.Method, target.String(), nil)
	if err != nil {
		return nil, err
	}
	req.URL = target
	req.Header = r.Header.Clone()
	dropHopByHop(req.Header)
	if _, ok := req.Header["User-Agent"]; !ok {
		req.Header["User-Agent"] = []string{""} // keeps net/http from adding its own
	}
	if len(body) > 0 {
		req.ContentLength = int64(len(body))
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
		req.Body, _ = req.GetBody()
	}
	return req, nil
}

// destination returns the URL on the server to that a request is forwarded to. path is escaped.
func destination(r *http.Request, to *url.URL, path string) (*url.URL, error) {
	plain, err := url.PathUnescape(path)
	return &url.URL{
		Scheme: to.Scheme, Host: to.Host, Path: plain, RawPath: path, RawQuery: r.URL.RawQuery, ForceQuery: r.URL.ForceQuery,
	}, err
}

// dropHopByHop removes the fields that a proxy must not forward (RFC 9110, section 7.6.1) and those named by
// Connection.
func dropHopByHop(h http.Header) {
	for _, line := range h["Connection"] {
		for name := range strings.SplitSeq(line, ",") {
			h.Del(textproto.TrimString(name))
		}
	}
	for _, name := range []string{"Connection", "Proxy-Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization",
		"Te", "Trailer", "Transfer-Encoding", "Upgrade"} {
		h.Del(name)
	}
}

// response returns a as the response to req.
func (a reply) response(req *http.Request) *http.Response {
	return &http.Response{
		Status: fmt.Sprintf("%d %s", a.status, http.StatusText(a.status)), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: a.header, ContentLength: int64(len(a.body)),
		Body: io.NopCloser(bytes.NewReader(a.body)), Request: req,
	}
}

func (a reply) write(w http.ResponseWriter) error {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	if !a.head && a.status != http.StatusNoContent && a.status != http.StatusNotModified {
		w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	if a.head || len(a.body) == 0 {
		return nil
	}
	_, err := w.Write(a.body)
	return err
}
