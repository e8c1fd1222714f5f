package rcapi

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// ParamError describes one invalid path parameter given to [Operation.Expand].
type ParamError struct {
	Op     string // ID of the operation
	Param  string
	Reason string // what is wrong and how to fix it
}

// Error says what is wrong and how to fix it.
func (e *ParamError) Error() string {
	return fmt.Sprintf("rcapi: expand %s: path parameter %s %s", e.Op, e.Param, e.Reason)
}

// Expand returns the path with the values of params, escaped except for commas and asterisks. Parameters that accept
// "~", the account or extension of the token, default to it: accountId, extensionId, companyId of team messaging, and
// chatId where one chat is read. Errors, each a [*ParamError], are joined: a missing value, a name that is not in the
// path (it may be misspelt), a value that would change the path.
func (o Operation) Expand(params map[string]string) (string, error) {
	var faults []error
	fault := func(name, format string, args ...any) {
		faults = append(faults, &ParamError{Op: o.ID, Param: name, Reason: fmt.Sprintf(format, args...)})
	}
	var b strings.Builder
	b.Grow(len(o.Path) + 16)
	for segment := range strings.SplitSeq(strings.TrimPrefix(o.Path, "/"), "/") {
		b.WriteByte('/')
		name, isParam := strings.CutPrefix(segment, "{")
		if !isParam {
			b.WriteString(segment)
			continue
		}
		name = strings.TrimSuffix(name, "}")
		value, given := params[name]
		switch {
		case !given && o.fallback(name) != "":
			value = o.fallback(name)
		case value == "":
			fault(name, "is missing: set it in Params, or at run time in Prepare")
		case value == "." || value == "..":
			fault(name, "is %q, which would change the path: use an id", value)
		}
		escape(&b, value)
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		if !slices.Contains(o.PathParams, name) {
			fault(name, "is not in %s, which has %s: remove or rename it", o.Path, list(o.PathParams))
		}
	}
	if len(faults) > 0 {
		return "", errors.Join(faults...)
	}
	return b.String(), nil
}

// Missing returns the path parameters that have neither a value in params nor a default, in the order of the path.
func (o Operation) Missing(params map[string]string) []string {
	var out []string
	for _, name := range o.PathParams {
		if params[name] == "" && o.fallback(name) == "" {
			out = append(out, name)
		}
	}
	return out
}

// fallback returns "~" for parameters that accept it, else an empty string.
func (o Operation) fallback(name string) string {
	switch {
	case name == "accountId", name == "extensionId":
		return "~"
	case name == "companyId" && strings.HasPrefix(o.Path, "/team-messaging/"):
		return "~"
	case name == "chatId" && o.Path == ReadGlipChatNew.Path && o.Reads():
		return "~"
	}
	return ""
}

// escape writes a value as one segment. Unlike url.PathEscape it keeps commas and asterisks: to the platform they
// mean several ids, and ids in the body.
func escape(b *strings.Builder, value string) {
	const hex = "0123456789ABCDEF"
	for i := range len(value) {
		c := value[i]
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~,*:@$&+=!'()", c) >= 0 {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('%')
		b.WriteByte(hex[c>>4])
		b.WriteByte(hex[c&15])
	}
}

func list(names []string) string {
	if len(names) == 0 {
		return "no parameters"
	}
	return joined(names)
}
