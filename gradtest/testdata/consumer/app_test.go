// Package consumer is another module, which the end-to-end tests run with the real go command.
package consumer

import (
	"bytes"
	"context"
	"log"
	"net/http"
	"os"
	"strings"
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

// shared is the session of the whole package when CONSUMER_SHARED is set.
var shared *gradtest.Session

func TestMain(m *testing.M) {
	if os.Getenv("CONSUMER_SHARED") != "" {
		var err error
		if shared, err = gradtest.Open(context.Background(), app); err != nil {
			log.Fatal(err)
		}
		defer shared.Close()
	}
	m.Run()
}

func TestShared(t *testing.T) {
	if shared == nil {
		return
	}
	resp, err := shared.Client().Get(shared.URL() + "/restapi/v1.0/account/~/extension/~")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if os.Getenv("CONSUMER_LINGERS") != "" {
		time.Sleep(3 * time.Second)
	}
}

func TestGraduation(t *testing.T) {
	gradtest.Run(t, app)
	if os.Getenv("CONSUMER_LINGERS") != "" {
		time.Sleep(3 * time.Second)
	}
}

// TestLight finds that the binary has no templates, although packages that it imports have: they make the linker keep
// every exported method, 3.7 MB.
func TestLight(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	code, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []struct {
		pkg, name string
		linked    bool
	}{{"net/http", "(*Client).Do", true}, {"text/template", "(*Template).Execute", false}, {"text/template/parse", "(*Tree).parse", false}} {
		name := strings.Join([]string{f.pkg, f.name}, ".") // made here, or the binary would have it as a constant
		if linked := bytes.Contains(code, []byte(name)); linked != f.linked {
			t.Errorf("linked with %s: %v, expected %v", name, linked, f.linked)
		}
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
