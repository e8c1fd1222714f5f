package flow

import "strings"

// A text is a string in which runes of the private-use area mark what is not known, so that the functions of package
// strings work on it.
const (
	Hole  = '\uE000' // one unknown value, taken to have no slash
	Any   = '\uE001' // unknown text of any shape
	Query = '\uE002' // an unknown query string, with or without its question mark

	hole, anyText, queryText = string(Hole), string(Any), string(Query)
)

const holes = hole + anyText + queryText

// Known reports whether nothing of a text is unknown.
func Known(s string) bool { return !strings.ContainsAny(s, holes) }

// Blank reports whether nothing of a text is known.
func Blank(s string) bool { return strings.Trim(s, holes) == "" }

// unknown returns the mark for a value that the code calls name.
func unknown(name string) string {
	name = strings.ToLower(name)
	for _, w := range []string{"query", "params", "qs", "args", "filter"} {
		if strings.Contains(name, w) {
			return queryText
		}
	}
	for _, w := range []string{"path", "url", "uri", "endpoint", "route", "link", "href", "resource", "host", "base"} {
		if strings.Contains(name, w) {
			return anyText
		}
	}
	return hole
}

// sprintf formats texts. A verb without an argument is kept as a hole.
func sprintf(format string, args []string) string {
	var b strings.Builder
	next := 0
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			b.WriteByte(format[i])
			continue
		}
		j := i + 1
		for j < len(format) && strings.IndexByte("+-# 0123456789.[]*", format[j]) >= 0 {
			j++
		}
		if j >= len(format) {
			break
		}
		flags, verb := format[i+1:j], format[j]
		i = j
		if verb == '%' {
			b.WriteByte('%')
			continue
		}
		if open := strings.IndexByte(flags, '['); open >= 0 {
			n := 0
			for _, c := range flags[open+1:] {
				if c < '0' || c > '9' {
					break
				}
				n = n*10 + int(c-'0')
			}
			next = n - 1
		}
		arg := hole
		if next >= 0 && next < len(args) {
			arg = args[next]
		}
		next++
		switch {
		case verb == 'q':
			b.WriteString(`"` + arg + `"`)
		case arg == "" && verb == 'd': // the zero value of a number
			b.WriteString("0")
		case verb == 's' || verb == 'v' || verb == 'd':
			b.WriteString(arg)
		default:
			b.WriteString(hole)
		}
	}
	return b.String()
}

// Resolve returns what a reference means at a base, as url.URL.ResolveReference does.
func Resolve(base, ref string) string {
	if ref == "" {
		return base
	}
	if strings.Contains(ref, "://") || Blank(base) && !strings.HasPrefix(ref, "/") && base == "" {
		return ref
	}
	base = cutQuery(base)
	host, path := splitHost(base)
	if strings.HasPrefix(ref, "/") {
		return host + ref
	}
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		path = path[:i+1]
	} else if path == "" {
		path = "/"
	}
	return host + path + strings.TrimPrefix(ref, "./")
}

// splitHost divides a URL into scheme and host, and path. A base that is not known is a host.
func splitHost(s string) (host, path string) {
	at := 0
	if i := strings.Index(s, "://"); i >= 0 {
		at = i + 3
	} else if !strings.HasPrefix(s, hole) && !strings.HasPrefix(s, anyText) && !strings.HasPrefix(s, queryText) {
		return "", s
	}
	if i := strings.IndexByte(s[at:], '/'); i >= 0 {
		return s[:at+i], s[at+i:]
	}
	return s, ""
}

// cutQuery removes query and fragment.
func cutQuery(s string) string {
	if i := strings.IndexAny(s, "?#"); i >= 0 {
		s = s[:i]
	}
	return s
}

// joinPath joins as url.JoinPath does, without cleaning what is unknown.
func joinPath(base string, elems ...string) string {
	base = cutQuery(base)
	for _, e := range elems {
		switch {
		case e == "":
		case base == "":
			base = e
		default:
			base = strings.TrimSuffix(base, "/") + "/" + strings.TrimPrefix(e, "/")
		}
	}
	return base
}
