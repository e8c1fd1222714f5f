package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"time"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// workerVariable marks a process that sweeps.
const workerVariable = "CLAIMBENCH_WORKER"

// endpoints need 61 calls: 15 heavy, 11 medium and 35 light ones.
func endpoints() []gradtest.Endpoint {
	sms := map[string]any{
		"from": map[string]string{"phoneNumber": "+16505550101"}, "to": []any{map[string]string{"phoneNumber": "+12025550101"}}, "text": "hello",
	}
	return []gradtest.Endpoint{
		{Op: rcapi.ReadUserCallLog}, {Op: rcapi.ReadCompanyCallLog}, {Op: rcapi.ListExtensions},
		{Op: rcapi.CreateSMSMessage, Body: sms},
		{Op: rcapi.ListContacts, Calls: 6},
		{Op: rcapi.ReadExtension}, {Op: rcapi.ReadAccountInfo}, {Op: rcapi.ListMessages}, {Op: rcapi.ListExtensionDevices},
		{Op: rcapi.ReadUserPresenceStatus}, {Op: rcapi.ListExtensionPhoneNumbers}, {Op: rcapi.ReadAuthorizationProfile},
	}
}

// The time that a call and its response take on the network.
const minDelay, maxDelay = 20 * time.Millisecond, 40 * time.Millisecond

// network delays calls and responses.
type network struct{ next http.RoundTripper }

func delay() { time.Sleep(minDelay/2 + rand.N((maxDelay-minDelay)/2)) }

func (n network) RoundTrip(req *http.Request) (*http.Response, error) {
	delay()
	resp, err := n.next.RoundTrip(req)
	delay()
	return resp, err
}

// work is one sweep.
func work() {
	app := gradtest.App{
		Name: "claimbench", Scopes: scopes(), Endpoints: endpoints(),
		Target: gradtest.Target{Base: network{http.DefaultTransport}},
	}
	v, err := gradtest.Sweep(context.Background(), app)
	if err != nil || !v.Ready {
		fmt.Printf("ready %v: %v\n", v.Ready, err)
		os.Exit(1)
	}
}
