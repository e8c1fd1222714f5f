// Package main takes its paths from another package.
package main

import (
	"net/http"
	"os"

	. "corpus/pathsof/paths"
)

func main() {
	base := os.Getenv("BASE")
	http.Get(base + Mine(Messages))           // want "listMessages"
	http.Get(base + Mine(Ext) + "/call-log")  // want "readUserCallLog"
	http.Get(base + Of(Ext, "~", os.Args[1])) // want "readExtension"
}
