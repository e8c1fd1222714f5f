// Package interfaces hides the client behind an interface.
package interfaces

import (
	"net/http"
	"os"
)

// Doer does requests.
type Doer interface {
	Do(method, path string) error
}

type live struct{ base string }

func (l live) Do(method, path string) error {
	req, err := http.NewRequest(method, l.base+path, nil)
	if err != nil {
		return err
	}
	_, err = http.DefaultClient.Do(req)
	return err
}

type fake struct{}

func (fake) Do(method, path string) error { return nil }

// Endpoint has a path.
type Endpoint interface{ Path() string }

type callLog struct{ ext string }
type sms struct{}

func (c callLog) Path() string { return "/restapi/v1.0/account/~/extension/" + c.ext + "/call-log" }
func (sms) Path() string       { return "/restapi/v1.0/account/~/extension/~/sms" }

func run(d Doer, method string, e Endpoint) error { return d.Do(method, e.Path()) }

// Run calls.
func Run() {
	var d Doer = live{os.Getenv("BASE")}
	if os.Getenv("DRY") != "" {
		d = fake{}
	}
	run(d, "GET", callLog{"~"}) // want "readUserCallLog"
	run(d, "POST", sms{})       // want "createSMSMessage"
}
