// Package consumer is somebody else's module, which the end-to-end tests run with the real go command.
package consumer

import (
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var app = gradtest.App{
	Name:   "consumer",
	Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeReadMessages},
	Endpoints: []gradtest.Endpoint{
		{Op: rcapi.ReadExtension},
		{Op: rcapi.ListMessages},
		{Op: rcapi.ListExtensionDevices, Do: func(c *gradtest.Call) {
			resp, err := c.Client().Get(c.URL() + "/restapi/v1.0/account/~/extension/~/device")
			if err != nil {
				c.Errorf("%v", err)
				c.FailNow()
			}
			resp.Body.Close()
		}},
	},
}

func TestGraduation(t *testing.T) {
	gradtest.Run(t, app)
	if os.Getenv("CONSUMER_LINGERS") != "" {
		time.Sleep(3 * time.Second)
	}
}

func TestUnit(t *testing.T) {
	s := gradtest.Start(t, app)
	resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status)
	}
}
