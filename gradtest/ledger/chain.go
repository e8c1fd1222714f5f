package ledger

import (
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// chain checks that the records of one file, or of one section of an export, follow one another as they were written.
type chain struct {
	file  string
	head  head // of the last record in its place
	begun bool
	last  int64 // where the last record is
	start int64 // records that precede the chain
	gap   gap   // what lies between the last record and the next

	closed bool // the last line is marked as unfinished

	suspect *suspect
	strays  *ChainError // the last records without a place, in a row
	want    []wanted    // what later days say about this one
	faults  []error
}

// gap says which lines without a record lie between two records.
type gap struct {
	damaged bool // which explains missing records
	torn    bool
	at      int64 // of the first marked as unfinished
}

// wanted is what a later line says about a record: the first of a later day, or the last line of an export.
type wanted struct {
	by   string // names the line that says so
	head head
}

// suspect is a break in the chain that the records after it may explain.
type suspect struct {
	expected head  // after which the record was to follow
	before   int64 // where the last record in its place is
	n        int64 // number of the record that broke the chain
	at       int64 // where it is
	gap      gap
	alone    bool // it is the last record so far
}

// placed is a line as far as the chain is concerned.
type placed struct {
	offset int64
	linked bool
	link   lines.Link
	hash   lines.Hash // of the line; only if it is linked
	err    error      // why it has no record
	ended  bool
}

// add takes the next line.
func (c *chain) add(l placed) {
	switch {
	case l.linked:
		c.addLinked(l)
	case isTorn(l.err):
		c.closed = l.ended
		if !c.gap.torn {
			c.gap.torn, c.gap.at = true, l.offset
		}
		return
	case l.err != nil:
		c.gap.damaged = true
	case c.begun:
		c.stray(l.offset)
	default:
		c.start++
	}
	c.closed = false
}

// stray takes a record without a place in the chain.
func (c *chain) stray(at int64) {
	if c.strays == nil {
		c.strays = &ChainError{File: c.file, At: at, Change: PutIn, Reason: noPlace}
		c.faults = append(c.faults, c.strays)
	}
	c.strays.Records++
}

// noPlace is how a record shows that was not written by Append, or by a version older than the chain.
const noPlace = "without a place in the chain"

// addLinked takes a record with a place in the chain.
func (c *chain) addLinked(l placed) {
	between := c.gap
	c.gap, c.strays = gap{}, nil
	s, expected := c.suspect, c.head
	switch {
	case !c.begun:
		c.begin(l, between)
	case expected.precedes(l.link):
		if s != nil {
			s.alone = false
		}
	case s != nil && s.expected.precedes(l.link):
		c.suspect = nil
		c.fault(PutIn, s.at, s.n, 1, "the record after it follows the one before it")
	case between.damaged && l.link.N > expected.n+1:
		// The damaged lines are reported, and what was in them is not known.
	case s != nil && s.alone && s.n == s.expected.n+1 && l.link.N == expected.n+1:
		// Neither does it follow the record before it, nor this one it: it was replaced.
		c.suspect = nil
		c.fault(Changed, s.at, s.n, 1, otherHash)
	default:
		c.settle()
		c.suspect = &suspect{expected: expected, before: c.last, n: l.link.N, at: l.offset, gap: between, alone: true}
	}
	c.head, c.last = head{l.link.N, l.hash}, l.offset
	c.compare(l.offset)
}

// text returns the hash as text; empty: there is none.
func (h head) text() string {
	if h.n == 0 {
		return ""
	}
	return h.hash.String()
}

// precedes reports whether a record with the link follows h.
func (h head) precedes(l lines.Link) bool { return l.N == h.n+1 && l.Prev == h.hash }

const otherHash = "the record after it carries another hash"

// begin takes the first record of the chain.
func (c *chain) begin(l placed, between gap) {
	c.begun = true
	switch {
	case between.damaged:
	case l.link.N > 1:
		c.fault(Removed, l.offset, 1, l.link.N-1, fmt.Sprintf("the first is record %d", l.link.N))
	case l.link.From == 0 && c.start > 0:
		c.fault(PutIn, 0, 0, c.start, "the chain began at byte 0")
	case l.link.From != l.offset:
		c.fault(Changed, 0, 0, 0, fmt.Sprintf("the chain began at byte %d, and now at byte %d", l.link.From, l.offset))
	}
}

// settle reports the suspect as what it most probably is, now that no later record explains it.
func (c *chain) settle() {
	s := c.suspect
	c.suspect = nil
	if s == nil {
		return
	}
	next, missing := s.expected.n+1, s.n-s.expected.n-1
	switch {
	case missing > 0 && s.gap.torn:
		c.fault(Changed, s.gap.at, next, missing, lateMark)
	case missing > 0:
		c.fault(Removed, s.at, next, missing, fmt.Sprintf("record %d follows record %d", s.n, s.expected.n))
	case missing == 0:
		c.fault(Changed, s.before, s.expected.n, 1, otherHash)
	default:
		c.fault(PutIn, s.at, s.n, 1, fmt.Sprintf("it follows record %d", s.expected.n))
	}
}

const lateMark = "marked as unfinished after it was written"

// compare checks the record just taken against what later days say about it. Where the file itself shows what was
// changed, that is enough.
func (c *chain) compare(at int64) {
	for _, w := range c.want {
		if w.head.n == c.head.n && w.head.hash != c.head.hash && c.suspect == nil && len(c.faults) == 0 {
			c.fault(Changed, at, c.head.n, 1, w.by+" carries another hash")
		}
	}
}

// end ends the file at an offset and returns what was found in it.
func (c *chain) end(at int64) []error {
	c.settle()
	more := int64(0) // records that later days have seen
	by := ""
	for _, w := range c.want {
		if n := w.head.n - c.head.n; n > more {
			more, by = n, w.by
		}
	}
	switch {
	case !c.begun && more == 0 || c.gap.damaged:
	case more > 0 && c.gap.torn:
		c.fault(Changed, c.gap.at, c.head.n+1, more, lateMark)
	case more > 0:
		c.fault(Removed, at, c.head.n+1, more, fmt.Sprintf("%s follows record %d", by, c.head.n+more))
	case c.closed:
		c.fault(Changed, c.gap.at, c.head.n+1, 1, "marked as unfinished, which only the writer of a next record does, and there is none")
	}
	return c.faults
}

func (c *chain) fault(what Change, at, record, records int64, reason string) {
	c.faults = append(c.faults, &ChainError{
		File: c.file, At: at, Record: record, Records: records, Change: what, Reason: reason,
	})
}
