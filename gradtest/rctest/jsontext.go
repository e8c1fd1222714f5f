package rctest

import (
	"strconv"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// jsonText writes JSON into a buffer. The caller balances braces and brackets; commas are automatic.
type jsonText struct {
	b     []byte
	comma bool
}

func (t *jsonText) open(c byte)  { t.sep(); t.b = append(t.b, c); t.comma = false }
func (t *jsonText) close(c byte) { t.b = append(t.b, c); t.comma = true }

// object starts a member whose value is an object; end closes it.
func (t *jsonText) object(key string) { t.key(key); t.open('{') }
func (t *jsonText) end()              { t.close('}') }

// array starts a member whose value is an array; done closes it.
func (t *jsonText) array(key string) { t.key(key); t.open('[') }
func (t *jsonText) done()            { t.close(']') }

// key writes a member's name, which must not need escaping.
func (t *jsonText) key(key string) {
	t.sep()
	t.b = append(t.b, '"')
	t.b = append(t.b, key...)
	t.b = append(t.b, '"', ':')
	t.comma = false
}

func (t *jsonText) sep() {
	if t.comma {
		t.b = append(t.b, ',')
	}
	t.comma = true
}

func (t *jsonText) string(key, value string) { t.key(key); t.value(value) }

// value writes a string: an element, or the value after a key.
func (t *jsonText) value(value string) {
	t.sep()
	t.b = append(t.b, '"')
	t.part(value)
	t.b = append(t.b, '"')
}

// joined writes a string member from parts, without joining them first.
func (t *jsonText) joined(key string, parts ...string) {
	t.key(key)
	t.sep()
	t.b = append(t.b, '"')
	for _, p := range parts {
		t.part(p)
	}
	t.b = append(t.b, '"')
}

// part writes the inside of a string, escaped.
func (t *jsonText) part(value string) { t.b = shape.AppendEscaped(t.b, value) }

func (t *jsonText) int(key string, n int) {
	t.key(key)
	t.sep()
	t.b = strconv.AppendInt(t.b, int64(n), 10)
}

func (t *jsonText) bool(key string, v bool) {
	t.key(key)
	t.sep()
	t.b = strconv.AppendBool(t.b, v)
}

func (t *jsonText) strings(key string, values ...string) {
	t.array(key)
	for _, v := range values {
		t.value(v)
	}
	t.done()
}

// time writes a time in the format of the platform: UTC, milliseconds, Z.
func (t *jsonText) time(key string, at time.Time) {
	t.key(key)
	t.sep()
	t.b = append(t.b, '"')
	t.b = at.UTC().AppendFormat(t.b, shape.PlatformTime)
	t.b = append(t.b, '"')
}

// id writes an identifier: as a number if numeric is set and the value fits, otherwise as a string.
func (t *jsonText) id(key, value string, numeric bool) {
	if !numeric || len(value) == 0 || len(value) > 15 || value[0] == '0' {
		t.string(key, value)
		return
	}
	for i := range len(value) {
		if value[i] < '0' || value[i] > '9' {
			t.string(key, value)
			return
		}
	}
	t.key(key)
	t.sep()
	t.b = append(t.b, value...)
}
