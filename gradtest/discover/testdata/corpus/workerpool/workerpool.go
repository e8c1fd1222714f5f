// Package workerpool hands functions to a pool of its own.
package workerpool

import (
	"net/http"
	"sync"
)

type pool struct {
	wg    sync.WaitGroup
	tasks chan func()
}

func (p *pool) submit(f func()) { p.wg.Add(1); p.tasks <- f }

func (p *pool) run() {
	for f := range p.tasks {
		f()
		p.wg.Done()
	}
}

func fetch(path string) { http.Get("https://platform.ringcentral.com" + path) }

// Run calls.
func Run(ids []string) {
	p := &pool{tasks: make(chan func())}
	go p.run()
	for _, id := range ids {
		p.submit(func() { fetch("/restapi/v1.0/account/~/extension/" + id + "/presence") }) // want "readUserPresenceStatus"
	}
	p.wg.Wait()
}
