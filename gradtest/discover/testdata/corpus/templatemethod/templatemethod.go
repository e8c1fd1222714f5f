// Package templatemethod has a base that asks the derived type for its path.
package templatemethod

import "net/http"

type resource interface{ name() string }

type base struct{ self resource }

func (b base) list() {
	http.Get("https://platform.ringcentral.com/restapi/v1.0/account/~/" + b.self.name())
}

type sites struct{ base }
type queues struct{ base }

func (sites) name() string  { return "sites" }
func (queues) name() string { return "call-queues" }

func newSites() *sites {
	s := &sites{}
	s.self = s
	return s
}

func newQueues() queues {
	var q queues
	q.base = base{self: q}
	return q
}

// Run calls.
func Run() {
	newSites().list()  // want "listSites"
	newQueues().list() // want "listCallQueues"
}
