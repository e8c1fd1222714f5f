// Package main uses path parameters of resty and req.
package main

import (
	"os"

	"github.com/go-resty/resty/v2"
	"github.com/imroc/req/v3"
)

type store struct{ r *resty.Client }

func newStore() *store {
	c := resty.New()
	c.SetBaseURL(os.Getenv("RC_SERVER_URL"))
	return &store{c}
}

func (s *store) message(id string) error {
	_, err := s.r.R().
		SetPathParams(map[string]string{"accountId": "~", "extensionId": "~", "messageId": id}).
		SetQueryParam("a", "b").
		Get("/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store/{messageId}") // want "readMessage"
	return err
}

func (s *store) send(kind string) error {
	r := s.r.R().SetBody(map[string]string{})
	switch kind {
	case "sms":
		r.URL = "/restapi/v1.0/account/~/extension/~/sms"
	default:
		r.URL = "/restapi/v1.0/account/~/extension/~/company-pager"
	}
	r.Method = resty.MethodPost
	_, err := r.Send() // want "createSMSMessage" "createInternalTextMessage"
	return err
}

func main() {
	s := newStore()
	s.message("1")
	s.send(os.Args[1])
	c := req.C().SetBaseURL("https://platform.ringcentral.com/restapi/v1.0").SetUserAgent("x")
	c.R().SetPathParam("ext", "101").Delete("/account/~/extension/{ext}/greeting") // want-unknown "DELETE /restapi/v1.0/account/~/extension/{}/greeting"
	c.Get("/account/~/extension/{ext}/features").SetPathParam("ext", "101").Do()   // want "readExtensionFeatures"
}
