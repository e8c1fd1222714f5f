// Package slingclient uses sling.
package slingclient

import "github.com/dghubble/sling"

// Service reads messages.
type Service struct{ sling *sling.Sling }

// New returns a Service.
func New() *Service {
	return &Service{sling: sling.New().Base("https://platform.ringcentral.com/").Path("restapi/v1.0/account/~/extension/~/")}
}

// List lists messages.
func (s *Service) List() { s.sling.New().Get("message-store").ReceiveSuccess(nil) } // want "listMessages"

// Send sends one.
func (s *Service) Send() { s.sling.New().Post("sms").ReceiveSuccess(nil) } // want "createSMSMessage"

// Account reads the account.
func Account() {
	base := sling.New().Base("https://platform.ringcentral.com/")
	base.New().Get("restapi/v1.0/account/~").Request() // want "readAccountInfo"
	sling.New().Base("https://api.othervendor.io/").Get("restapi/v1.0/account/~").Request()
}
