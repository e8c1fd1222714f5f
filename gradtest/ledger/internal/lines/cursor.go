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
// Methods that read a member return the zero value if that member does not come next. Keys have the form that the
// Append functions take, such as `"at":`.
type Cursor struct {
	b      []byte
	i      int
	fault  string
	shared *Shared
	keys   *[]string // collects the keys that are requested, for Keys; nil: disabled
}

// Start begins a line and reads its version. ok is false if the line does not begin with one.
func (c *Cursor) Start(line []byte, s *Shared) (version int, ok bool) {
	*c = Cursor{b: line, shared: s}
	if !c.skip(`{"v":`) {
		return 0, false
	}
	version = c.int()
	return version, c.fault == ""
}

// Cut limits the cursor to the body of the line, which [Body] returns.
func (c *Cursor) Cut(body []byte) {
	if c.b = body; c.i > len(body) {
		c.Fail(errNoChecksum.Error())
	}
}

// Keys lists the keys of the members that fields reads, without quotes.
func Keys(fields func(*Cursor)) (keys []string) {
	fields(&Cursor{keys: &keys})
	return keys
}

// Fault says what is wrong with the line; empty if nothing is so far.
func (c *Cursor) Fault() string { return c.fault }

// Fail records what is wrong with the line, unless an earlier fault is recorded.
func (c *Cursor) Fail(reason string) {
	if c.fault == "" {
		c.fault = reason
	}
}

// skip advances over text if it comes next.
func (c *Cursor) skip(text string) bool {
	if c.fault != "" || len(c.b)-c.i < len(text) || string(c.b[c.i:c.i+len(text)]) != text {
		return false
	}
	c.i += len(text)
	return true
}

// Member advances over a key, and the comma before it, if it comes next.
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

// Open advances over the key and the opening brace of a member that is an object.
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

// Close advances over unknown members and the closing brace of the object that Open has opened. known lists the keys
// read before, which must not occur again.
func (c *Cursor) Close(known func() []string) {
	c.unknown(known)
	if !c.skip("}") {
		c.Fail("an object does not end, or has a member that is out of order")
	}
}

// End is Close for the line itself, whose body has no closing brace.
func (c *Cursor) End(known func() []string) {
	c.unknown(known)
	if c.i < len(c.b) {
		c.Fail("it does not end after its last member")
	}
}

// unknown advances over unknown members. They are rare, so known is called only if there are any.
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

// JSON reads the value of the member that [Cursor.Member] has found into v with package encoding/json.
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

// Text reads a text.
func (c *Cursor) Text(key string) string { return string(c.Bytes(key)) }

// SharedText reads a text that many lines have in common.
func (c *Cursor) SharedText(key string) string { return c.shared.text(c.Bytes(key)) }

// Bytes reads a text without copying it. It is valid as long as the line is.
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

// listEnd returns the index after the bracket that closes the current list of texts, or -1 if there is none.
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
