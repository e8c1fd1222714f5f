package shape

import (
	"math"
	"strconv"
	"strings"
)

// hasSuffixFold reports whether a name ends in a word, ignoring case.
func hasSuffixFold(name, word string) bool {
	return len(name) >= len(word) && strings.EqualFold(name[len(name)-len(word):], word)
}

func (w *writer) madeBool(b []byte, s *Shape, at path) []byte {
	if v, ok := s.Default.(bool); ok {
		return strconv.AppendBool(b, v)
	}
	if len(s.Enum) > 0 {
		return appendAny(b, s.Enum[0])
	}
	name := at.last()
	return strconv.AppendBool(b, hasSuffixFold(name, "enabled") || hasSuffixFold(name, "active") ||
		hasSuffixFold(name, "available") || hasSuffixFold(name, "allowed"))
}

func (w *writer) madeNumber(b []byte, s *Shape, at path) []byte {
	if len(s.Enum) > 0 {
		return appendAny(b, s.Enum[0])
	}
	n, ok := number(s.Default)
	if !ok {
		n = w.numberByName(s, at)
	}
	if s.Max != nil {
		n = min(n, *s.Max)
	}
	if s.Min != nil {
		n = max(n, *s.Min)
	}
	if s.Type == "integer" {
		n = math.Trunc(n)
	}
	return appendNumber(b, n)
}

func (w *writer) numberByName(s *Shape, at path) float64 {
	name, h := at.last(), w.hash(at)
	switch {
	case s.Type == "integer" && hasSuffixFold(name, "id"):
		if w.ownMember(at, "id") && isWholeNumber(w.name()) {
			if n, err := strconv.ParseFloat(w.name(), 64); err == nil && s.fitsNumber(n) {
				return n
			}
		}
		id := digits(h, idLength(h))
		if s.Format == "int32" {
			id = id[:9]
		}
		n, _ := strconv.ParseFloat(id, 64)
		return n
	case name == "page", name == "startIndex", strings.HasPrefix(name, "total"), hasSuffixFold(name, "count"),
		name == "priority", name == "ordinal":
		return 1
	case name == "perPage":
		return 100
	case name == "pageStart", name == "pageEnd":
		return 0
	case name == "expires_in", name == "expiresIn":
		return 3600
	case name == "refresh_token_expires_in":
		return 604800
	case hasSuffixFold(name, "timestamp"):
		return float64(w.now().UnixMilli())
	}
	return float64(1 + h%60)
}
