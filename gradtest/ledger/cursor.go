package ledger

import (
	"bytes"
	"encoding/json"
	"math"
	"time"
	"unicode/utf8"
)

// cursor reads a line from left to right. After the first fault it reads nothing more.
type cursor struct {
	b     []byte
	i     int
	fault string
	days  *dates // nil: none are remembered
}

func (c *cursor) fail(reason string) {
	if c.fault == "" {
		c.fault = reason
	}
}

// skip passes over text if it comes next.
func (c *cursor) skip(text string) bool {
	if c.fault != "" || len(c.b)-c.i < len(text) || string(c.b[c.i:c.i+len(text)]) != text {
		return false
	}
	c.i += len(text)
	return true
}

// member passes over a key, and the comma before it, if it comes next.
func (c *cursor) member(key string) bool {
	if c.fault != "" || c.i >= len(c.b) {
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

func (c *cursor) text(key string) []byte {
	if !c.member(key) {
		return nil
	}
	return c.string()
}

// string reads a quoted text. What it returns is valid until the line is.
func (c *cursor) string() []byte {
	if !c.skip(`"`) {
		c.fail("a text does not begin with a quote")
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
func (c *cursor) escaped() []byte {
	start := c.i
	for ; c.i < len(c.b); c.i++ {
		switch c.b[c.i] {
		case '\\':
			c.i++
		case '"':
			c.i++
			var s string
			if json.Unmarshal(c.b[start-1:c.i], &s) != nil {
				c.fail("a text cannot be read")
			}
			return []byte(s)
		}
	}
	c.fail("a text does not end")
	return nil
}

// listEnd is the index after the bracket that closes the list of texts that the cursor is in; -1: none does.
func (c *cursor) listEnd() int {
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

func (c *cursor) time(key string) (t time.Time) {
	if !c.member(key) || !c.skip(`"`) {
		return t
	}
	n := bytes.IndexByte(c.b[c.i:], '"')
	if n < 1 {
		c.fail("a time cannot be read")
		return t
	}
	text := c.b[c.i : c.i+n]
	if t = c.moment(text); t.IsZero() {
		c.fail("a time cannot be read")
		return t
	}
	c.i += n + 1
	return t
}

func (c *cursor) number(key string) int {
	n := c.number64(key)
	if n > math.MaxInt || n < math.MinInt {
		c.fail("a number is too large")
	}
	return int(n)
}

func (c *cursor) number64(key string) int64 {
	if !c.member(key) {
		return 0
	}
	return c.int()
}

func (c *cursor) int() (n int64) {
	negative := c.skip("-")
	start := c.i
	for ; c.i < len(c.b) && c.b[c.i] >= '0' && c.b[c.i] <= '9'; c.i++ {
		digit := int64(c.b[c.i] - '0')
		if n < (math.MinInt64+digit)/10 {
			c.fail("a number is too large")
			return 0
		}
		n = n*10 - digit // downwards, since the least number has no positive counterpart
	}
	if c.i == start || !negative && n == math.MinInt64 {
		c.fail("a number cannot be read")
		return 0
	}
	if !negative {
		n = -n
	}
	return n
}
