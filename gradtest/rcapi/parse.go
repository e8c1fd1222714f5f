package rcapi

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Parse returns the operation "METHOD /path/{param}", for one that the catalogue lacks, such as a recent addition to
// the platform.
//
// Its ID is the pattern, with one space between method and path. Its scope is empty. Its group is not known, so a
// call is charged to every group that the platform may book it in (see [Operation.Groups]). Set both with
// [Operation.In] and [Operation.Needs]:
//
//	rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/meeting").In(rcapi.Light).Needs(rcapi.ScopeMeetings)
//
// A parameter is a whole segment, and its name occurs once. A path has no host, query, trailing slash, empty or
// percent-encoded segment; account and extension are parameters ({accountId}), not ~. All errors are reported together.
func Parse(pattern string) (Operation, error) {
	method, path, ok := strings.Cut(strings.TrimSpace(pattern), " ")
	path = strings.TrimLeft(path, " ")
	if !ok {
		return Operation{}, parseError(pattern, `a method, a space and a path are required: write "GET /restapi/v1.0/…"`)
	}
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, parseError(pattern, format, args...)) }
	if !slices.Contains(methods[:], method) {
		fault("unknown method %q: use one of %s", method, strings.Join(methods[:], ", "))
	}
	rest, rooted := strings.CutPrefix(path, "/")
	switch {
	case !rooted:
		fault("path %q does not begin with a slash: write the path without a host", path)
	case strings.ContainsAny(path, "?#"):
		fault("path has a query or fragment: remove it, it is not part of an operation")
	case path == "/":
		fault("path is empty: write at least one segment")
	}
	if len(faults) > 0 {
		return Operation{}, errors.Join(faults...)
	}
	var params []string
	before := ""
	for segment := range strings.SplitSeq(rest, "/") {
		name, err := parseSegment(segment, before)
		switch {
		case err != nil:
			fault("%w", err)
		case name == "":
		case slices.Contains(params, name):
			fault("parameter {%s} occurs twice: rename one", name)
		default:
			params = append(params, name)
		}
		before = segment
	}
	if len(faults) > 0 {
		return Operation{}, errors.Join(faults...)
	}
	return Operation{ID: method + " " + path, Method: method, Path: path, PathParams: params}, nil
}

// MustParse is like [Parse] but panics on an error. It simplifies the initialization of package-level variables.
func MustParse(pattern string) Operation {
	o, err := Parse(pattern)
	if err != nil {
		panic(err)
	}
	return o
}

// parseSegment returns the name of the parameter, or "" for a literal segment.
func parseSegment(segment, before string) (param string, err error) {
	switch {
	case segment == "":
		return "", errors.New("path has an empty segment: remove doubled and trailing slashes")
	case segment == "~":
		return "", fmt.Errorf("segment ~ after %q: write a parameter such as {accountId}; it defaults to ~", before)
	case segment == "." || segment == "..":
		return "", fmt.Errorf("segment %q changes the path: write the path as the server sees it", segment)
	case !strings.ContainsAny(segment, "{}"):
		if i := strings.IndexFunc(segment, notPlain); i >= 0 {
			return "", fmt.Errorf("segment %q has a character that is not allowed in a template: "+
				"use letters, digits and -._~!$&'()*+,;=:@", segment)
		}
		return "", nil
	}
	name, opened := strings.CutPrefix(segment, "{")
	name, closed := strings.CutSuffix(name, "}")
	switch {
	case !opened || !closed || strings.ContainsAny(name, "{}"):
		return "", fmt.Errorf("segment %q mixes braces and text: a parameter is a whole segment, such as {messageId}", segment)
	case name == "":
		return "", errors.New("parameter {} has no name: write one, such as {messageId}")
	case strings.IndexFunc(name, notName) >= 0:
		return "", fmt.Errorf("parameter {%s}: use only letters, digits and underscores in a name", name)
	}
	return name, nil
}

func notPlain(r rune) bool { return notName(r) && !strings.ContainsRune("-.~!$&'()*+,;=:@", r) }

func notName(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_')
}

func parseError(pattern, format string, args ...any) error {
	return fmt.Errorf("rcapi: parse %q: "+format, append([]any{pattern}, args...)...)
}
