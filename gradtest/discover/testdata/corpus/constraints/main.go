// Package main has generic resources with constraints.
package main

import (
	"bytes"
	"encoding/json"
	"net/http"
)

type resource interface {
	comparable
	Path() string
}

type contact struct{ ID, FirstName string }

func (c contact) Path() string {
	p := "/account/~/extension/~/address-book/contact"
	if c.ID != "" {
		p += "/" + c.ID
	}
	return p
}

type team struct{ id string }

func (t team) Path() string { return "/team-messaging/teams/" + t.id }

type repo[T resource] struct{ prefix string }

func (r repo[T]) Create(t T) error { return r.send(http.MethodPost, t) }
func (r repo[T]) Remove(t T) error { return r.send(http.MethodDelete, t) } // want-unknown "DELETE /team-messaging/v1/team-messaging/teams/x"

func (r repo[T]) send(method string, t T) error {
	b, _ := json.Marshal(t)
	req, err := http.NewRequest(method, "https://platform.ringcentral.com"+r.prefix+t.Path(), bytes.NewReader(b))
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

func main() {
	repo[contact]{"/restapi/v1.0"}.Create(contact{FirstName: "A"}) // want "createContact"
	repo[contact]{"/restapi/v1.0"}.Remove(contact{ID: "9"})        // want "deleteContact"
	repo[team]{"/team-messaging/v1"}.Remove(team{"x"})
}
