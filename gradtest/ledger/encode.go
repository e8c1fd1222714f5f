package ledger

import (
	"encoding/json"
	"fmt"
	"hash/crc32"
	"strconv"
	"time"
	"unicode/utf8"
)

// version is the format of the lines that [Encode] writes.
const version = 1

// castagnoli has hardware behind it on all current machines.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksumKey is the last key of a line; its value covers every byte before it.
const checksumKey = `,"c":"`

// Encode appends r to b as one line, newline included: a JSON object whose keys stand in a fixed order, those of zero
// fields left out, with the format's version first and a CRC-32C last. It fails as [Record.Validate] does.
func Encode(b []byte, r Record) ([]byte, error) {
	if err := r.Validate(); err != nil {
		return b, err
	}
	return encode(b, &r)
}

// encode is Encode for a record that is known to be valid.
func encode(b []byte, r *Record) ([]byte, error) {
	start := len(b)
	b = append(b, `{"v":`...)
	b = strconv.AppendInt(b, version, 10)
	b = appendTime(b, `,"at":`, r.At)
	b = appendText(b, `,"k":`, string(r.Kind))
	b = appendText(b, `,"id":`, r.ID)
	b = appendTime(b, `,"sent":`, r.Sent)
	b = appendTime(b, `,"latest":`, r.Latest)
	b = appendText(b, `,"op":`, r.Op)
	b = appendText(b, `,"m":`, r.Method)
	b = appendText(b, `,"p":`, r.Path)
	b = appendList(b, `,"g":`, r.Groups)
	b = appendList(b, `,"sc":`, r.Scopes)
	b = appendInt(b, `,"st":`, int64(r.Status))
	b = appendText(b, `,"code":`, r.Code)
	b = appendText(b, `,"rid":`, r.RequestID)
	b = appendFlag(b, `,"oauth":true`, r.OAuth)
	b = appendFlag(b, `,"fault":true`, r.Fault)
	b = appendFlag(b, `,"part":true`, r.Partial)
	if s := r.Signal; s != (Record{}.Signal) {
		b = append(b, `,"sig":{`...)
		first := len(b)
		b = appendText(b, `,"g":`, s.Group)
		b = appendInt(b, `,"l":`, int64(s.Limit))
		b = appendInt(b, `,"w":`, int64(s.Window))
		b = appendInt(b, `,"r":`, int64(s.Remaining))
		b = appendInt(b, `,"ra":`, int64(s.RetryAfter))
		b = appendFlag(b, `,"x":true`, s.Refused)
		b = append(append(b[:first], b[first+1:]...), '}')
	}
	if r.Declared != nil {
		decl, err := json.Marshal(r.Declared)
		if err != nil {
			return b[:start], fmt.Errorf("ledger: encode declaration: %w", err)
		}
		b = append(append(b, `,"decl":`...), decl...)
	}
	b = appendChecksum(b, start)
	if n := len(b) - start; n > longestLine {
		return b[:start], &InvalidError{"Declared", fmt.Sprintf("makes a line of %d bytes, %d is the most: declare fewer endpoints in one app", n, longestLine)}
	}
	return b, nil
}

// appendChecksum ends the line that began at start.
func appendChecksum(b []byte, start int) []byte {
	sum := hex8(crc32.Checksum(b[start:], castagnoli))
	b = append(b, checksumKey...)
	b = append(b, sum[:]...)
	return append(b, "\"}\n"...)
}

func hex8(n uint32) (text [8]byte) {
	const digits = "0123456789abcdef"
	for i := len(text) - 1; i >= 0; i-- {
		text[i] = digits[n&15]
		n >>= 4
	}
	return text
}

func appendTime(b []byte, key string, t time.Time) []byte {
	if t.IsZero() {
		return b
	}
	b = append(append(b, key...), '"')
	b = t.UTC().AppendFormat(b, time.RFC3339Nano)
	return append(b, '"')
}

func appendInt(b []byte, key string, n int64) []byte {
	if n == 0 {
		return b
	}
	return strconv.AppendInt(append(b, key...), n, 10)
}

func appendFlag(b []byte, text string, set bool) []byte {
	if !set {
		return b
	}
	return append(b, text...)
}

func appendList(b []byte, key string, list []string) []byte {
	if len(list) == 0 {
		return b
	}
	b = append(b, key...)
	for i, s := range list {
		open := byte(',')
		if i == 0 {
			open = '['
		}
		b = appendString(append(b, open), s)
	}
	return append(b, ']')
}

func appendText(b []byte, key, s string) []byte {
	if s == "" {
		return b
	}
	return appendString(append(b, key...), s)
}

// appendString quotes s as JSON. What is not valid UTF-8 becomes U+FFFD.
func appendString(b []byte, s string) []byte {
	const digits = "0123456789abcdef"
	start, done := len(b), 0
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && n == 1 {
				return appendString(b[:start], valid(s))
			}
			i += n
		case c == '"' || c == '\\':
			b = append(append(b, s[done:i]...), '\\', c)
			i++
			done = i
		case c < ' ':
			b = append(append(b, s[done:i]...), '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
			i++
			done = i
		default:
			i++
		}
	}
	return append(append(b, s[done:]...), '"')
}
