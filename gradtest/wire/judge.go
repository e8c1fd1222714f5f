package wire

import (
	"encoding/json"
	"mime"
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Why an answer 2xx is no success: the Code of its record, which has Partial set. A success of a JSON operation is a
// documented status with a JSON document that could be read to its end.
const (
	CodePage     = "page"         // a web page: no operation answers with one, so it came from a proxy or a sign-in page
	CodeProtocol = "protocol"     // not HTTP 1, 2 or 3
	CodeStatus   = "undocumented" // the specification lacks the status for the operation
	CodeType     = "content-type" // not the documented content type
	CodeEmpty    = "empty-body"   // no body, although one is documented
	CodeJSON     = "not-json"     // the content type says JSON, the content is something else
	CodeCut      = "cut-off"      // the body broke off, stalled, or was given up by the caller before its end
)

// contents is what is known of an answer's body.
type contents struct {
	plain []byte // its beginning, decompressed
	whole bool   // plain is all of it
	cut   bool   // it broke off
}

// judgeSuccess returns the code of the record of a 2xx that is no success, and whether it is none.
func judgeSuccess(op rcapi.Operation, resp *http.Response, body contents) (code string, uncounted bool) {
	if resp.StatusCode == http.StatusMultiStatus {
		media, params, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
		return "", !allSucceeded(body.plain, body.whole, media, params["boundary"])
	}
	code = judge(op, resp, body)
	return code, code != ""
}

// judge returns why an answer 2xx other than 207 is no success; empty: it is one.
func judge(op rcapi.Operation, resp *http.Response, body contents) string {
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	empty := body.whole && len(body.plain) == 0
	switch {
	case resp.ProtoMajor < 1 || resp.ProtoMajor > 3:
		return CodeProtocol
	case isPage(media, body.plain):
		return CodePage
	case !op.Documents(resp.StatusCode):
		return CodeStatus
	case body.cut:
		return CodeCut
	case bodiless(resp):
		return ""
	case op.Answer() == rcapi.JSONAnswer:
		return judgeJSON(media, body, empty)
	case empty && op.Answer() == rcapi.AnyAnswer && len(op.Success) > 0:
		return CodeEmpty
	}
	return ""
}

func judgeJSON(media string, body contents, empty bool) string {
	switch {
	case empty:
		return CodeEmpty
	case !isJSON(media) && media != "multipart/mixed":
		return CodeType
	case isJSON(media) && body.whole && !json.Valid(body.plain):
		return CodeJSON
	}
	return ""
}

// bodiless reports whether an answer has no body by the rules of HTTP.
func bodiless(resp *http.Response) bool {
	return resp.StatusCode == http.StatusNoContent || resp.StatusCode == http.StatusResetContent ||
		resp.Request != nil && resp.Request.Method == http.MethodHead
}

// isPage reports whether a body is HTML, by its type, or by its content where a type says nothing.
func isPage(media string, body []byte) bool {
	switch media {
	case "text/html", "application/xhtml+xml":
		return true
	case "", "text/plain", "text/xml", "application/xml", "application/octet-stream":
		return strings.HasPrefix(http.DetectContentType(body), "text/html")
	}
	return false
}

func isJSON(media string) bool {
	return media == "application/json" || strings.HasSuffix(media, "+json") || media == "text/json"
}
