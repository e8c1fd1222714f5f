// Package stringenum has paths as the strings of an enumeration.
package stringenum

import "net/http"

type route int

const (
	contacts route = iota
	devices
	grants
)

func (r route) String() string {
	return [...]string{"address-book/contact", "device", "grant"}[r]
}

type env string

const (
	production env = "prod"
	sandbox    env = "sandbox"
)

func (e env) url() string {
	switch e {
	case production:
		return "https://platform.ringcentral.com"
	default:
		return "https://platform.devtest.ringcentral.com"
	}
}

func get(e env, r route) {
	http.Get(e.url() + "/restapi/v1.0/account/~/extension/~/" + r.String())
}

// Run calls.
func Run() {
	get(production, contacts) // want "listContacts"
	get(sandbox, grants)      // want "listExtensionGrants"
	_ = devices
}
