// Package restyfield keeps a resty client in a struct.
package restyfield

import "github.com/go-resty/resty/v2"

// API is a client.
type API struct{ client *resty.Client }

// New returns an API.
func New(server string) *API {
	c := resty.New()
	c.SetBaseURL(server)
	c.SetRetryCount(3)
	return &API{client: c}
}

func (a *API) request() *resty.Request { return a.client.R().SetHeader("Accept", "application/json") }

// Queues lists call queues.
func (a *API) Queues() { a.request().Get("/restapi/v1.0/account/~/call-queues") } // want "listCallQueues"

// Members lists members.
func (a *API) Members(id string) {
	a.request().SetQueryParam("perPage", "9").Get("/restapi/v1.0/account/~/call-queues/" + id + "/members") // want "listCallQueueMembers"
}
