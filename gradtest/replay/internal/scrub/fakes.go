package scrub

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// Fakes replace values. The same value always gets the same replacement, and two values never share one. With the same
// key, replacements are the same in every recording; without the key, nothing leads back from one to the value.
type Fakes struct {
	key   []byte
	kinds map[string]Kind // of the values
	of    map[string]string
	used  map[string]bool // replacements, and values: no value is the replacement of another
}

// Learn takes in a part before the first replacement is made.
func (f *Fakes) Learn(p Part) {
	if p.Replaced() {
		f.kinds[p.Text] = max(f.kinds[p.Text], p.Kind)
	}
}

// NewFakes returns Fakes that have learnt nothing.
func NewFakes(key []byte) *Fakes {
	return &Fakes{key: key, kinds: make(map[string]Kind), of: make(map[string]string), used: make(map[string]bool)}
}

// Make makes all replacements. Values that compete for one get theirs in order, so that the result does not depend on
// when they were learnt.
func (f *Fakes) Make() {
	values := slices.Sorted(maps.Keys(f.kinds))
	for _, v := range values {
		f.used[v] = true
	}
	for _, v := range values {
		f.of[v] = f.make(f.kinds[v], v)
	}
}

// Of returns the replacement of a part that was learnt.
func (f *Fakes) Of(p Part) string { return f.of[p.Text] }

// Values returns the values of at least a kind.
func (f *Fakes) Values(least Kind) (values []string) {
	for v, kind := range f.kinds {
		if kind >= least {
			values = append(values, v)
		}
	}
	return values
}

// tries bounds the search for a replacement that is not in use.
const tries = 10_000

func (f *Fakes) make(kind Kind, v string) string {
	for n := range tries {
		fake := form(kind, v, f.stream(kind, v, n), n > tries/2)
		if f.used[fake] || n < tries/10 && !sameKind(kind, fake) {
			continue
		}
		f.used[fake] = true
		return fake
	}
	for n := 0; ; n++ { // more values than there are numbers of their length
		fake := fmt.Sprint(form(kind, v, f.stream(kind, v, n), true), n)
		if !f.used[fake] {
			f.used[fake] = true
			return fake
		}
	}
}

// sameKind reports whether a replacement would be replaced again, so that a request is compared by the same rules with
// the value and with its replacement.
func sameKind(kind Kind, fake string) bool {
	switch kind {
	case ID:
		parts := Rules{}.Value("", fake)
		return len(parts) == 1 && parts[0].Kind != Keep && parts[0].Kind != Time
	case Name, Text:
		return !shape.IsWord(fake)
	}
	return true
}

// stream returns pseudo-random bytes for a value, without end.
func (f *Fakes) stream(kind Kind, v string, n int) func() byte {
	if kind == Phone {
		v = canonical(v)
	}
	var block []byte
	count := 0
	return func() byte {
		if len(block) == 0 {
			mac := hmac.New(sha256.New, f.key)
			fmt.Fprintf(mac, "%d %d %d %s", kind, n, count, v)
			block, count = mac.Sum(nil), count+1
		}
		b := block[0]
		block = block[1:]
		return b
	}
}

// form writes a replacement in the form of a value.
func form(kind Kind, v string, next func() byte, crowded bool) string {
	switch kind {
	case Token:
		return "FAKE-TOKEN-" + random(next, 16)
	case Email:
		return "user-" + strings.ToLower(random(next, 8)) + "@example.com"
	case Phone:
		return phone(v, next, crowded)
	case Name:
		return pronounceable(v, next)
	case Text:
		return "Text " + strings.ToLower(random(next, 8))
	}
	return alike(v, next)
}

func random(next func() byte, n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = next()
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)[:n]
}

// alike keeps the length of an id and the class of each character: a digit stays a digit, and hexadecimal digits stay
// such.
func alike(v string, next func() byte) string {
	hex := strings.Trim(v, "0123456789abcdefABCDEF-") == "" && strings.ContainsAny(v, "0123456789")
	letters := 26
	if hex {
		letters = 6
	}
	var b strings.Builder
	for i, c := range v {
		r := rune(next())
		switch {
		case c >= '0' && c <= '9':
			switch {
			case i == 0 && len(v) == 10 && c <= '2': // what fits into an int32 still does
				b.WriteRune(min(c, '1'))
			case i == 0 && c != '0': // also the greatest number of 16 digits stays exact in a float64
				b.WriteRune('1' + r%8)
			default:
				b.WriteRune('0' + r%10)
			}
		case c >= 'a' && c <= 'z':
			b.WriteRune('a' + r%rune(letters))
		case c >= 'A' && c <= 'Z':
			b.WriteRune('A' + r%rune(letters))
		case unicode.IsLetter(c) || c == utf8.RuneError:
			b.WriteRune('a' + r%26)
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// pronounceable returns a word of about the same length that begins with a letter of the same case.
func pronounceable(v string, next func() byte) string {
	const consonants, vowels = "bdfgklmnprstvz", "aeiou"
	n := min(max(utf8.RuneCountInString(v), 4), 9)
	b := make([]byte, n)
	for i := range b {
		set := consonants
		if i%2 == 1 {
			set = vowels
		}
		b[i] = set[int(next())%len(set)]
	}
	if first, _ := utf8.DecodeRuneInString(v); !unicode.IsLower(first) {
		b[0] -= 'a' - 'A'
	}
	return string(b)
}

// canonical returns the digits of a phone number, with the country code of one that lacks it.
func canonical(v string) string {
	var b strings.Builder
	for _, c := range v {
		if c >= '0' && c <= '9' {
			b.WriteRune(c)
		}
	}
	if b.Len() == 10 {
		return "1" + b.String()
	}
	return b.String()
}

// phone returns a number of the North American plan that is reserved for fiction, 555-0100 to 555-0199 in any area, in
// the form of v if that has as many digits. When these are crowded, the whole exchange 555 is used.
func phone(v string, next func() byte, crowded bool) string {
	area := fmt.Sprintf("%d%d%d", 2+next()%8, next()%9, 2+next()%8)
	line := fmt.Sprintf("01%d%d", next()%10, next()%10)
	if crowded {
		line = fmt.Sprintf("%d%d%d%d", next()%10, next()%10, next()%10, next()%10)
	}
	number := "1" + area + "555" + line
	n := digitsIn(v)
	if n != 10 && n != 11 {
		return number
	}
	number = number[11-n:]
	var b strings.Builder
	i := 0
	for _, c := range v {
		if c >= '0' && c <= '9' {
			b.WriteByte(number[i])
			i++
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}
