// Package main uses a client of another package.
package main

import "corpus/helperpkg/rest"

type app struct{ client *rest.Client }

func (a *app) sync() error {
	return a.client.Call("GET", "/restapi/v1.0/account/~/extension/~/address-book-sync") // want "syncAddressBook"
}

func main() {
	a := &app{client: &rest.Client{Base: "https://platform.ringcentral.com"}}
	a.sync()
}
