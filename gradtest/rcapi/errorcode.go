package rcapi

import (
	"slices"
	"strconv"
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
// explanation is that of the code's family, the letters before the hyphen; its Code is empty if the family is unknown
// too.
func ExplainCode(code string) (ErrorCode, bool) {
	code = strings.ToUpper(strings.TrimSpace(code))
	i, found := slices.BinarySearchFunc(errorCodes, code, func(e ErrorCode, c string) int { return strings.Compare(e.Code, c) })
	if found {
		return errorCodes[i], true
	}
	family, _, _ := strings.Cut(code, "-")
	if about := errorFamily(family); about != "" {
		return ErrorCode{
			Code: code, Meaning: "an error of " + about,
			Fix: "Read the message of the response. No source explains this code.",
		}, false
	}
	return ErrorCode{}, false
}

// ErrorCodes returns all error codes that [ExplainCode] knows, in their order.
func ErrorCodes() []ErrorCode { return slices.Clone(errorCodes) }

// ErrorCodes returns the error codes that an edition documents for the operation, by status; nil if none does. Only the
// edition of 2021 documents codes of single operations.
func (o Operation) ErrorCodes() []ErrorCode {
	_, rest, found := strings.Cut(documentedErrors, "\n"+o.ID+"\t")
	if !found {
		return nil
	}
	line, _, _ := strings.Cut(rest, "\n")
	var out []ErrorCode
	for pair := range strings.SplitSeq(line, "\t") {
		status, code, _ := strings.Cut(pair, " ")
		e, _ := ExplainCode(code)
		e.Code = code
		e.Status, _ = strconv.Atoi(status) // the generator wrote it
		out = append(out, e)
	}
	return out
}

// errorFamily says what the letters of a code stand for; empty for letters that no source explains. Unlike a map, a
// switch needs no initialization at start-up.
func errorFamily(letters string) string {
	switch letters {
	case "ACT":
		return "accounts and profile images"
	case "AGW":
		return "the API gateway, before the request reaches a service"
	case "AWR":
		return "call-handling rules"
	case "BIL":
		return "the service plan"
	case "CLG":
		return "the call log and its synchronization"
	case "CLR":
		return "call-handling rules"
	case "CMN":
		return "the platform in general"
	case "EXT":
		return "extensions"
	case "FPN":
		return "forwarding numbers"
	case "MSG":
		return "messaging"
	case "OAU":
		return "authorization"
	case "PWD":
		return "passwords"
	case "SPR":
		return "the service provider"
	case "SUB":
		return "subscriptions"
	case "TAM":
		return "team messaging"
	}
	return ""
}
