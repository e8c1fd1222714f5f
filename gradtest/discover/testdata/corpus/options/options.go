// Package options configures requests by functional options.
package options

import "net/http"

type settings struct {
	method string
	base   string
}

// Option sets something.
type Option func(*settings)

// Method sets the method.
func Method(m string) Option { return func(s *settings) { s.method = m } }

// Base sets the base.
func Base(b string) Option { return func(s *settings) { s.base = b } }

func call(path string, opts ...Option) {
	s := settings{method: "GET", base: "https://platform.ringcentral.com"}
	for _, o := range opts {
		o(&s)
	}
	req, _ := http.NewRequest(s.method, s.base+path, nil)
	http.DefaultClient.Do(req)
}

// Run calls.
func Run() {
	call("/restapi/v1.0/account/~/extension/~/device")              // want "listExtensionDevices"
	call("/restapi/v1.0/account/~/extension/~/sms", Method("POST")) // want "createSMSMessage"
}
