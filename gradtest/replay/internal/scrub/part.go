package scrub

import "net/url"

// Kind says what a part of a text is. Kinds are ordered: of a text with several kinds, the greatest counts.
type Kind int

const (
	Keep  Kind = iota // harmless: stays
	Time              // a date or moment: stays, and matches any other
	Text              // a message, or any text that is nothing else
	ID                // digits and letters without spaces
	Name              // one word of a name
	Email             // an address
	Phone             // digits of a phone number, without signs
	Token             // a token, a password, or another credential
)

var kinds = [...]string{"text", "time", "text", "id", "name", "email address", "phone number", "secret"}

func (k Kind) String() string { return kinds[k] }

// Part is a stretch of a text. The parts of a text are the whole of it.
type Part struct {
	Kind Kind
	Text string // decoded
	raw  string // as it was written, if that differs
	code coding
}

// coding is how a part is written.
type coding int

const (
	plain coding = iota
	inPath
	inQuery
)

// Replaced reports whether the part is replaced in a cassette.
func (p Part) Replaced() bool { return p.Kind > Time }

// written returns text the way the part is written.
func (p Part) written(text string) string {
	if text == p.Text && p.raw != "" {
		return p.raw
	}
	switch p.code {
	case inPath:
		return url.PathEscape(text)
	case inQuery:
		return url.QueryEscape(text)
	}
	return text
}

// Write joins parts, each replaced part by what replace returns for it.
func Write(parts []Part, replace func(Part) string) string {
	out := ""
	for _, p := range parts {
		if text := p.Text; p.Replaced() {
			out += p.written(replace(p))
		} else {
			out += p.written(text)
		}
	}
	return out
}

// Plain joins parts as they are.
func Plain(parts []Part) string { return Write(parts, func(p Part) string { return p.Text }) }

func keep(s string) []Part { return []Part{{Kind: Keep, Text: s}} }

// encoded marks the parts of a decoded text with how it was written.
func encoded(parts []Part, raw string, code coding) []Part {
	for i := range parts {
		parts[i].code = code
	}
	if len(parts) == 1 {
		parts[0].raw = raw
	}
	return parts
}
