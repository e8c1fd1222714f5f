package rctest

import (
	"encoding/json"
	"strconv"
	"time"
)

// text writes JSON into one buffer. The caller keeps the order of braces; commas come by themselves.
type text struct {
	b     []byte
	comma bool
}

func (t *text) open(c byte)  { t.sep(); t.b = append(t.b, c); t.comma = false }
func (t *text) close(c byte) { t.b = append(t.b, c); t.comma = true }

// object opens the object that is a member's value; end closes it.
func (t *text) object(key string) { t.key(key); t.open('{') }
func (t *text) end()              { t.close('}') }

// array opens the array that is a member's value; done closes it.
func (t *text) array(key string) { t.key(key); t.open('[') }
func (t *text) done()            { t.close(']') }

// key writes a member's name, which needs no escaping.
func (t *text) key(key string) {
	t.sep()
	t.b = append(t.b, '"')
	t.b = append(t.b, key...)
	t.b = append(t.b, '"', ':')
	t.comma = false
}

func (t *text) sep() {
	if t.comma {
		t.b = append(t.b, ',')
	}
	t.comma = true
}

func (t *text) string(key, value string) { t.key(key); t.value(value) }

// value writes a string as an element, or after a key.
func (t *text) value(value string) {
	t.sep()
	t.b = append(t.b, '"')
	t.part(value)
	t.b = append(t.b, '"')
}

// joined writes a string that is put together from parts.
func (t *text) joined(key string, parts ...string) {
	t.key(key)
	t.sep()
	t.b = append(t.b, '"')
	for _, p := range parts {
		t.part(p)
	}
	t.b = append(t.b, '"')
}

// part writes the inside of a string.
func (t *text) part(value string) {
	for i := range len(value) {
		if c := value[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(value) // strings always have a form in JSON
			t.b = append(t.b, quoted[1:len(quoted)-1]...)
			return
		}
	}
	t.b = append(t.b, value...)
}

func (t *text) int(key string, n int) {
	t.key(key)
	t.sep()
	t.b = strconv.AppendInt(t.b, int64(n), 10)
}

func (t *text) bool(key string, v bool) {
	t.key(key)
	t.sep()
	t.b = strconv.AppendBool(t.b, v)
}

func (t *text) strings(key string, values ...string) {
	t.array(key)
	for _, v := range values {
		t.value(v)
	}
	t.done()
}

// time writes a moment as the platform does: UTC, milliseconds, Z.
func (t *text) time(key string, at time.Time) {
	t.key(key)
	t.sep()
	t.b = append(t.b, '"')
	t.b = at.UTC().AppendFormat(t.b, "2006-01-02T15:04:05.000Z")
	t.b = append(t.b, '"')
}

// id writes an identifier, as a number where the platform does that and the value can be one.
func (t *text) id(key, value string, numeric bool) {
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
