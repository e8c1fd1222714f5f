// Package embedstring decodes embedded text with a decoder and reads embedded files through io/fs.
package embedstring

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"strings"
)

//go:embed routes.json
var routesJSON string

//go:embed more
var files embed.FS

type config struct {
	Base   string `json:"base"`
	Routes map[string]struct {
		Method string `json:"method"`
		Path   string `json:"path"`
	} `json:"routes"`
}

func load() (c config) {
	if err := json.NewDecoder(strings.NewReader(routesJSON)).Decode(&c); err != nil {
		panic(err)
	}
	return c
}

func call(name string) {
	c := load()
	r := c.Routes[name]
	req, _ := http.NewRequest(r.Method, c.Base+r.Path, nil)
	http.DefaultClient.Do(req)
}

// Run calls.
func Run() {
	call("queues") // want "listCallQueues"
	call("create") // want "createSubscription"
	b, err := fs.ReadFile(files, "more/paths.json")
	if err != nil {
		panic(err)
	}
	var paths []string
	json.Unmarshal(b, &paths)
	for _, p := range paths {
		http.Get("https://platform.ringcentral.com" + p) // want "listSites" "readAccountPresence"
	}
}
