// Package provider has the constructors.
package provider

import (
	"fmt"
	"net/http"
	"os"
)

type Config struct{ URL string }

func NewConfig() Config {
	if u := os.Getenv("RC_SERVER_URL"); u != "" {
		return Config{u}
	}
	return Config{"https://platform.ringcentral.com"}
}

func NewHTTPClient(Config) *http.Client { return &http.Client{} }

type Transport interface {
	Send(method string, format string, args ...any) error
}

type transport struct {
	hc   *http.Client
	conf Config
}

func NewTransport(hc *http.Client, c Config) Transport { return &transport{hc, c} }

func (t *transport) Send(method, format string, args ...any) error {
	req, err := http.NewRequest(method, t.conf.URL+"/restapi/v1.0/account/~/extension/~"+fmt.Sprintf(format, args...), nil)
	if err != nil {
		return err
	}
	_, err = t.hc.Do(req)
	return err
}

type CallService struct{ t Transport }

func NewCallService(t Transport) *CallService { return &CallService{t} }

func (s *CallService) Recent() error { return s.t.Send("GET", "/active-calls") } // want "listExtensionActiveCalls"

type MessageStore interface{ Purge(id string) error }

type store struct{ Transport }

func NewMessageStore(t Transport) (MessageStore, func(), error) { return store{t}, func() {}, nil }

func (s store) Purge(id string) error {
	return s.Send("DELETE", "/message-store/%s?purge=%t", id, true) // want "deleteMessage"
}
