// Package main has calls that nothing leads to.
package main

import "net/http"

const base = "https://platform.ringcentral.com/restapi/v1.0"

func main() {
	http.HandleFunc("/hook", hook)
	http.Handle("/ring", ring{})
	http.ListenAndServe(":8080", nil)
}

func hook(w http.ResponseWriter, r *http.Request) { http.Get(base + "/account/~/presence") } // want "readAccountPresence"

type ring struct{}

func (ring) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	http.Post(base+"/account/~/extension/~/ring-out", "application/json", nil) // want "createRingOutCall"
}

func old() { http.Get(base + "/account/~/extension/~/call-log") } // want-dead "readUserCallLog"

func older() { old() }

func helperOfTest() { http.Get(base + "/account/~/extension") } // want-test "listExtensions"
