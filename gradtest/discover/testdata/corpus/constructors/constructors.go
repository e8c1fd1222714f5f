// Package constructors has services that know their resource from their constructor.
package constructors

import (
	"net/http"
	"strings"
)

type transport struct {
	server string
	client *http.Client
}

func (t *transport) request(method, uri string) (*http.Response, error) {
	req, err := http.NewRequest(method, t.server+uri, nil)
	if err != nil {
		return nil, err
	}
	return t.client.Do(req)
}

type service struct {
	t    *transport
	root string
}

func newService(t *transport, root string) *service {
	return &service{t: t, root: strings.TrimSuffix(root, "/")}
}

func (s *service) list() (*http.Response, error)   { return s.t.request("GET", s.root) }
func (s *service) create() (*http.Response, error) { return s.t.request("POST", s.root) }
func (s *service) delete(id string) (*http.Response, error) {
	return s.t.request("DELETE", s.root+"/"+id)
}

// Client has the services.
type Client struct {
	Contacts      *service
	Subscriptions *service
}

// New returns a Client.
func New() *Client {
	t := &transport{server: "https://platform.ringcentral.com", client: &http.Client{}}
	return &Client{
		Contacts:      newService(t, "/restapi/v1.0/account/~/extension/~/address-book/contact/"),
		Subscriptions: newService(t, "/restapi/v1.0/subscription"),
	}
}

// Run calls.
func Run(id string) {
	c := New()
	c.Contacts.list()          // want "listContacts"
	c.Contacts.create()        // want "createContact"
	c.Subscriptions.delete(id) // want "deleteSubscription"
}
