package rcapi

import (
	"slices"
	"strings"
)

// ErrorCode explains an error code of the platform, such as CMN-401.
type ErrorCode struct {
	Code    string
	Status  int    // HTTP status that usually comes with it; 0: none is documented
	Meaning string // one sentence without a full stop
	Fix     string // what to do about it
}

// ExplainCode explains an error code, in any case. The second result is false if the code is in none of the sources:
// the developer guide's page on errors, its OAuth guide, and the error codes of the specification of 2021. Then the
// explanation is that of the code's family, the letters before the hyphen; its Code is empty if the family is unknown too.
func ExplainCode(code string) (ErrorCode, bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	i, found := slices.BinarySearchFunc(errorCodes, code, func(e ErrorCode, c string) int { return strings.Compare(e.Code, c) })
	if found {
		return errorCodes[i], true
	}
	family, _, _ := strings.Cut(code, "-")
	if about := errorFamilies[family]; about != "" {
		return ErrorCode{
			Code: code, Meaning: "an error of " + about,
			Fix: "Read the message of the response. No source explains this code.",
		}, false
	}
	return ErrorCode{}, false
}

// ErrorCodes returns all error codes that [ExplainCode] knows, in their order.
func ErrorCodes() []ErrorCode { return slices.Clone(errorCodes) }

// errorFamilies say what the letters of a code stand for.
var errorFamilies = map[string]string{
	"ACT": "accounts and profile images",
	"AGW": "the API gateway, before the request reaches a service",
	"AWR": "call-handling rules",
	"BIL": "the service plan",
	"CLG": "the call log and its synchronization",
	"CLR": "call-handling rules",
	"CMN": "the platform in general",
	"EXT": "extensions",
	"FPN": "forwarding numbers",
	"MSG": "messaging",
	"OAU": "authorization",
	"PWD": "passwords",
	"SPR": "the service provider",
	"SUB": "subscriptions",
	"TAM": "team messaging",
}
