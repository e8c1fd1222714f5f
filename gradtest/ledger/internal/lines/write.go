package lines

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// MaxSize is the maximum size of a line with its newline, in bytes. The longest line in practice declares all 646
// operations and has about 100 KB.
const MaxSize = 1 << 20

// Begin appends the beginning of a line: its brace and version.
func Begin(b []byte, version int) []byte {
	return strconv.AppendInt(append(b, `{"v":`...), int64(version), 10)
}

// The functions below append a member, and a comma if it is not the first one, unless its value is zero. A key includes
// its quotes and colon, as in `"at":`.

// AppendTime appends a time in UTC.
func AppendTime(b []byte, key string, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	b = append(appendKey(b, key), '"')
	b = t.UTC().AppendFormat(b, time.RFC3339Nano)
	return append(b, '"')
}

// AppendInt appends a number.
func AppendInt(b []byte, key string, n int64) []byte {
	if n == 0 {
		return b
	}
	return strconv.AppendInt(appendKey(b, key), n, 10)
}

// AppendFlag appends true.
func AppendFlag(b []byte, key string, set bool) []byte {
	if !set {
		return b
	}
	return append(appendKey(b, key), "true"...)
}

// AppendText appends a text.
func AppendText(b []byte, key, s string) []byte {
	if s == "" {
		return b
	}
	return appendString(appendKey(b, key), s)
}

// AppendTexts appends a list of texts.
func AppendTexts(b []byte, key string, list []string) []byte {
	if len(list) == 0 {
		return b
	}
	b = append(appendKey(b, key), '[')
	for i, s := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}

// AppendRaw appends a value that is already JSON.
func AppendRaw(b []byte, key string, value []byte) []byte {
	return append(appendKey(b, key), value...)
}

// appendKey appends the comma and the key. The first member of an object has no comma.
func appendKey(b []byte, key string) []byte {
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return append(b, key...)
}

// Valid returns s with everything that is not valid UTF-8 replaced by U+FFFD, as it is written and read.
func Valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// appendString quotes s as JSON.
func appendString(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	if !utf8.ValidString(s) {
		s = Valid(s)
	}
	b = append(b, '"')
	done := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(append(b, s[done:i]...), '\\', c)
			done = i + 1
		case c < ' ':
			b = append(append(b, s[done:i]...), '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
			done = i + 1
		}
	}
	return append(append(b, s[done:]...), '"')
}
