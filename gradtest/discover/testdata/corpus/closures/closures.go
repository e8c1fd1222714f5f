// Package closures calls in closures.
package closures

import (
	"net/http"
	"os"
)

func retry(n int, f func() error) error {
	var err error
	for range n {
		if err = f(); err == nil {
			return nil
		}
	}
	return err
}

func caller(method string) func(path string) error {
	return func(path string) error {
		req, err := http.NewRequest(method, os.Getenv("BASE")+path, nil)
		if err != nil {
			return err
		}
		_, err = http.DefaultClient.Do(req)
		return err
	}
}

// Run calls.
func Run(id string) {
	retry(3, func() error {
		_, err := http.Get(os.Getenv("BASE") + "/restapi/v1.0/account/~/extension/" + id) // want "readExtension"
		return err
	})
	get, post := caller("GET"), caller("POST")
	get("/restapi/v1.0/account/~/call-log")         // want "readCompanyCallLog"
	post("/restapi/v1.0/account/~/extension/~/fax") // want "createFaxMessage"
	path := "/restapi/v1.0/subscription"
	send := func() error { return post(path) } // want "createSubscription"
	retry(2, send)
}
