// Package main composes handlers of requests like middleware.
package main

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"time"
)

type call struct {
	verb, url string
	payload   []byte
}

type doer func(call) ([]byte, error)

type wrap func(doer) doer

func logged(next doer) doer {
	return func(c call) ([]byte, error) {
		start := time.Now()
		defer func() { log.Println(c.verb, c.url, time.Since(start)) }()
		return next(c)
	}
}

func retried(n int) wrap {
	return func(next doer) doer {
		return func(c call) (b []byte, err error) {
			for range n {
				if b, err = next(c); err == nil {
					break
				}
			}
			return b, err
		}
	}
}

func based(base string) wrap {
	return func(next doer) doer {
		return func(c call) ([]byte, error) {
			c.url = base + c.url
			return next(c)
		}
	}
}

func wire(c call) ([]byte, error) {
	req, err := http.NewRequest(c.verb, c.url, bytes.NewReader(c.payload))
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func compose(d doer, ws ...wrap) doer {
	for i := len(ws) - 1; i >= 0; i-- {
		d = ws[i](d)
	}
	return d
}

var do = compose(wire, logged, retried(3), based("https://platform.ringcentral.com/restapi/v1.0"))

func main() {
	do(call{"GET", "/account/~/extension/~/caller-id", nil})          // want-unresolved "/account/~/extension/~/caller-id"
	do(call{"PUT", "/account/~/extension/~/caller-id", []byte("{}")}) // want-unresolved "/account/~/extension/~/caller-id"
}
