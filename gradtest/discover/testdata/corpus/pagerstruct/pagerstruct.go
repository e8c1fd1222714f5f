// Package pagerstruct keeps the next URL in a struct.
package pagerstruct

import (
	"encoding/json"
	"net/http"
)

type pager struct {
	client *http.Client
	next   string
}

func newPager(path string) *pager {
	return &pager{client: http.DefaultClient, next: "https://platform.ringcentral.com" + path}
}

func (p *pager) page() (more bool) {
	resp, err := p.client.Get(p.next)
	if err != nil {
		return false
	}
	var body struct {
		Navigation struct{ NextPage *struct{ URI string } }
	}
	json.NewDecoder(resp.Body).Decode(&body)
	p.next = ""
	if body.Navigation.NextPage != nil {
		p.next = body.Navigation.NextPage.URI
	}
	return p.next != ""
}

// Run calls.
func Run() {
	p := newPager("/restapi/v1.0/account/~/extension/~/message-store?perPage=1")
	for p.page() { // want "listMessages"
	}
}
