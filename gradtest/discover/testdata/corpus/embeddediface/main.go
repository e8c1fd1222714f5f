// Package main embeds interfaces in service structs.
package main

import (
	"io"
	"net/http"
)

type Getter interface {
	Get(path string) (*http.Response, error)
}

type Poster interface {
	Post(path string, body io.Reader) (*http.Response, error)
}

type API interface {
	Getter
	Poster
}

type live struct{ root string }

func (l live) Get(path string) (*http.Response, error) { return http.Get(l.root + path) }

func (l live) Post(path string, body io.Reader) (*http.Response, error) {
	return http.Post(l.root+path, "application/json", body)
}

type logging struct{ API }

func (l logging) Get(path string) (*http.Response, error) {
	println("get", path)
	return l.API.Get(path)
}

type Phone struct {
	API
	ext string
}

func (p *Phone) RingOut() error {
	_, err := p.Post("/account/~/extension/"+p.ext+"/ring-out", nil) // want "createRingOutCall"
	return err
}

func (p *Phone) Devices() error {
	_, err := p.Get("/account/~/extension/" + p.ext + "/device") // want "listExtensionDevices"
	return err
}

func main() {
	p := &Phone{logging{live{"https://platform.ringcentral.com/restapi/v1.0"}}, "~"}
	p.RingOut()
	p.Devices()
}
