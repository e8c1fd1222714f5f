// Package main sends from a CSV file with an errgroup of its own, a semaphore and a rate limiter.
package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

type task struct {
	kind, to string
}

var endpoints = map[string]struct{ Method, Path string }{
	"sms": {"POST", "/sms"},
	"fax": {"POST", "/fax"},
	"vm":  {"GET", "/message-store?messageType=VoiceMail"},
}

type group struct {
	wg   sync.WaitGroup
	once sync.Once
	err  error
	sem  chan struct{}
}

func (g *group) Go(f func() error) {
	g.wg.Add(1)
	g.sem <- struct{}{}
	go func() {
		defer func() { <-g.sem; g.wg.Done() }()
		if err := f(); err != nil {
			g.once.Do(func() { g.err = err })
		}
	}()
}

func (g *group) Wait() error { g.wg.Wait(); return g.err }

func run(r io.Reader, base string) error {
	rows := csv.NewReader(r)
	g := &group{sem: make(chan struct{}, 4)}
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		row, err := rows.Read()
		if err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		t := task{row[0], row[1]}
		e, ok := endpoints[t.kind]
		if !ok {
			continue
		}
		<-tick.C
		g.Go(func() error {
			req, err := http.NewRequest(e.Method, base+"/restapi/v1.0/account/~/extension/~"+e.Path, strings.NewReader(t.to)) // want "createSMSMessage" "createFaxMessage" "listMessages"
			if err != nil {
				return fmt.Errorf("%s: %w", t.kind, err)
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				return err
			}
			return resp.Body.Close()
		})
	}
	return g.Wait()
}

func main() {
	if err := run(os.Stdin, "https://platform.ringcentral.com"); err != nil {
		os.Exit(1)
	}
}
