// Package httpinterface takes the client as an interface.
package httpinterface

import (
	"io"
	"net/http"
)

// Getter is what it needs of http.Client.
type Getter interface {
	Get(url string) (*http.Response, error)
	Post(url, contentType string, body io.Reader) (*http.Response, error)
}

// Service calls.
type Service struct{ c Getter }

// New returns a Service.
func New() *Service { return &Service{c: http.DefaultClient} }

// Sites lists sites.
func (s *Service) Sites() { s.c.Get("https://platform.ringcentral.com/restapi/v1.0/account/~/sites") } // want "listSites"

// Send sends.
func (s *Service) Send() {
	s.c.Post("https://platform.ringcentral.com/restapi/v1.0/account/~/extension/~/sms", "application/json", nil) // want "createSMSMessage"
}
