package scrub

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// URL returns the parts of an absolute URL.
func (r Rules) URL(raw string) []Part {
	scheme, rest, _ := strings.Cut(raw, "://")
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, rest := rest[:end], rest[end:]
	parts := r.host(scheme, host)
	rest, fragment, marked := strings.Cut(rest, "#")
	path, query, asked := strings.Cut(rest, "?")
	parts = append(parts, r.Path(http.MethodGet, path)...)
	if asked {
		parts = append(append(parts, Part{Kind: Keep, Text: "?"}), r.query(query)...)
	}
	if marked {
		parts = append(parts, Part{Kind: Keep, Text: "#"})
		if fragment != "" {
			parts = append(parts, Part{Kind: ID, Text: fragment})
		}
	}
	return parts
}

// host returns the parts of scheme and host. Names of the platform stay.
func (r Rules) host(scheme, host string) []Part {
	base := scheme + "://" + host
	switch {
	case r.Origin != "" && strings.EqualFold(base, r.Origin):
		return []Part{{Kind: Keep, Text: Origin}}
	case base == Origin, Platform(host):
		return keep(base)
	}
	return []Part{{Kind: Keep, Text: scheme + "://"}, {Kind: ID, Text: host}}
}

// Platform reports whether a host belongs to the platform, such as media.ringcentral.com.
func Platform(host string) bool {
	for _, domain := range []string{".ringcentral.com", ".ringcentral.biz"} {
		name, ok := strings.CutSuffix(strings.ToLower(host), domain)
		if ok && name != "" && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz.-") == "" {
			return true
		}
	}
	return false
}

// Path returns the parts of an escaped path. The literal segments of the platform's paths stay.
func (r Rules) Path(method, path string) []Part {
	if path == "" {
		return nil
	}
	template := rcapi.Template(path)
	for _, m := range []string{method, http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
		if op, ok := rcapi.Match(m, path); ok {
			template = op.Path
			break
		}
	}
	names := strings.Split(strings.Trim(template, "/"), "/")
	var parts []Part
	for i, segment := range strings.Split(path, "/") {
		if i > 0 {
			parts = append(parts, Part{Kind: Keep, Text: "/"})
		}
		name := "{}"
		if i > 0 && i <= len(names) {
			name = names[i-1]
		}
		if segment == "" || !strings.HasPrefix(name, "{") {
			parts = append(parts, keep(segment)...)
			continue
		}
		for j, one := range strings.Split(segment, ",") { // several ids
			if j > 0 {
				parts = append(parts, Part{Kind: Keep, Text: ","})
			}
			plainText, err := url.PathUnescape(one)
			if err != nil {
				plainText = one
			}
			parts = append(parts, encoded(r.segment(strings.Trim(name, "{}"), plainText), one, inPath)...)
		}
	}
	return parts
}

// segment returns the parts of a path parameter.
func (r Rules) segment(name, v string) []Part {
	parts := r.Value(name, v)
	if len(parts) == 1 && parts[0].Kind == Text {
		parts[0].Kind = ID
	}
	return parts
}

// query returns the parts of an encoded query.
func (r Rules) query(raw string) (parts []Part) {
	for i, pair := range strings.Split(raw, "&") {
		if i > 0 {
			parts = append(parts, Part{Kind: Keep, Text: "&"})
		}
		key, value, assigned := strings.Cut(pair, "=")
		name := unescaped(key)
		if IsKey(name) || key == "" {
			parts = append(parts, keep(key)...)
		} else {
			parts = append(parts, encoded([]Part{{Kind: ID, Text: name}}, key, inQuery)...)
		}
		if assigned {
			parts = append(parts, Part{Kind: Keep, Text: "="})
			parts = append(parts, encoded(r.Value(name, unescaped(value)), value, inQuery)...)
		}
	}
	return parts
}

func unescaped(s string) string {
	plainText, err := url.QueryUnescape(s)
	if err != nil {
		return s
	}
	return plainText
}
