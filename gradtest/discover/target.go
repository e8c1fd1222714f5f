package discover

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/discover/internal/flow"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// kind is what a method and a URL turn out to be.
type kind int

const (
	foreign    kind = iota // not the platform
	nothing                // nothing is known of the URL
	known                  // an operation of the catalogue
	generic                // the same, but other companies' APIs have such paths too, and the host is not known
	unresolved             // the platform, but not which operation
	lacking                // the platform, but not in the catalogue
)

// target is what a method and a URL mean.
type target struct {
	kind      kind
	operation rcapi.Operation
	method    string // empty: not known
	path      string // with {} for holes
	reason    string
	could     []string
}

var methods = []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions}

// classify decides what a request is. The URL is a text with holes.
func classify(method, url string) target {
	if !flow.Known(method) || !slices.Contains(methods, method) {
		method = ""
	}
	h, path := divide(url)
	if h == otherHost {
		return target{}
	}
	t := target{method: method}
	if path == "" || flow.Blank(path) {
		if h == noHost && flow.Blank(url) && url != "" {
			t.kind = nothing
		}
		if h == platformHost && path != "" {
			t.kind, t.path, t.reason = unresolved, "{}", "the path is not known"
		}
		return t
	}
	path = "/" + strings.TrimLeft(path, "/")
	segments, vague := split(path)
	t.path = "/" + strings.Join(segments, "/")
	first := segments[0]
	if h != platformHost && !prefixes()[first] {
		return short(t)
	}
	if method != "" && !vague {
		op, ok := rcapi.Match(method, t.path)
		if single := slashes.ReplaceAllString(path, "/"); !ok && single != path {
			segments, _ = split(single)
			t.path = "/" + strings.Join(segments, "/")
			op, ok = rcapi.Match(method, t.path)
		}
		if ok {
			t.kind, t.operation = known, op
			if h != platformHost && !distinctive(first) {
				t.kind = generic
			}
			return t
		}
	}
	if h != platformHost && !distinctive(first) {
		return target{}
	}
	t.could = candidates(method, segments, vague)
	switch {
	case method == "":
		t.kind, t.reason = unresolved, "the method is not known"
	case vague, len(t.could) > 0 && strings.Contains(t.path, "{}"):
		t.kind = unresolved
	default:
		t.kind = lacking
	}
	return t
}

// short decides about a path such as /account/~/extension/~/sms behind a base that is not known.
func short(t target) target {
	if !strings.Contains(t.path, "/~") {
		return target{}
	}
	for _, prefix := range []string{"/restapi/v1.0", "/restapi", "/restapi/v2", "/restapi/v1.0/account/~"} {
		if op, ok := rcapi.Match(cmp.Or(t.method, "GET"), prefix+t.path); ok {
			t.kind = unresolved
			t.reason = "the base URL is not known; if it ends with " + prefix + ", this is " + op.ID
			t.could = []string{op.ID}
			return t
		}
	}
	return target{}
}

// hostKind says whose host a URL has.
type hostKind int

const (
	noHost       hostKind = iota // not known
	platformHost                 // RingCentral's
	otherHost                    // another company's
)

// divide returns whose host a URL has, and its path without query.
func divide(url string) (hostKind, string) {
	if i := strings.IndexAny(url, "?#"+string(flow.Query)); i >= 0 {
		if url[i] != '?' && url[i] != '#' && i == 0 {
			return noHost, ""
		}
		url = url[:i]
	}
	if url == "" {
		return noHost, ""
	}
	if scheme, rest, ok := strings.Cut(url, "://"); ok && !strings.Contains(scheme, "/") {
		host, path, slash := strings.Cut(rest, "/")
		if slash {
			path = "/" + path
		}
		if !slash && !flow.Known(host) { // a host with a path in a hole, or followed by one without a slash
			i := strings.IndexAny(host, string(flow.Hole)+string(flow.Any))
			switch {
			case i == 0 && len(host) > 3:
				host, path = host[:3], host[3:]
			case whose(host[:i]) == platformHost:
				host, path = host[:i], host[i:]
			}
		}
		return whose(host), path
	}
	rest := strings.TrimLeft(url, string(flow.Hole)+string(flow.Any))
	switch {
	case rest == "":
		return noHost, ""
	case rest != url && strings.HasPrefix(rest, ":"): // host and port
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			return noHost, rest[i:]
		}
		return noHost, ""
	case rest != url && rest[0] != '/' && !prefixes()[before(rest, "/")]:
		return otherHost, "" // a segment that is known in part
	case rest == url && rest[0] != '/' && !prefixes()[before(rest, "/")]:
		host, path, _ := strings.Cut(rest, "/")
		if k := whose(host); k == platformHost {
			return k, "/" + path
		}
		return otherHost, ""
	}
	return noHost, rest
}

func before(s, sep string) string { b, _, _ := strings.Cut(s, sep); return b }

// whose decides by what is known of a host.
func whose(host string) hostKind {
	host = strings.ToLower(host)
	if _, rest, ok := strings.Cut(host, "@"); ok {
		host = rest
	}
	name := before(host, ":")
	switch rcapi.KindOfHost(name) {
	case rcapi.PlatformHost:
		return platformHost
	case rcapi.CompanyHost:
		return otherHost
	}
	if strings.HasPrefix(name, "127.") || strings.HasPrefix(name, "[") || name == "0.0.0.0" || reserved(name) {
		return noHost
	}
	if plain := strings.Map(unmark, name); strings.Contains(strings.Trim(plain, "."), ".") {
		return otherHost
	}
	return noHost
}

// reserved reports whether a name is set apart for tests and examples (RFC 2606), so that it is no company's.
func reserved(name string) bool {
	for _, d := range []string{"invalid", "test", "example", "localhost", "local", "internal", "example.com", "example.net", "example.org"} {
		if name == d || strings.HasSuffix(name, "."+d) {
			return true
		}
	}
	return false
}

func unmark(r rune) rune {
	if r == flow.Hole || r == flow.Any || r == flow.Query {
		return -1
	}
	return r
}

var slashes = regexp.MustCompile(`/+`)

var braces = regexp.MustCompile(`^(\{[^{}]*\}|\{\{[^{}]*\}\}|<[^<>]+>|\$\{[^{}]*\})$`)

// split divides a path into segments, with {} for those that are not known. vague reports whether the number of
// segments or a literal one is not known for sure.
func split(path string) (segments []string, vague bool) {
	path = strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/")
	parts := strings.Split(path, "/")
	for i, s := range parts {
		last := i == len(parts)-1
		switch {
		case s == "" || braces.MatchString(s):
			s = "{}"
		case !flow.Known(s):
			plain := strings.Map(unmark, s)
			if last && strings.ContainsRune(s, flow.Any) {
				vague = true
			}
			if strings.IndexFunc(plain, isLetter) >= 0 && literals()[plain] {
				vague = true // "call-log" and something: another segment, or a query
			}
			s = "{}"
			if vague && last && literals()[plain] {
				s = plain + "{}"
			}
		}
		segments = append(segments, s)
	}
	return segments, vague
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// candidates are the operations whose template agrees with what is known of a path, at most five.
func candidates(method string, segments []string, vague bool) (found []string) {
	for op := range rcapi.All() {
		if method != "" && op.Method != method {
			continue
		}
		own := strings.Split(op.Path[1:], "/")
		if !agree(own, segments, vague) {
			continue
		}
		if found = append(found, op.ID); len(found) == 5 {
			break
		}
	}
	return found
}

func agree(template, segments []string, vague bool) bool {
	if len(template) != len(segments) && (!vague || len(template) < len(segments)) {
		return false
	}
	for i, s := range segments {
		if plain, partly := strings.CutSuffix(s, "{}"); partly {
			if !strings.HasPrefix(template[i], plain) {
				return false
			}
			continue
		}
		if template[i] != s && !strings.HasPrefix(template[i], "{") {
			return false
		}
	}
	return true
}

// prefixes are the first segments of the platform's paths; literals all segments that are no parameters.
var (
	prefixes = sync.OnceValue(func() map[string]bool { p, _ := catalogue(); return p })
	literals = sync.OnceValue(func() map[string]bool { _, l := catalogue(); return l })
)

func catalogue() (first, all map[string]bool) {
	first, all = make(map[string]bool), make(map[string]bool)
	for op := range rcapi.All() {
		for i, s := range strings.Split(op.Path[1:], "/") {
			if i == 0 {
				first[s] = true
			}
			if !strings.HasPrefix(s, "{") {
				all[s] = true
			}
		}
	}
	return first, all
}

// distinctive reports whether no other company's paths begin like this.
func distinctive(first string) bool {
	return first == "restapi" || first == "team-messaging" || first == "rcvideo"
}

// begins reports whether a path begins like no other company's.
func begins(path string) bool {
	first, _, more := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return strings.HasPrefix(path, "/") && more && distinctive(first)
}

// significant reports whether a text says which operation is called: a method, or a path beyond the part that is common
// to many.
func significant(text string) bool {
	if slices.Contains(methods, strings.ToUpper(text)) {
		return true
	}
	_, path := divide(text)
	if path == "" {
		path = text
	}
	for s := range strings.SplitSeq(path, "/") {
		if literals()[s] && !prefixes()[s] && s != "v1.0" && s != "v1" && s != "v2" {
			return true
		}
	}
	return false
}

// platformBase is the Base of a [flow.Config].
func platformBase(text string) (string, bool) {
	h, path := divide(text)
	path = strings.TrimSuffix(path, "/")
	switch {
	case flow.Blank(text):
		return text, true
	case !flow.Known(path) || !strings.Contains(text, "://") || significant(text):
		return "", false
	case h == platformHost:
		return "https://platform.ringcentral.com" + path, true
	case h == noHost:
		return string(flow.Any) + path, path == ""
	}
	host, _, _ := strings.Cut(strings.SplitN(text, "://", 2)[1], "/")
	return "https://" + host + path, flow.Known(host)
}
