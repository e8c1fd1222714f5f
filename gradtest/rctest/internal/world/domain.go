package world

import (
	"slices"
	"sync"
)

// Templates of the catalogue that many domains speak of, and the kind of the extensions.
const (
	accountPath   = "/restapi/v1.0/account/{accountId}"
	extensionPath = accountPath + "/extension/{extensionId}"

	kindExtension = "extensions"
)

// action does what an operation does and says what is answered. It runs under the world's lock; q.thing is what the path
// names, which exists.
type action func(w *World, q *Request) (Reply, *Problem)

// domain is what the world knows of one part of the platform beyond what follows from the catalogue. All keys of
// operations are operation ids.
type domain struct {
	// kinds says where things are found: collection templates (without the id) to the name of the kind. What is missing is
	// a kind of its own, named by its template.
	kinds map[string]string
	// narrows says which things of a kind are found under a collection's template. What is missing there: all of them.
	narrows map[string]func(*thing) bool
	// params gives a path parameter the name by which things know it: groupId of team messaging is chatId. Keys are
	// "template-prefix parameter".
	params map[string]string
	// actions stand in the place of what follows from the role.
	actions map[string]action
	// created completes what a create has made from the request, before it is added: the role does the rest.
	created map[string]func(w *World, q *Request, t *thing) *Problem
	// updated sees an update before it is merged and may refuse or change it.
	updated map[string]func(w *World, q *Request, members Object) *Problem
	// lists picks and orders the members of a list; the role pages them. In the place of all things of the kind that
	// lie where the path says, oldest first, filtered by what the query says of members of the same name.
	lists map[string]func(w *World, q *Request) ([]*thing, *Problem)
	// settings are what is kept at a template without an id of its own until somebody changes it. What is missing there is
	// made up.
	settings map[string]func(w *World, q *Request) Object
	// before runs outside the lock, for what takes time.
	before map[string]func(w *World, q *Request) *Problem
	// own are kinds that get no made-up things: what is in them was put there by start or by a client.
	own []string
	// start puts things there when the world begins.
	start func(w *World)
}

var domains = sync.OnceValue(func() *Plans { return NewPlans(allDomains()...) })

func allDomains() []domain {
	return slices.Concat(peopleDomains(), messageDomains(), chatDomains(), scimDomains(), meetingDomains(), aiDomains(), callDomains())
}
