// Package main drives a call through states, each a function that returns the next.
package main

import (
	"fmt"
	"net/http"
	"os"
)

type state func(*machine) (state, error)

type machine struct {
	base    string
	session string
	client  interface {
		Do(*http.Request) (*http.Response, error)
	}
}

func (m *machine) send(method, rest string) error {
	req, err := http.NewRequest(method, fmt.Sprintf("%s/restapi/v1.0/account/~/telephony%s", m.base, rest), nil)
	if err != nil {
		return err
	}
	_, err = m.client.Do(req)
	return err
}

func dial(m *machine) (state, error) { return hold, m.send(http.MethodPost, "/call-out") } // want "createCallOutCallSession"

func hold(m *machine) (state, error) {
	return hangup, m.send(http.MethodGet, "/sessions/"+m.session) // want "readCallSessionStatus"
}

func hangup(m *machine) (state, error) {
	return nil, m.send(http.MethodDelete, "/sessions/"+m.session) // want "deleteCallSession"
}

func main() {
	m := &machine{base: "https://platform.ringcentral.com", client: http.DefaultClient, session: os.Args[1]}
	for s := state(dial); s != nil; {
		next, err := s(m)
		if err != nil {
			panic(err)
		}
		s = next
	}
}
