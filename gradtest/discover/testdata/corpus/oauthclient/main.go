// Package main uses a client of golang.org/x/oauth2.
package main

import (
	"context"
	"encoding/json"
	"os"

	"golang.org/x/oauth2"
)

var conf = &oauth2.Config{
	ClientID: os.Getenv("ID"), ClientSecret: os.Getenv("SECRET"),
	Endpoint: oauth2.Endpoint{
		AuthURL:  "https://platform.ringcentral.com/restapi/oauth/authorize",
		TokenURL: "https://platform.ringcentral.com/restapi/oauth/token", // want-auth "getToken"
	},
}

func load[T any](ctx context.Context, tok *oauth2.Token, path string) (out T, err error) {
	resp, err := conf.Client(ctx, tok).Get("https://platform.ringcentral.com/restapi/v1.0" + path)
	if err != nil {
		return out, err
	}
	defer resp.Body.Close()
	err = json.NewDecoder(resp.Body).Decode(&out)
	return out, err
}

func main() {
	ctx := context.Background()
	tok, _ := conf.Exchange(ctx, os.Getenv("CODE"))
	load[map[string]any](ctx, tok, "/account/~/extension/~/grant") // want "listExtensionGrants"
	load[[]string](ctx, tok, "/account/~/business-address")        // want "readAccountBusinessAddress"
}
