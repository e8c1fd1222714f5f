package main

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestLive(t *testing.T) {
	helperOfTest()
	http.Get(base + "/account/~/sites") // want-test "listSites"
	httptest.NewRequest("GET", base+"/account/~/call-log", nil)
	srv := httptest.NewServer(ring{})
	defer srv.Close()
	http.Get(srv.URL + "/restapi/v1.0/account/~/call-queues") // want-test "listCallQueues"
}
