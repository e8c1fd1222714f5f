package shape

import (
	"encoding/json"
	"math"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// PlatformTime is the layout of times in the platform's responses, in UTC.
const PlatformTime = "2006-01-02T15:04:05.000Z"

const platformDate = "2006-01-02"

// number converts a value of any numeric type.
func number(v any) (float64, bool) {
	switch n := v.(type) {
	case float64:
		return n, true
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case json.Number:
		f, err := n.Float64()
		return f, err == nil
	}
	return 0, false
}

// fitsNumber reports whether a number fits type, bounds and enum.
func (s *Shape) fitsNumber(n float64) bool {
	switch {
	case math.IsNaN(n) || math.IsInf(n, 0):
		return false
	case s.Type == "integer":
		if n != math.Trunc(n) || s.Format == "int32" && (n < math.MinInt32 || n > math.MaxInt32) || math.Abs(n) > 1<<63 {
			return false
		}
	case s.Type != "number":
		return s.Type == "" && len(s.Enum) == 0
	}
	if s.Min != nil && n < *s.Min || s.Max != nil && n > *s.Max {
		return false
	}
	for _, e := range s.Enum {
		if e == n {
			return true
		}
	}
	return len(s.Enum) == 0
}

// fitsString reports whether a string fits type, enum, length, pattern and format.
func (s *Shape) fitsString(v string) bool {
	if s.Type != "string" && s.Type != "" || !s.allows(v) {
		return false
	}
	if s.MinLength > 0 || s.MaxLength > 0 {
		n := utf8.RuneCountInString(v)
		if n < s.MinLength || s.MaxLength > 0 && n > s.MaxLength {
			return false
		}
	}
	if s.pattern != nil && !s.pattern.MatchString(v) {
		return false
	}
	return s.Format == "" || fitsFormat(s.Format, v)
}

// fitsFormat reports whether a string fits a format. It is as lenient as the platform, which accepts "1" and "/a" as
// URIs.
func fitsFormat(format, v string) bool {
	switch format {
	case "date-time":
		if len(v) < len(platformDate) {
			return false
		}
		for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700"} {
			if _, err := time.Parse(layout, v); err == nil {
				return true
			}
		}
		return false
	case "date":
		_, err := time.Parse(platformDate, v)
		return err == nil
	case "uuid":
		return isUUID(v)
	case "ipv4":
		a, err := netip.ParseAddr(v)
		return err == nil && a.Is4()
	case "email":
		at := strings.LastIndexByte(v, '@')
		return at > 0 && at < len(v)-1 && !strings.ContainsAny(v, " \t\r\n")
	case "uri":
		return !strings.ContainsAny(v, " \t\r\n")
	}
	return true
}

func isUUID(v string) bool {
	if len(v) != 36 {
		return false
	}
	for i := range len(v) {
		c := v[i]
		switch {
		case i == 8 || i == 13 || i == 18 || i == 23:
			if c != '-' {
				return false
			}
		case c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f':
		default:
			return false
		}
	}
	return true
}

// fitsBool reports whether a boolean fits type and enum.
func (s *Shape) fitsBool(v bool) bool {
	return (s.Type == "boolean" || s.Type == "") && (len(s.Enum) == 0 || slices.Contains(s.Enum, any(v)))
}

// partial reports whether v is a date, or a time that lacks parts. The platform accepts both from clients.
func partial(v string) bool {
	for _, layout := range [...]string{
		platformDate, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02T15:04Z07:00", "2006-01",
	} {
		if _, err := time.Parse(layout, v); err == nil {
			return true
		}
	}
	return false
}
