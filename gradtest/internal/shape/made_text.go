package shape

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// text generates a string.
func (w *writer) text(s *Shape, at path) string {
	h := w.hash(at)
	if v, ok := s.Default.(string); ok && s.fitsString(v) && !isFailureState(v) && at.index() == 0 {
		return v
	}
	if len(s.Enum) > 0 {
		return s.state(at)
	}
	v := w.byFormat(s, at, h)
	if v == "" {
		v = w.byName(at, h)
	}
	return s.fit(v, h)
}

// state returns the first enum value that is not about a failure. Items of the same list get different values.
func (s *Shape) state(at path) string {
	i := at.index()
	for _, errors := range []bool{false, true} {
		for _, e := range s.Enum {
			v, ok := e.(string)
			if !ok || isFailureState(v) != errors {
				continue
			}
			if i == 0 {
				return v
			}
			i--
		}
	}
	v, _ := s.Enum[0].(string)
	return v
}

// fit adjusts a string to the length and pattern of the shape.
func (s *Shape) fit(v string, h uint64) string {
	if s.MaxLength > 0 && utf8.RuneCountInString(v) > s.MaxLength {
		v = string([]rune(v)[:s.MaxLength])
	}
	for i := 0; utf8.RuneCountInString(v) < s.MinLength; i++ {
		v += string(rune('a' + i%26))
	}
	if s.fitsString(v) {
		return v
	}
	all := digits(h, 18)
	for _, try := range [...]string{
		"+1650555" + all[:4], all[:9], all[:6], all[:4], all[:3], all[:1], "9", "650", "2026-01-01T09:00:00", "a",
	} {
		if s.fitsString(try) {
			return try
		}
	}
	return v
}

// digits returns n digits, at most 19, of which the first is not 0.
func digits(h uint64, n int) string {
	var b [19]byte
	b[0] = '1' + byte(h%9)
	for i := 1; i < n; i++ {
		h /= 9
		if h < 1<<20 {
			h += 0x9e3779b97f4a7c15
		}
		b[i] = '0' + byte(h%10)
	}
	return string(b[:n])
}

func (w *writer) byFormat(s *Shape, at path, h uint64) string {
	name := at.last()
	switch s.Format {
	case "date-time":
		return w.timeByName(name, h).Format(PlatformTime)
	case "date":
		return w.timeByName(name, h).Format(platformDate)
	case "time":
		if hasSuffixFold(name, "to") || strings.HasPrefix(name, "end") {
			return "18:00:00"
		}
		return "09:00:00"
	case "uri":
		if name == "id" {
			return w.id(at, h)
		}
		return w.address(at)
	case "email":
		return w.email(h)
	case "uuid":
		if isUUID(w.name()) && w.ownMember(at, "id") {
			return w.name()
		}
		return uuid(h)
	case "ipv4":
		return "192.0.2." + strconv.FormatUint(1+h%254, 10)
	case "password":
		return "********"
	case "byte":
		return base64.StdEncoding.EncodeToString([]byte(digits(h, 9)))
	}
	return ""
}

// timeByName returns a time that suits the name: starts are before ends, creation before changes.
func (w *writer) timeByName(name string, h uint64) time.Time {
	now := w.now().Truncate(time.Millisecond)
	name = strings.ToLower(name)
	has := func(word string) bool { return strings.Contains(name, word) }
	switch {
	case has("expir"):
		return now.Add(24 * time.Hour)
	case has("creat"):
		return now.Add(-time.Duration(30*24*60+h%1440) * time.Minute)
	case has("end") && !has("send"), has("timeto"), has("dateto"):
		return now.Add(-time.Duration(1+h%20) * time.Minute)
	case has("start"), has("begin"), has("timefrom"), has("datefrom"):
		return now.Add(-time.Duration(30+h%30) * time.Minute)
	}
	return now.Add(-time.Duration(60+h%600) * time.Minute)
}

func (w *writer) id(at path, h uint64) string {
	if w.ownMember(at, "id") && (isUUID(w.name()) || isWholeNumber(w.name())) {
		return w.name()
	}
	return digits(h, idLength(h))
}

func idLength(h uint64) int { return 9 + int(h>>60)%4 }

// isWholeNumber reports whether a string is a number that can be an id in JSON unchanged.
func isWholeNumber(text string) bool {
	if text == "" || len(text) > 18 || text[0] == '0' && len(text) > 1 {
		return false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return true
}

func (w *writer) email(h uint64) string {
	return strings.ToLower(pick(firstNames, h)) + "." + strings.ToLower(pick(lastNames, h>>8)) + "@example.com"
}

func uuid(h uint64) string {
	const hex = "0123456789abcdef"
	b := []byte("00000000-0000-4000-8000-000000000000")
	for i := range b {
		if b[i] == '0' {
			b[i] = hex[h&15]
			h = h>>4 | h<<60
			h ^= h >> 7 * uint64(i)
		}
	}
	return string(b)
}

// address reports whether a member holds a URI.
func address(s *Shape, name string) bool {
	return s.Format == "uri" || hasSuffixFold(name, "uri") || hasSuffixFold(name, "url") ||
		name == "href" || name == "location" || name == "$ref"
}

// isResource reports whether a member holds the address of a resource of the platform, not of a web page.
func isResource(name string) bool {
	switch strings.ToLower(name) {
	case "uri", "href", "contenturi", "downloaduri", "rsrecorduri", "archiveuri":
		return true
	}
	return false
}

// address generates a URI that ends in the id of its resource.
func (w *writer) address(at path) string {
	base, folder := w.Base, "/restapi/v1.0/"
	if w.Home != "" && isResource(at.last()) {
		return base + w.Home
	}
	if w.Home != "" {
		base, folder = "", "/"
	}
	if base == "" {
		base = "https://example.com"
	}
	resource := at.parent()
	if resource == "" || resource == "records" {
		resource = "things"
	}
	id := ""
	if n := len(at); n > 0 && at[n-1].item < 0 {
		name := at[n-1].name
		at[n-1].name = "id"
		id = w.id(at, w.hash(at))
		at[n-1].name = name
	} else {
		id = w.id(at, w.hash(at))
	}
	return base + folder + resource + "/" + id
}
