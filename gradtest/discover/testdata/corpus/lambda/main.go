// Package main is a handler for a cloud function, with a client made at start and dependency through a struct of functions.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"strings"
)

type deps struct {
	send   func(ctx context.Context, to, text string) error
	lookup func(ctx context.Context, number string) (string, error)
}

type request struct{ Action, To, Text string }

func (d deps) handle(ctx context.Context, raw json.RawMessage) error {
	var r request
	if err := json.Unmarshal(raw, &r); err != nil {
		return err
	}
	switch r.Action {
	case "sms":
		return d.send(ctx, r.To, r.Text)
	case "lookup":
		_, err := d.lookup(ctx, r.To)
		return err
	}
	return errors.New("unknown action")
}

func live(base string) deps {
	call := func(ctx context.Context, method, path, body string) (*http.Response, error) {
		req, err := http.NewRequestWithContext(ctx, method, base+path, strings.NewReader(body))
		if err != nil {
			return nil, err
		}
		return http.DefaultClient.Do(req)
	}
	return deps{
		send: func(ctx context.Context, to, text string) error {
			_, err := call(ctx, "POST", "/restapi/v1.0/account/~/extension/~/sms", to+text) // want "createSMSMessage"
			return err
		},
		lookup: func(ctx context.Context, number string) (string, error) {
			resp, err := call(ctx, "GET", "/restapi/v1.0/account/~/extension/~/address-book/contact?phoneNumber="+number, "") // want "listContacts"
			if err != nil {
				return "", err
			}
			defer resp.Body.Close()
			return resp.Status, nil
		},
	}
}

var handler = live(base())

func base() string {
	for _, name := range []string{"RC_SERVER_URL", "RINGCENTRAL_SERVER_URL"} {
		if v := os.Getenv(name); v != "" {
			return v
		}
	}
	return "https://platform.ringcentral.com"
}

func main() { handler.handle(context.Background(), json.RawMessage(os.Args[1])) }
