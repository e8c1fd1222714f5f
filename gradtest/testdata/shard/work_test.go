// Package shard is a test of another module that makes many calls and runs as many processes at the same time.
package shard

import (
	"net/http"
	"os"
	"strconv"
	"sync"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var app = gradtest.App{
	Name: "shard", Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []gradtest.Endpoint{{Op: rcapi.ReadExtension}},
}

// TestWork makes SHARD_CALLS calls, eight at a time.
func TestWork(t *testing.T) {
	calls, err := strconv.Atoi(os.Getenv("SHARD_CALLS"))
	if err != nil {
		t.Fatal(err)
	}
	s := gradtest.Start(t, app)
	turns := make(chan struct{}, calls)
	for range calls {
		turns <- struct{}{}
	}
	close(turns)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range turns {
				resp, err := s.Client().Get(s.URL() + "/restapi/v1.0/account/~/extension/~")
				if err != nil {
					t.Error(err)
					return
				}
				resp.Body.Close()
				if resp.StatusCode != http.StatusOK {
					t.Error(resp.Status)
				}
			}
		})
	}
	wg.Wait()
}
