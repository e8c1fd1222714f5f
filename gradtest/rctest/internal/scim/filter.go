package scim

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// userFilter reports whether a user of SCIM is wanted.
type userFilter = func(world.Object) bool

// newUserFilter reads a filter (RFC 7644, 3.4.2.2): comparisons by eq, ne, co, sw, ew and pr, joined by and, or and
// not, in parentheses where needed. False: it is none, or speaks of attributes that users lack.
func newUserFilter(s string) (userFilter, bool) {
	words, ok := filterWords(s)
	if !ok || len(words) == 0 {
		return nil, false
	}
	p := &filterParser{words: words}
	f := p.either(0)
	if len(p.words) > 0 {
		return nil, false
	}
	return f, f != nil
}

// filterWords takes a filter apart: parentheses, texts in quotes, and what spaces separate.
func filterWords(s string) ([]string, bool) {
	var out []string
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		n := 1
		switch {
		case s[0] == '(' || s[0] == ')':
		case s[0] == '"':
			quoted, err := strconv.QuotedPrefix(s)
			if err != nil {
				return nil, false
			}
			n = len(quoted)
		default:
			if n = strings.IndexFunc(s, func(r rune) bool {
				return unicode.IsSpace(r) ||
					strings.ContainsRune(`()"`, r)
			}); n < 0 {
				n = len(s)
			}
		}
		out, s = append(out, s[:n]), s[n:]
	}
	return out, true
}

// filterParser reads what is left of a filter. A nil result: it cannot be read.
type filterParser struct{ words []string }

// filterDeepest is how deep parentheses may lie in each other.
const filterDeepest = 20

func (p *filterParser) next() string {
	if len(p.words) == 0 {
		return ""
	}
	word := p.words[0]
	p.words = p.words[1:]
	return word
}

// takes takes the next word if it is this one.
func (p *filterParser) takes(word string) bool {
	if len(p.words) == 0 || !strings.EqualFold(p.words[0], word) {
		return false
	}
	p.next()
	return true
}

func (p *filterParser) either(depth int) userFilter {
	left := p.both(depth)
	for left != nil && p.takes("or") {
		a, b := left, p.both(depth)
		if b == nil {
			return nil
		}
		left = func(o world.Object) bool { return a(o) || b(o) }
	}
	return left
}

func (p *filterParser) both(depth int) userFilter {
	left := p.one(depth)
	for left != nil && p.takes("and") {
		a, b := left, p.one(depth)
		if b == nil {
			return nil
		}
		left = func(o world.Object) bool { return a(o) && b(o) }
	}
	return left
}

func (p *filterParser) one(depth int) userFilter {
	if depth > filterDeepest {
		return nil
	}
	if p.takes("not") {
		f := p.one(depth + 1)
		if f == nil {
			return nil
		}
		return func(o world.Object) bool { return !f(o) }
	}
	if p.takes("(") {
		f := p.either(depth + 1)
		if f == nil || !p.takes(")") {
			return nil
		}
		return f
	}
	return p.comparison()
}

func (p *filterParser) comparison() userFilter {
	path, ok := scimAttribute(p.next())
	op := strings.ToLower(p.next())
	if !ok {
		return nil
	}
	if op == "pr" {
		return func(o world.Object) bool { return len(scimValues(o, path)) > 0 }
	}
	compare, value := comparisons[op], p.next()
	if compare == nil || value == "" {
		return nil
	}
	if value[0] == '"' {
		unquoted, err := strconv.Unquote(value)
		if err != nil {
			return nil
		}
		value = unquoted
	} else if !slices.Contains([]string{"true", "false"}, strings.ToLower(value)) {
		return nil
	}
	value = strings.ToLower(value)
	return func(o world.Object) bool {
		return slices.ContainsFunc(scimValues(o, path), func(own string) bool { return compare(strings.ToLower(own), value) })
	}
}

var comparisons = map[string]func(own, value string) bool{
	"eq": func(own, value string) bool { return own == value },
	"ne": func(own, value string) bool { return own != value },
	"co": strings.Contains, "sw": strings.HasPrefix, "ew": strings.HasSuffix,
}

// scimAttributes are those that can be asked for. Their case does not matter. Email alone is how the platform's own
// pages say emails.value.
var scimAttributes = map[string][]string{
	"username": {"userName"}, "externalid": {"externalId"}, "id": {"id"}, "active": {"active"}, "title": {"title"},
	"name.givenname": {"name", "givenName"}, "name.familyname": {"name", "familyName"},
	"email": {"emails", "value"}, "emails": {"emails", "value"}, "emails.value": {"emails", "value"},
	"emails.type":  {"emails", "type"},
	"phonenumbers": {"phoneNumbers", "value"}, "phonenumbers.value": {"phoneNumbers", "value"},
	strings.ToLower(schemaEnterprise) + ":department": {schemaEnterprise, "department"},
}

func scimAttribute(s string) ([]string, bool) {
	path, ok := scimAttributes[strings.ToLower(strings.TrimPrefix(s, schemaUser+":"))]
	return path, ok
}

// scimValues are the values that a user has of an attribute.
func scimValues(o world.Object, path []string) []string {
	if len(path) == 1 {
		if v, ok := world.Scalar(o[path[0]]); ok && v != "" {
			return []string{v}
		}
		return nil
	}
	if in := world.Child(o, path[0]); in != nil {
		return scimValues(in, path[1:])
	}
	var out []string
	for _, in := range world.Children(o, path[0]) {
		out = append(out, scimValues(in, path[1:])...)
	}
	return out
}
