// Package layers chooses the verb in one function and the path in another, at different depths.
package layers

import (
	"net/http"
	"os"
)

type transport struct{ host string }

func (t transport) send(verb, address string) (*http.Response, error) {
	r, err := http.NewRequest(verb, t.host+address, nil)
	if err != nil {
		return nil, err
	}
	return http.DefaultClient.Do(r)
}

type api struct{ t transport }

func (a api) get(path string) (*http.Response, error)  { return a.t.send("GET", "/restapi/v1.0"+path) }
func (a api) post(path string) (*http.Response, error) { return a.t.send("POST", "/restapi/v1.0"+path) }
func (a api) remove(path string) (*http.Response, error) {
	return a.t.send("DELETE", "/restapi/v1.0"+path)
}

type extension struct {
	a  api
	id string
}

func (e extension) path(rest string) string { return "/account/~/extension/" + e.id + rest }

// Run uses all layers.
func Run() {
	a := api{transport{os.Getenv("HOST")}}
	e := extension{a, os.Getenv("EXT")}
	a.get("/account/~/directory/entries") // want "listDirectoryEntries"
	a.post("/subscription")               // want "createSubscription"
	a.remove("/subscription/17")          // want "deleteSubscription"
	e.a.get(e.path("/presence"))          // want "readUserPresenceStatus"
	e.a.post(e.path("/ring-out"))         // want "createRingOutCall"
	e.a.remove(e.path("/ring-out/5"))     // want "deleteRingOutCall"
}
