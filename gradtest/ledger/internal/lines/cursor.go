package lines

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// Cursor reads the members of a line from left to right. After the first fault it reads nothing more.
//
// A method that reads a member returns the zero value if the member does not come next. Keys are given as to the
// functions that append them.
type Cursor struct {
	b      []byte
	i      int
	fault  string
	shared *Shared
	keys   *[]string // collects the keys that are asked for; nil: none are collected
}

// Start begins with a line and reads its version. ok is false if the line does not begin with one.
func (c *Cursor) Start(line []byte, s *Shared) (version int, ok bool) {
	*c = Cursor{b: line, shared: s}
	if !c.skip(`{"v":`) {
		return 0, false
	}
	version = c.int()
	return version, c.fault == ""
}

// Cut shortens the line to the body that [Body] has found in it.
func (c *Cursor) Cut(body []byte) {
	if c.b = body; c.i > len(body) {
		c.Fail(errNoChecksum.Error())
	}
}

// Keys lists the keys that fields reads with its cursor, without quotes.
func Keys(fields func(*Cursor)) (keys []string) {
	fields(&Cursor{keys: &keys})
	return keys
}

// Fault is what is wrong with the line; empty: nothing so far.
func (c *Cursor) Fault() string { return c.fault }

// Fail notes what is wrong with the line, unless something else was before.
func (c *Cursor) Fail(reason string) {
	if c.fault == "" {
		c.fault = reason
	}
}

// skip passes over text if it comes next.
func (c *Cursor) skip(text string) bool {
	if c.fault != "" || len(c.b)-c.i < len(text) || string(c.b[c.i:c.i+len(text)]) != text {
		return false
	}
	c.i += len(text)
	return true
}

// Member passes over a key, and the comma before it, if it comes next.
func (c *Cursor) Member(key string) bool {
	if c.i >= len(c.b) || c.fault != "" {
		if c.keys != nil {
			*c.keys = append(*c.keys, key[1:len(key)-2])
		}
		return false
	}
	start := c.i
	if c.b[c.i-1] != '{' && !c.skip(",") {
		return false
	}
	if c.skip(key) {
		return true
	}
	c.i = start
	return false
}

// Open passes over the key and the brace of a member that is an object.
func (c *Cursor) Open(key string) bool {
	if !c.Member(key) {
		return false
	}
	if !c.skip("{") {
		c.Fail("an object does not begin with a brace")
		return false
	}
	return true
}

// Close passes over the unknown members that follow and the brace of the object that Open has opened. known lists the
// members that were read before, none of which may come again.
func (c *Cursor) Close(known func() []string) {
	c.unknown(known)
	if !c.skip("}") {
		c.Fail("an object does not end, or has a member that is out of order")
	}
}

// End is Close for the line, whose body has no brace.
func (c *Cursor) End(known func() []string) {
	c.unknown(known)
	if c.i < len(c.b) {
		c.Fail("it does not end after its last member")
	}
}

// unknown passes over members. They are rare, so that known is called only if there are any.
func (c *Cursor) unknown(known func() []string) {
	var keys []string
	for c.fault == "" && c.i < len(c.b) && (c.b[c.i] == ',' || c.b[c.i] == '"' && c.b[c.i-1] == '{') {
		c.skip(",")
		key := string(c.string())
		if keys == nil {
			keys = known()
		}
		switch {
		case slices.Contains(keys, key):
			c.Fail("it has a member twice or out of order")
		case !c.skip(":"):
			c.Fail("a member has no value")
		default:
			var value json.RawMessage
			c.JSON(&value)
		}
	}
}

// JSON reads the value of the member that [Cursor.Member] has found into v, as package encoding/json does.
func (c *Cursor) JSON(v any) {
	dec := json.NewDecoder(bytes.NewReader(c.b[c.i:]))
	if err := dec.Decode(v); err != nil {
		c.Fail("a value cannot be read")
		return
	}
	c.i += int(dec.InputOffset())
}

// Flag reads a member that is true.
func (c *Cursor) Flag(key string) bool {
	if !c.Member(key) {
		return false
	}
	if !c.skip("true") {
		c.Fail("a flag is not true")
		return false
	}
	return true
}

// Text reads a text into memory of its own.
func (c *Cursor) Text(key string) string { return string(c.Bytes(key)) }

// SharedText reads a text that many lines have in common.
func (c *Cursor) SharedText(key string) string { return c.shared.text(c.Bytes(key)) }

// Bytes reads a text. What it returns is valid as long as the line is.
func (c *Cursor) Bytes(key string) []byte {
	if !c.Member(key) {
		return nil
	}
	return c.string()
}

// string reads a quoted text.
func (c *Cursor) string() []byte {
	if !c.skip(`"`) {
		c.Fail("a text does not begin with a quote")
		return nil
	}
	text := c.b[c.i:]
	n := bytes.IndexByte(text, '"')
	if n >= 0 && bytes.IndexByte(text[:n], '\\') < 0 && utf8.Valid(text[:n]) {
		c.i += n + 1
		return text[:n]
	}
	return c.escaped()
}

// escaped reads a text with escapes in it, up to its closing quote.
func (c *Cursor) escaped() []byte {
	start := c.i
	for ; c.i < len(c.b); c.i++ {
		switch c.b[c.i] {
		case '\\':
			c.i++
		case '"':
			c.i++
			var s string
			if json.Unmarshal(c.b[start-1:c.i], &s) != nil {
				c.Fail("a text cannot be read")
			}
			return []byte(s)
		}
	}
	c.Fail("a text does not end")
	return nil
}

// SharedTexts reads a list of texts that many lines have in common.
func (c *Cursor) SharedTexts(key string) []string {
	if !c.Member(key) {
		return nil
	}
	start := c.i
	if !c.skip("[") {
		c.Fail("a list does not begin with a bracket")
		return nil
	}
	end := c.listEnd()
	if end < 0 {
		c.Fail("a list does not end")
		return nil
	}
	raw := c.b[start:end]
	if list, ok := c.shared.lists[string(raw)]; ok {
		c.i = end
		return list
	}
	var list []string
	for {
		list = append(list, string(c.string()))
		if c.fault != "" {
			return nil
		}
		if c.skip("]") {
			break
		}
		if !c.skip(",") {
			c.Fail("a list has no comma")
			return nil
		}
	}
	c.shared.keepList(raw, list)
	return list
}

// listEnd is the index after the bracket that closes the list of texts that the cursor is in; -1: none does.
func (c *Cursor) listEnd() int {
	quoted := false
	for i := c.i; i < len(c.b); i++ {
		switch c.b[i] {
		case '\\':
			i++
		case '"':
			quoted = !quoted
		case ']':
			if !quoted {
				return i + 1
			}
		}
	}
	return -1
}

// Time reads a time.
func (c *Cursor) Time(key string) (t time.Time) {
	if !c.Member(key) {
		return t
	}
	if t = c.shared.time(c.string()); t.IsZero() {
		c.Fail("a time cannot be read")
	}
	return t
}

// Int64 reads a number.
func (c *Cursor) Int64(key string) int64 {
	if !c.Member(key) {
		return 0
	}
	return c.int64()
}

// Int reads a number.
func (c *Cursor) Int(key string) int {
	if !c.Member(key) {
		return 0
	}
	return c.int()
}

func (c *Cursor) int() int {
	n := c.int64()
	if n > math.MaxInt || n < math.MinInt {
		c.Fail("a number is too large")
	}
	return int(n)
}

func (c *Cursor) int64() int64 {
	start := c.i
	for c.i < len(c.b) && (c.b[c.i] >= '0' && c.b[c.i] <= '9' || c.b[c.i] == '-') {
		c.i++
	}
	n, err := strconv.ParseInt(string(c.b[start:c.i]), 10, 64)
	if err != nil {
		c.Fail("a number cannot be read")
		return 0
	}
	return n
}
