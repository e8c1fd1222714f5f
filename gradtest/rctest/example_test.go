package rctest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

func ExampleStart() {
	server, err := rctest.Start(rctest.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()

	form := url.Values{"grant_type": {rctest.GrantJWT}, "assertion": {server.JWT}}
	login, _ := http.NewRequest("POST", server.URL+"/restapi/oauth/token", strings.NewReader(form.Encode()))
	login.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	login.SetBasicAuth(server.ClientID, server.ClientSecret)
	resp, err := server.Client().Do(login)
	if err != nil {
		fmt.Println(err)
		return
	}
	resp.Body.Close()
	fmt.Println(resp.Status, resp.Header.Get("X-Rate-Limit-Group"), resp.Header.Get("X-Rate-Limit-Remaining"))
	// Output: 200 OK auth 4
}

func ExampleHandler_Verdict() {
	server, err := rctest.Start(rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Limits: rctest.Unlimited()})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()

	if resp, err := server.Client().Get(server.URL + "/restapi"); err == nil { // needs no token
		resp.Body.Close()
	}
	v := server.Verdict()
	fmt.Println("ready:", v.Ready)
	for _, open := range v.Open {
		fmt.Println(open)
	}
	// Output:
	// ready: false
	// 1 of 21 successful calls
	// GET /restapi: 1 of 5 successful calls
	// scope ReadAccounts: not exercised
}

func ExampleHandler_Fail() {
	server, err := rctest.Start(rctest.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()

	fault, err := server.Fail(rctest.Fault{Operation: rcapi.ReadAPIVersions.ID, Maintenance: true, Times: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	for range 2 {
		if resp, err := server.Client().Get(server.URL + "/restapi"); err == nil {
			resp.Body.Close()
			fmt.Printf("%s, retry after %q\n", resp.Status, resp.Header.Get("Retry-After"))
		}
	}
	fmt.Println("used:", fault.Used())
	// Output:
	// 503 Service Unavailable, retry after "10"
	// 200 OK, retry after ""
	// used: 1
}

func ExampleHandler_Advance() {
	server, err := rctest.Start(rctest.Config{Limits: map[rcapi.Group]int{rcapi.Auth: 1}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()
	login := func() {
		resp, err := server.Client().PostForm(server.URL+"/restapi/oauth/token", nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		resp.Body.Close()
		fmt.Println(resp.Status)
	}

	login()
	login()
	server.Advance(time.Minute) // ends the penalty interval without waiting
	login()
	// Output:
	// 400 Bad Request
	// 429 Too Many Requests
	// 400 Bad Request
}

// A second user, who has only one permission.
func ExampleHandler_Users() {
	server, err := rctest.Start(rctest.Config{Public: true, Users: []rctest.User{{Name: "Kim Doe", Permissions: []string{"ReadCallLog"}}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer server.Close()

	kim := server.Users()[1]
	resp, err := server.Client().PostForm(server.URL+"/restapi/oauth/token", url.Values{
		"grant_type": {rctest.GrantPassword}, "username": {kim.Username}, "password": {kim.Password}, "client_id": {server.ClientID},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
		Owner       string `json:"owner_id"`
	}
	fmt.Println(json.NewDecoder(resp.Body).Decode(&token), token.Owner)
	for _, path := range []string{"call-log", "message-store"} {
		call, _ := http.NewRequest("GET", server.URL+"/restapi/v1.0/account/~/extension/~/"+path, nil)
		call.Header.Set("Authorization", "Bearer "+token.AccessToken)
		if resp, err := server.Client().Do(call); err == nil {
			resp.Body.Close()
			fmt.Println(path, resp.Status)
		}
	}
	// Output:
	// <nil> 62264426
	// call-log 200 OK
	// message-store 403 Forbidden
}
