// Package main compiles small queries into requests.
package main

import (
	"fmt"
	"net/http"
	"strings"
)

type node struct {
	name     string
	id       string
	children []*node
}

func n(name, id string, children ...*node) *node { return &node{name, id, children} }

func (x *node) walk(prefix string, visit func(path string)) {
	p := prefix + "/" + x.name
	if x.id != "" {
		p += "/" + x.id
	}
	if len(x.children) == 0 {
		visit(p)
		return
	}
	for _, c := range x.children {
		c.walk(p, visit)
	}
}

func main() {
	var paths []string
	n("account", "~", n("extension", "~", n("call-log", ""), n("presence", ""))).walk("/restapi/v1.0", func(p string) { paths = append(paths, p) })
	for _, p := range paths {
		http.Get("https://platform.ringcentral.com" + p) // want-unresolved "{}"
	}
	fmt.Println(strings.Join(paths, "\n"))
}
