package shape

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFormats(t *testing.T) {
	for _, tt := range []struct {
		format, value string
		want          bool
	}{
		{"date-time", "2026-11-24T12:00:00.000Z", true},
		{"date-time", "2026-11-24T12:00:00+01:00", true},
		{"date-time", "2026-11-24T12:00:00.000+0000", true},
		{"date-time", "2026-11-24", false},
		{"date-time", "yesterday", false},
		{"date", "2026-11-24", true},
		{"date", "2026-13-24", false},
		{"uuid", "0f0e0d0c-0b0a-4009-8807-060504030201", true},
		{"uuid", "0f0e0d0c-0b0a-4009-8807-06050403020", false},
		{"uuid", "0f0e0d0c+0b0a-4009-8807-060504030201", false},
		{"uuid", "0f0e0d0g-0b0a-4009-8807-060504030201", false},
		{"ipv4", "192.0.2.1", true},
		{"ipv4", "::1", false},
		{"email", "a@example.com", true},
		{"email", "a.example.com", false},
		{"uri", "/a/b", true},
		{"uri", "a b", false},
		{"binary", "\x00", true},
	} {
		assert.Equal(t, tt.want, fitsFormat(tt.format, tt.value), "%s %q", tt.format, tt.value)
	}
}

func TestNumbers(t *testing.T) {
	two := 2.0
	for _, tt := range []struct {
		s    Shape
		v    any
		want bool
	}{
		{Shape{Type: "integer"}, 1.0, true},
		{Shape{Type: "integer"}, 1.5, false},
		{Shape{Type: "number"}, 1.5, true},
		{Shape{Type: "number"}, math.NaN(), false},
		{Shape{Type: "integer", Format: "int32"}, 1 << 31, false},
		{Shape{Type: "integer", Format: "int64"}, int64(1 << 31), true},
		{Shape{Type: "integer", Min: &two}, 1, false},
		{Shape{Type: "integer", Max: &two}, 3, false},
		{Shape{Type: "integer", Enum: []any{1.0, 2.0}}, 3, false},
		{Shape{Type: "integer", Enum: []any{1.0, 2.0}}, json.Number("2"), true},
		{Shape{Type: "string"}, 1, false},
		{Shape{}, 1, true},
		{Shape{Type: "integer"}, "1", false},
		{Shape{Type: "integer"}, json.Number("x"), false},
		{Shape{Type: "boolean", Enum: []any{false}}, true, false},
		{Shape{Type: "boolean", Enum: []any{false}}, false, true},
	} {
		assert.Equal(t, tt.want, tt.s.fitsScalar(tt.v), "%+v %v", tt.s, tt.v)
	}
}
