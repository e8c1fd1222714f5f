package rcapi

import "strings"

// segments maps literal segments to subtrees: a hash table with open addressing, at most half full. A node of the
// platform's tree has up to 60 literals. The bytes that the hash uses differ for nearly all of them, so a search
// compares once. With Go's map instead, Match takes 1.6 times as long (Go 1.26).
type segments struct {
	slots []branch // a power of two of them, or none
	n     int
}

type branch struct {
	segment string
	next    *tree // nil: the slot is free
}

// find returns the subtree of a literal segment, or nil. escaped means that segment may have percent-encoded bytes.
func (s *segments) find(segment string, escaped bool) *tree {
	if len(s.slots) == 0 {
		return nil
	}
	if escaped && strings.IndexByte(segment, '%') >= 0 {
		for _, b := range s.slots {
			if b.next != nil && equalEscaped(segment, b.segment) {
				return b.next
			}
		}
		return nil
	}
	return s.slots[s.slot(segment)].next // of a free slot: nil
}

// grow returns the subtree of segment and creates a missing one.
func (s *segments) grow(segment string) *tree {
	if next := s.find(segment, false); next != nil {
		return next
	}
	if s.n++; 2*s.n > len(s.slots) {
		old := s.slots
		s.slots = make([]branch, max(2, 2*len(old)))
		for _, b := range old {
			if b.next != nil {
				s.slots[s.slot(b.segment)] = b
			}
		}
	}
	next := new(tree)
	s.slots[s.slot(segment)] = branch{segment, next}
	return next
}

// slot returns the index where segment is or would be stored. segment is not empty.
func (s *segments) slot(segment string) int {
	n := len(segment)
	h := uint32(n)*0x9E3779B1 ^ uint32(segment[0])*0x85EBCA6B ^ uint32(segment[n-1])*0xC2B2AE35 ^ uint32(segment[n/2])*0x27D4EB2F
	h ^= h >> 15
	mask := len(s.slots) - 1
	for i := int(h) & mask; ; i = (i + 1) & mask {
		if b := &s.slots[i]; b.next == nil || b.segment == segment {
			return i
		}
	}
}

// equalEscaped reports whether an escaped segment decodes to plain. A percent sign that encodes nothing is taken
// literally.
func equalEscaped(escaped, plain string) bool {
	j := 0
	for i := 0; i < len(escaped); i, j = i+1, j+1 {
		if j == len(plain) {
			return false
		}
		c := escaped[i]
		if c == '%' && i+2 < len(escaped) {
			if hi, lo := unhex(escaped[i+1]), unhex(escaped[i+2]); hi >= 0 && lo >= 0 {
				c = byte(hi<<4 | lo)
				i += 2
			}
		}
		if c != plain[j] {
			return false
		}
	}
	return j == len(plain)
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
