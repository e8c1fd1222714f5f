// Package defers calls in goroutines and deferred functions.
package defers

import "net/http"

func call(method, path string) {
	req, _ := http.NewRequest(method, "https://platform.ringcentral.com"+path, nil)
	http.DefaultClient.Do(req)
}

// Run calls.
func Run() {
	defer call("DELETE", "/restapi/v1.0/subscription/1") // want "deleteSubscription"
	go call("POST", "/restapi/v1.0/subscription")        // want "createSubscription"
	go func() {
		call("PUT", "/restapi/v1.0/subscription/1") // want "updateSubscription"
	}()
}
