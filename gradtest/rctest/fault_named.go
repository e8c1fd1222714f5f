package rctest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// named fills in the status and the message of a fault that names only an error code: as the operation documents it, or
// else as the platform's sources do. A fault whose code is not known stays as it is.
func (f Fault) named() Fault {
	if f.Code == "" || f.Status != 0 || f.replaces() {
		return f
	}
	e, ok := f.documented()
	if !ok {
		if e, ok = rcapi.ExplainCode(f.Code); !ok || e.Status < 400 {
			return f
		}
	}
	f.Status = e.Status
	if f.Message == "" {
		f.Message = e.Meaning
	}
	return f
}

// documented finds the code among those that the operation documents.
func (f *Fault) documented() (rcapi.ErrorCode, bool) {
	op, ok := rcapi.Lookup(f.Operation)
	if !ok {
		return rcapi.ErrorCode{}, false
	}
	codes := op.ErrorCodes()
	i := slices.IndexFunc(codes, func(e rcapi.ErrorCode) bool { return e.Code == f.Code })
	if i < 0 {
		return rcapi.ErrorCode{}, false
	}
	return codes[i], true
}

// codeFix says what to do about a code without a status.
func (f *Fault) codeFix() string {
	op, _ := rcapi.Lookup(f.Operation)
	var own []string
	for _, e := range op.ErrorCodes() {
		own = append(own, e.Code)
	}
	if len(own) == 0 {
		return "give one, such as 503"
	}
	return fmt.Sprintf("give one, or use a code that %s documents: %s", op.ID, strings.Join(slices.Compact(own), ", "))
}
