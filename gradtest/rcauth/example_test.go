package rcauth_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/rcauth"
)

// authorizationServer is a minimal copy of the platform's.
func authorizationServer() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if id, _, _ := r.BasicAuth(); r.URL.Path == "/restapi/oauth/token" && id != "my-app" {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"error":"invalid_client","error_description":"Invalid client","errors":[{"errorCode":"OAU-153"}]}`)
			return
		}
		_, _ = io.WriteString(w, `{"access_token":"A1","token_type":"bearer","expires_in":3600,"scope":"SMS ReadMessages"}`)
	}))
}

func ExampleJWT() {
	server := authorizationServer()
	defer server.Close()
	source := rcauth.JWT(context.Background(), rcauth.Config{URL: server.URL, ClientID: "my-app", ClientSecret: "s"}, "the user's JWT")
	token, err := source.Token()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(token.Type(), rcauth.Scopes(token))
	// Output: Bearer [ReadMessages SMS]
}

func ExampleError() {
	server := authorizationServer()
	defer server.Close()
	_, err := rcauth.JWT(context.Background(), rcauth.Config{URL: server.URL, ClientID: "wrong", ClientSecret: "s"}, "the user's JWT").Token()
	fmt.Println(err)
	// Output:
	// rcauth: JWT: status 400 invalid_client OAU-153 (Invalid client): unknown client id, or the secret does not belong to it: check RC_APP_CLIENT_ID and RC_APP_CLIENT_SECRET, and that RC_SERVER_URL is the environment in which the app was created
}

func ExampleRefresh() {
	server := authorizationServer()
	defer server.Close()
	// Any HTTP client that takes an oauth2.TokenSource can use it.
	source := rcauth.Refresh(context.Background(), rcauth.Config{URL: server.URL, ClientID: "my-app", ClientSecret: "s"}, "a refresh token")
	resp, err := oauth2.NewClient(context.Background(), source).Get(server.URL + "/restapi/v1.0/account/~")
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = resp.Body.Close()
	fmt.Println(resp.StatusCode)
	// Output: 200
}

func ExampleCode() {
	server := authorizationServer()
	defer server.Close()
	grant := rcauth.Code{
		Config:      rcauth.Config{URL: server.URL, ClientID: "my-app", ClientSecret: "s"},
		RedirectURL: "http://localhost:8080/callback",
	}
	verifier := oauth2.GenerateVerifier() // keep it until the exchange
	signIn, _ := url.Parse(grant.AuthCodeURL("a random state", verifier))
	fmt.Println(signIn.Path, signIn.Query().Get("code_challenge_method"))

	// The user signs in there and comes back with state and code.
	source, err := grant.Exchange(context.Background(), "the code", verifier)
	if err != nil {
		fmt.Println(err)
		return
	}
	token, _ := source.Token()
	fmt.Println(token.Type())
	// Output:
	// /restapi/oauth/authorize S256
	// Bearer
}

func ExampleRevoke() {
	server := authorizationServer()
	defer server.Close()
	err := rcauth.Revoke(context.Background(), rcauth.Config{URL: server.URL, ClientID: "my-app", ClientSecret: "s"}, "A1")
	fmt.Println(err)
	// Output: <nil>
}
