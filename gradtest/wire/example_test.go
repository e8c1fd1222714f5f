package wire_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"

	"golang.org/x/oauth2"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// platform returns a server that answers like the platform.
func platform() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("Authorization") != "Bearer good" {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"errorCode":"TokenInvalid","errors":[{"errorCode":"OAU-149"}]}`)
			return
		}
		_, _ = io.WriteString(w, `{"id":400123}`)
	}))
}

func Example() {
	server := platform()
	defer server.Close()
	origin, _ := url.Parse(server.URL)
	store := ledger.NewMemory()
	t, err := wire.New(wire.Config{
		Origin: origin,
		Store:  store,
		Gate:   store.Gate(nil), // the documented limits, until the server states its own
		Token:  oauth2.StaticTokenSource(&oauth2.Token{AccessToken: "good"}),
		Watch:  func(r ledger.Record) { fmt.Println(r.Op, r.Method, r.Path, r.Status, r.Code) },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	client := &http.Client{Transport: t}
	resp, err := client.Get(server.URL + "/restapi/v1.0/account/400123/extension/~?x=1")
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = resp.Body.Close()
	// Output: readExtension GET /restapi/v1.0/account/{accountId}/extension/{extensionId} 200
}

func ExampleTransport_WithWatch() {
	server := platform()
	defer server.Close()
	origin, _ := url.Parse(server.URL)
	store := ledger.NewMemory()
	t, _ := wire.New(wire.Config{Origin: origin, Store: store, Gate: store.Gate(nil)})
	// An additional watcher for one call; limits and store are shared.
	c := &http.Client{Transport: t.WithWatch(func(r ledger.Record) { fmt.Println(r.Op, r.Status, r.Code) })}
	resp, err := c.Get(server.URL + "/restapi/v1.0/account/~")
	if err != nil {
		fmt.Println(err)
		return
	}
	_ = resp.Body.Close()
	// Output: readAccountInfo 401 OAU-149
}

func ExampleGateway() {
	server := platform()
	defer server.Close()
	origin, _ := url.Parse(server.URL)
	store := ledger.NewMemory()
	t, _ := wire.New(wire.Config{Origin: origin, Store: store, Gate: store.Gate(nil)})
	g := wire.NewGateway(t)
	if err := g.Start(); err != nil {
		fmt.Println(err)
		return
	}
	defer g.Close()
	base, done := g.View(func(t *wire.Transport) *wire.Transport {
		return t.WithWatch(func(r ledger.Record) { fmt.Println("recorded", r.Op, r.Status) })
	})
	defer done()

	// A program with its own http.Client uses base as its server URL.
	req, _ := http.NewRequest(http.MethodGet, base+"/restapi/v1.0/account/~", nil)
	req.Header.Set("Authorization", "Bearer good")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	fmt.Println(string(body))
	// Output:
	// recorded readAccountInfo 200
	// {"id":400123}
}
