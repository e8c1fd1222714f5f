package lines

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
)

// Hash is the SHA-256 of a line with its newline.
type Hash [sha256.Size]byte

// String returns the hash as lines carry it: base64 with the URL alphabet, without padding.
func (h Hash) String() string { return hashCode.EncodeToString(h[:]) }

// ParseHash reads what [Hash.String] returns.
func ParseHash(text string) (h Hash, ok bool) { return parseHash([]byte(text)) }

func parseHash(text []byte) (h Hash, ok bool) {
	if len(text) != hashSize {
		return h, false
	}
	n, err := hashCode.Decode(h[:], text)
	return h, err == nil && n == len(h) // it skips newlines
}

var hashCode = base64.RawURLEncoding.Strict()

// hashSize is the length of a hash as text.
var hashSize = hashCode.EncodedLen(len(Hash{}))

// HashOf returns the hash of a line that is given with its newline.
func HashOf(line []byte) Hash { return sha256.Sum256(line) }

// Link is the place of a line in the chain of its file.
type Link struct {
	N    int64 // the number of the line among those of the chain, from 1
	Prev Hash  // the hash of line N-1; of the first line: that of Before
	First
}

// First is what the first line of a chain says about what was there when it was written.
type First struct {
	Before Place // where the chain before this one stood; the zero value: there was none
	Late   bool  // a later chain was there already
	From   int64 // the offset at which the line was written; not 0 if lines without a link precede it
}

// Place is a line of another chain.
type Place struct {
	Day string // names the chain
	N   int64  // 0: it had no line with a link
}

// The members of a link. They follow all others of a line, and the checksum follows them.
const (
	beforeKey = `,"after":"`
	lateKey   = `,"late":true`
	fromKey   = `,"from":`
	numberKey = `,"n":`
	prevKey   = `,"h":"`
)

// LinkKeys are the keys of the members of a link.
var LinkKeys = []string{"after", "late", "from", "n", "h"}

// AppendLink appends the members of a link to a line that [Seal] has not ended yet.
func AppendLink(b []byte, l Link) []byte {
	if l.Before.Day != "" {
		b = append(append(append(b, beforeKey...), l.Before.Day...), '#')
		b = append(strconv.AppendInt(b, l.Before.N, 10), '"')
	}
	if l.Late {
		b = append(b, lateKey...)
	}
	if l.From != 0 {
		b = strconv.AppendInt(append(b, fromKey...), l.From, 10)
	}
	b = strconv.AppendInt(append(b, numberKey...), l.N, 10)
	b = hashCode.AppendEncode(append(b, prevKey...), l.Prev[:])
	return append(b, '"')
}

// CutLink splits the body of a line into its record and its link. ok is false, and record is the whole body, if there
// is no link.
func CutLink(body []byte) (record []byte, l Link, ok bool) {
	at := len(body) - len(prevKey) - hashSize - 1
	if at < 0 || string(body[at:at+len(prevKey)]) != prevKey || body[len(body)-1] != '"' {
		return body, Link{}, false
	}
	if l.Prev, ok = parseHash(body[at+len(prevKey) : len(body)-1]); !ok {
		return body, Link{}, false
	}
	record = body[:at]
	if record, l.N, ok = cutNumber(record, numberKey); !ok || l.N < 1 {
		return body, Link{}, false
	}
	if l.N > 1 {
		return record, l, true
	}
	if rest, n, ok := cutNumber(record, fromKey); ok && n > 0 {
		record, l.From = rest, n
	}
	if rest, ok := bytes.CutSuffix(record, []byte(lateKey)); ok {
		record, l.Late = rest, true
	}
	if n := len(record); n > 0 && record[n-1] == '"' {
		if rest, count, ok := cutNumber(record[:n-1], "#"); ok && len(rest) >= len(beforeKey)+dayLen {
			at := len(rest) - dayLen
			if day := rest[at:]; bytes.HasSuffix(rest[:at], []byte(beforeKey)) {
				l.Before = Place{string(day), count}
				record = rest[:at-len(beforeKey)]
			}
		}
	}
	return record, l, true
}

// dayLen is the length of the name of a chain.
const dayLen = len("2006-01-02")

// cutNumber cuts a key and a number in its shortest form off the end of b.
func cutNumber(b []byte, key string) (rest []byte, n int64, ok bool) {
	at := len(b)
	for at > 0 && b[at-1] >= '0' && b[at-1] <= '9' {
		at--
	}
	digits := b[at:]
	if len(digits) == 0 || len(digits) > 18 || digits[0] == '0' && len(digits) > 1 || !bytes.HasSuffix(b[:at], []byte(key)) {
		return b, 0, false
	}
	for _, d := range digits {
		n = n*10 + int64(d-'0')
	}
	return b[:at-len(key)], n, true
}
