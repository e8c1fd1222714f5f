// Package main registers operations by name and calls them like a graph of fields.
package main

import (
	"errors"
	"net/http"
	"strings"
)

type resolver struct {
	verb string
	path func(args map[string]string) string
}

var fields = map[string]resolver{}

func register(name, verb string, segments ...string) {
	fields[name] = resolver{verb, func(args map[string]string) string {
		out := make([]string, len(segments))
		for i, s := range segments {
			if strings.HasPrefix(s, ":") {
				s = args[s[1:]]
			}
			out[i] = s
		}
		return "/restapi/v1.0/" + strings.Join(out, "/")
	}}
}

func init() {
	register("extension", "GET", "account", "~", "extension", ":id")
	register("callLog", "GET", "account", "~", "extension", ":id", "call-log")
}

func query(field string, args map[string]string) error {
	r, ok := fields[field]
	if !ok {
		return errors.New(field)
	}
	req, err := http.NewRequest(r.verb, "https://platform.ringcentral.com"+r.path(args), nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func main() {
	query("extension", map[string]string{"id": "~"}) // want "readExtension"
	query("callLog", map[string]string{"id": "~"})   // want "readUserCallLog"
}
