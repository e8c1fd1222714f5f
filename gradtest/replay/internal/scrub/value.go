package scrub

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Rules say what is replaced. The zero value keeps no value.
type Rules struct {
	Keep []string // values that stay as they are; phone numbers with their plus sign

	// Origin is the server's base URL, which [Origin] replaces; empty: none.
	Origin string
}

// Origin replaces the server's base URL. The name is reserved (RFC 2606), so no request can reach it.
const Origin = "https://platform.example"

// shortest is the number of digits from which a number is an id. Shorter ones are counts, page numbers, extension
// numbers and ids of countries and time zones, which identify no person.
const shortest = 5

var (
	secretKey = regexp.MustCompile(`(?i)(token|secret|password|passcode|assertion|credential|jwt|api_?key|verifier|challenge|` +
		`signature|nonce|\bpin\b|^code$|authorization|cookie)`)
	harmlessToken = regexp.MustCompile(`(?i)(token_?type|assertion_type|token_endpoint|expires|ttl|page_?token)`)
	nameKey       = regexp.MustCompile(`(?i)(name$|^name|company|department|jobtitle|city|street|nickname|initials)`)
	textKey       = regexp.MustCompile(`(?i)^(text|subject|message|description|error_description|comment|notes?|title|body|content|html)$`)
	phoneKey      = regexp.MustCompile(`(?i)(phone|fax|mobile|number|^from|^to\b|caller|callee|dialed)`)
	countKey      = regexp.MustCompile(`(?i:size|duration|length|total|expires|ttl|interval|window|page|second|limit|offset|delay|timeout|height|width)|(^c|C)ount$`)
	idKey         = regexp.MustCompile(`(^id$|^ids$|Id$|Ids$|ID$|_id$)`)
	plainKey      = regexp.MustCompile(`^[a-z]+([A-Z_-][A-Za-z]*)*[0-9]{0,2}$`)
	moment        = regexp.MustCompile(`^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$`)
	version       = regexp.MustCompile(`^v?\d{1,4}(\.\d{1,4}){1,2}$`)
	digits        = regexp.MustCompile(`^\d+$`)
	formatted     = regexp.MustCompile(`^\+?[\d() .\x{a0}-]+$`)
	address       = regexp.MustCompile(`^[^\s@<>"',;]+@[^\s@<>"',;]+\.[^\s@<>"',;]+$`)
	media         = regexp.MustCompile(`^(application|audio|image|text|video|multipart|message)/[a-z0-9.+-]{1,24}$`)
	wordKey       = regexp.MustCompile(`(?i)^(feature|permission|parameter|category|event|service)name$`)
	zone          = regexp.MustCompile(`^(US|America|Europe|Asia|Africa|Australia|Pacific|Atlantic|Indian|Antarctica|Etc)/[A-Z][A-Za-z_]{1,20}$`)
	locale        = regexp.MustCompile(`^[a-z]{2,3}([-_][A-Z][A-Za-z]{1,3})?$`)
	web           = regexp.MustCompile(`^(https?|wss?)://[^\s]+$`)
	opaque        = regexp.MustCompile(`^[A-Za-z0-9._:|=+/~@!-]+$`)
)

// words are values that the schemas of the platform do not list.
var words = []string{
	"bearer", "Bearer", "true", "false", "~", "*", "asc", "desc", "password", "authorization_code", "refresh_token",
	"client_credentials", "guest", "urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:device_code",
	"urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "All", "Default",
}

// Value returns the parts of the value of a member, parameter or header. What is not known to be harmless is replaced.
func (r Rules) Value(key, v string) []Part {
	switch {
	case strings.TrimSpace(v) == "":
		return keep(v)
	case slices.Contains(r.Keep, v):
		return keep(v)
	case secretKey.MatchString(key) && !harmlessToken.MatchString(key):
		return []Part{{Kind: Token, Text: v}}
	case slices.Contains(words, v):
		return keep(v)
	case textKey.MatchString(key): // also one that looks like a number
		return []Part{{Kind: Text, Text: v}}
	case moment.MatchString(v):
		return []Part{{Kind: Time, Text: v}}
	case web.MatchString(v):
		return r.URL(v)
	case address.MatchString(v):
		return []Part{{Kind: Email, Text: v}}
	case formatted.MatchString(v) && strings.ContainsAny(v, "0123456789"):
		return r.number(key, v)
	case zone.MatchString(v), wordKey.MatchString(key) && shape.IsWord(v):
		return keep(v)
	case nameKey.MatchString(key):
		return name(v)
	case harmless(key, v):
		return keep(v)
	case digitsIn(v) > 0 && opaque.MatchString(v):
		return []Part{{Kind: ID, Text: v}}
	}
	return []Part{{Kind: Text, Text: v}}
}

// harmless reports whether a value is one of a fixed set.
func harmless(key, v string) bool {
	switch {
	case shape.IsWord(v), version.MatchString(v), media.MatchString(v):
		return true
	case strings.Contains(strings.ToLower(key), "error") || key == "code":
		return safetext.ErrorCode(v) != ""
	case key == "scope" || key == "permissionName":
		for _, s := range rcapi.ParseScopes(v) {
			if !s.Known() {
				return false
			}
		}
		return true
	case strings.Contains(strings.ToLower(key), "locale"), key == "isoCode", key == "language", key == "greetingLanguage":
		return locale.MatchString(v) || len(v) == 2
	}
	for w := range strings.SplitSeq(v, ",") { // a list in a query
		if !shape.IsWord(w) {
			return false
		}
	}
	return true
}

// Number returns the parts of a number in JSON, which stays a number.
func (r Rules) Number(key, v string) []Part {
	switch {
	case slices.Contains(r.Keep, v), !digits.MatchString(v):
		return keep(v)
	case secretKey.MatchString(key) && !harmlessToken.MatchString(key):
		return []Part{{Kind: ID, Text: v}}
	}
	return r.number(key, v)
}

// number returns the parts of a value of digits, signs and spaces.
func (r Rules) number(key, v string) []Part {
	n := digitsIn(v)
	plus := strings.HasPrefix(v, "+")
	switch {
	case plus && n >= 7 && n == len(v)-1:
		return []Part{{Kind: Keep, Text: "+"}, {Kind: Phone, Text: v[1:]}}
	case n >= 7 && n <= 15 && n < len(v) && !version.MatchString(v):
		return []Part{{Kind: Phone, Text: v}} // with signs, as people write it
	case digits.MatchString(v) && n >= 10 && n <= 15 && phoneKey.MatchString(key) && !idKey.MatchString(key):
		return []Part{{Kind: Phone, Text: v}}
	case n < shortest, digits.MatchString(v) && n < 10 && countKey.MatchString(key) && !idKey.MatchString(key):
		return keep(v)
	case version.MatchString(v):
		return keep(v)
	}
	return []Part{{Kind: ID, Text: v}}
}

// name returns the words of a name as parts.
func name(v string) []Part {
	var parts []Part
	kind := func(c rune) bool {
		return unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c) || c == utf8.RuneError
	}
	for v != "" {
		end := strings.IndexFunc(v, kind)
		if end == 0 {
			if end = strings.IndexFunc(v, func(c rune) bool { return !kind(c) }); end < 0 {
				end = len(v)
			}
			p := Part{Kind: Name, Text: v[:end]}
			switch {
			case digits.MatchString(p.Text) && len(p.Text) < shortest:
				p.Kind = Keep
			case digitsIn(p.Text) > 0:
				p.Kind = ID
			}
			parts, v = append(parts, p), v[end:]
			continue
		}
		if end < 0 {
			end = len(v)
		}
		parts, v = append(parts, Part{Kind: Keep, Text: v[:end]}), v[end:]
	}
	return parts
}

func digitsIn(s string) (n int) {
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n++
		}
	}
	return n
}

// IsKey reports whether s can be the name of a member or parameter, and not a value in the place of one: it is a name
// of the platform's schemas, or written like one.
func IsKey(s string) bool { return shape.IsName(s) || len(s) <= 64 && plainKey.MatchString(s) }
