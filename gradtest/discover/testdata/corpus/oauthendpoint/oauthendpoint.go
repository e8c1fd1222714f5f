// Package oauthendpoint lets golang.org/x/oauth2 fetch tokens.
package oauthendpoint

import (
	"context"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

const server = "https://platform.ringcentral.com"

// Client calls with tokens.
func Client(ctx context.Context) {
	cfg := &oauth2.Config{Endpoint: oauth2.Endpoint{
		AuthURL:  server + "/restapi/oauth/authorize",
		TokenURL: server + "/restapi/oauth/token", // want-auth "getToken"
	}}
	c := cfg.Client(ctx, nil)
	c.Get(server + "/restapi/v1.0/account/~/extension/~/address-book-sync")    // want "syncAddressBook"
	two := clientcredentials.Config{TokenURL: server + "/restapi/oauth/token"} // want-auth "getToken"
	two.Client(ctx).Get("https://api.othervendor.io/restapi/v1.0/account/~")
}
