// Package seqs ranges over functions.
package seqs

import (
	"iter"
	"net/http"
)

func paths() iter.Seq[string] {
	return func(yield func(string) bool) {
		if !yield("/restapi/v1.0/account/~/presence") { // want "readAccountPresence"
			return
		}
		yield("/restapi/v1.0/account/~/sites") // want "listSites"
	}
}

// Run calls.
func Run() {
	for p := range paths() {
		http.Get("https://platform.ringcentral.com" + p)
	}
}
