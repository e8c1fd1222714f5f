// Package app has tests for package declaration to run.
package app

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var crm = gradtest.App{
	Name: "crm-sync", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts},
	Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension, Calls: 7}},
}

// TestMain opens a session for all tests if a variable says so.
func TestMain(m *testing.M) {
	if os.Getenv("APP_OPENS_IN_MAIN") != "" {
		s, err := gradtest.Open(context.Background(), crm)
		if err != nil {
			log.Fatal(err)
		}
		defer s.Close()
	}
	m.Run()
}

// sent reports a request, which nothing may send.
func sent(t *testing.T) {
	if _, err := http.Get(os.Getenv("APP_COUNTER")); err == nil {
		t.Error("sent")
	}
}

func TestGraduation(t *testing.T) {
	gradtest.Run(t, crm)
	sent(t)
}

func start(t *testing.T) *gradtest.Session { return gradtest.Start(t, crm) }

func TestSync(t *testing.T) {
	_, _ = start(t).Client().Get(os.Getenv("APP_COUNTER"))
	sent(t)
}

func TestSweep(t *testing.T) {
	mobile := crm
	mobile.Name = "mobile"
	if _, err := gradtest.Sweep(t.Context(), mobile); err == nil {
		sent(t)
	}
}

func TestRefused(t *testing.T) { gradtest.Run(t, gradtest.App{Name: "empty"}) }

func TestHangs(t *testing.T) {
	<-make(chan int, len(os.Args)-len(os.Args))
	gradtest.Run(t, crm)
}

func TestFails(t *testing.T) {
	t.Fatal("no database")
	gradtest.Run(t, crm)
}

func TestSkips(t *testing.T) {
	t.Skip("not today")
	gradtest.Run(t, crm)
}

// TestEnvironment shows what a test can see.
func TestEnvironment(t *testing.T) {
	for _, name := range []string{"RC_USER_JWT", "RINGCENTRAL_JWT", "GRADTEST_REDIS"} {
		if os.Getenv(name) != "" {
			t.Fatal(name + " is set")
		}
	}
	dir, err := os.Getwd()
	if _, missing := os.Stat("app_test.go"); err != nil || missing != nil {
		t.Fatal(fmt.Sprint("working directory ", dir))
	}
	if _, err := http.Get("http://platform.example.com/"); err == nil {
		t.Fatal("a request left the machine")
	}
	gradtest.Run(t, crm)
}

func TestOther(t *testing.T) { t.Fatal("opens no session") }
