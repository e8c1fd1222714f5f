// Package main keeps its configuration in atomics and sync.Once values.
package main

import (
	"net/http"
	"os"
	"sync"
	"sync/atomic"
)

type settings struct{ root string }

var current atomic.Pointer[settings]

var client = sync.OnceValue(func() *http.Client { return &http.Client{} })

var prefix = sync.OnceValues(func() (string, error) {
	if v := os.Getenv("RC_VERSION"); v == "2" {
		return "/restapi/v2", nil
	}
	return "/restapi/v1.0", nil
})

func root() string { return current.Load().root }

func main() {
	current.Store(&settings{root: "https://platform.ringcentral.com"})
	client().Get(root() + "/restapi/v1.0/account/~/extension/~/forwarding-number") // want "listForwardingNumbers"
	p, err := prefix()
	if err != nil {
		return
	}
	client().Get(root() + p + "/accounts/~/device-inventory") // want-unknown "GET /restapi/v1.0/accounts/~/device-inventory" "GET /restapi/v2/accounts/~/device-inventory"
}
