// Package main wires its parts as google/wire generates it.
package main

import (
	"net/http"

	"corpus/wiredi/internal/provider"
)

type App struct {
	calls    *provider.CallService
	messages provider.MessageStore
}

func initialize() (*App, func(), error) {
	config := provider.NewConfig()
	client := provider.NewHTTPClient(config)
	transport := provider.NewTransport(client, config)
	calls := provider.NewCallService(transport)
	store, cleanup, err := provider.NewMessageStore(transport)
	if err != nil {
		return nil, nil, err
	}
	return &App{calls, store}, cleanup, nil
}

func main() {
	app, cleanup, err := initialize()
	if err != nil {
		panic(err)
	}
	defer cleanup()
	app.calls.Recent()
	app.messages.Purge("7")
	_ = http.StatusOK
}
