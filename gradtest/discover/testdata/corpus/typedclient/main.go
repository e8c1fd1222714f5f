package main

import (
	"context"
	"net/http"
)

func main() {
	rt := &Runtime{Host: "platform.ringcentral.com", BasePath: "/restapi", Schemes: []string{"https"}, client: http.DefaultClient}
	m := &Messages{rt}
	m.ListMessages(&ListMessagesParams{AccountID: "~", ExtensionID: "~", Context: context.Background()})
	m.DeleteMessage(context.Background(), &DeleteMessageParams{MessageID: "1"})
}
