package shape

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// discriminatorValues describes the values of the discriminator.
func (s *Shape) discriminatorValues() string {
	var all []any
	for _, a := range s.Alternatives {
		if m, ok := a.Member(s.Discriminator); ok && m.Shape != nil {
			all = append(all, m.Shape.Enum...)
		}
	}
	return oneOf(all)
}

// describe describes the values that fit, for Mismatch.Want.
func (s *Shape) describe() string {
	switch {
	case s == nil:
		return "a value"
	case len(s.Enum) > 0:
		return oneOf(s.Enum)
	case len(s.Alternatives) > 0:
		var all []string
		for _, a := range s.Alternatives {
			if want := a.describe(); !slices.Contains(all, want) {
				all = append(all, want)
			}
		}
		return strings.Join(all, " or ")
	case s.Type == "":
		return "a value"
	}
	want := s.Type
	switch s.Format {
	case "", "int32", "int64", "double", "float", "binary":
	default:
		want += " (" + s.Format + ")"
	}
	if s.MinLength > 0 {
		want += fmt.Sprintf(", at least %d characters", s.MinLength)
	}
	if s.MaxLength > 0 {
		want += fmt.Sprintf(", at most %d characters", s.MaxLength)
	}
	if s.Min != nil {
		want += ", at least " + strconv.FormatFloat(*s.Min, 'f', -1, 64)
	}
	if s.Max != nil {
		want += ", at most " + strconv.FormatFloat(*s.Max, 'f', -1, 64)
	}
	if s.Pattern != "" {
		want += ", like " + s.Pattern
	}
	return want
}

func oneOf(values []any) string {
	var b strings.Builder
	b.WriteString("one of ")
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, v)
	}
	return b.String()
}

// short returns a value as text, shortened, for Mismatch.Value.
func short(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprintf("%T", v)
	}
	text := string(b)
	if s, ok := v.(string); ok {
		text = s
	}
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60]) + "…"
	}
	return text
}
