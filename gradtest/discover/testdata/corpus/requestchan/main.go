// Package main hands request structs through a channel to a dispatcher.
package main

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
)

type job struct {
	verb string
	uri  string
	body string
	done chan<- error
}

type dispatcher struct {
	jobs chan job
	base string
	wg   sync.WaitGroup
}

func (d *dispatcher) loop() {
	defer d.wg.Done()
	for j := range d.jobs {
		req, err := http.NewRequest(j.verb, d.base+j.uri, strings.NewReader(j.body)) // want "createSMSMessage" "readUserPresenceStatus" "deleteUserCallLog"
		if err == nil {
			_, err = http.DefaultClient.Do(req)
		}
		select {
		case j.done <- err:
		default:
		}
	}
}

func (d *dispatcher) submit(verb, uri, body string) error {
	done := make(chan error, 1)
	d.jobs <- job{verb: verb, uri: uri, body: body, done: done}
	return <-done
}

func main() {
	d := &dispatcher{jobs: make(chan job, 8), base: "https://platform.ringcentral.com"}
	d.wg.Add(1)
	go d.loop()
	d.submit("POST", "/restapi/v1.0/account/~/extension/~/sms", "{}")
	d.submit("GET", fmt.Sprintf("/restapi/v1.0/account/~/extension/%d/presence", 101), "")
	d.jobs <- job{verb: http.MethodDelete, uri: "/restapi/v1.0/account/~/extension/~/call-log"}
	close(d.jobs)
	d.wg.Wait()
}
