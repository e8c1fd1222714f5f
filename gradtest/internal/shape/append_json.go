package shape

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// appendName appends a member name and a colon, after a comma unless it is the first member since start.
func appendName(b []byte, start int, name string) []byte {
	if len(b) > start {
		b = append(b, ',')
	}
	return append(appendString(b, name), ':')
}

// appendString appends a JSON string.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	b = AppendEscaped(b, s)
	return append(b, '"')
}

// AppendEscaped appends s escaped for a JSON string, without the quotes. Invalid UTF-8 becomes U+FFFD. Unlike
// encoding/json it does not escape <, > and &.
func AppendEscaped(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	from := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' {
				i++
				continue
			}
			b = append(b, s[from:i]...)
			switch c {
			case '"', '\\':
				b = append(b, '\\', c)
			case '\n':
				b = append(b, '\\', 'n')
			default:
				b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
			}
			i++
			from = i
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			b = append(b, s[from:i]...)
			b = append(b, "\uFFFD"...)
			from = i + 1
		}
		i += size
	}
	return append(b, s[from:]...)
}

// appendNumber appends a number of one of the types of func number. Whole numbers have no decimal point or exponent.
func appendNumber(b []byte, v any) []byte {
	switch n := v.(type) {
	case int:
		return strconv.AppendInt(b, int64(n), 10)
	case int64:
		return strconv.AppendInt(b, n, 10)
	case json.Number:
		return append(b, n...)
	case float64:
		switch {
		case math.IsNaN(n) || math.IsInf(n, 0):
			return append(b, '0')
		case n == math.Trunc(n) && math.Abs(n) < 1e18:
			return strconv.AppendInt(b, int64(n), 10)
		}
		return strconv.AppendFloat(b, n, 'g', -1, 64)
	}
	return append(b, '0')
}

// appendAny appends a value without a schema. Members are sorted.
func appendAny(b []byte, v any) []byte {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...)
	case json.RawMessage:
		if len(v) == 0 {
			return append(b, "null"...)
		}
		return append(b, v...)
	case string:
		return appendString(b, v)
	case bool:
		return strconv.AppendBool(b, v)
	case float64, int, int64, json.Number:
		return appendNumber(b, v)
	case time.Time:
		b = append(b, '"')
		return append(v.UTC().AppendFormat(b, PlatformTime), '"')
	case map[string]any:
		b = append(b, '{')
		start := len(b)
		for _, name := range slices.Sorted(maps.Keys(v)) {
			b = appendAny(appendName(b, start, name), v[name])
		}
		return append(b, '}')
	case []any:
		return appendItems(b, v)
	case []string:
		return appendItems(b, v)
	case []map[string]any:
		return appendItems(b, v)
	}
	if p, ok := toBasic(v); ok {
		return appendAny(b, p)
	}
	return append(b, "null"...)
}

func appendItems[T any](b []byte, items []T) []byte {
	b = append(b, '[')
	for i, v := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendAny(b, v)
	}
	return append(b, ']')
}
