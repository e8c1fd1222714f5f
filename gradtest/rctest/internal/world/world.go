package world

import (
	"maps"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// Object is a JSON object. Values are those of encoding/json, and of package shape.
type Object = map[string]any

// Config configures a new world.
type Config struct {
	Seed      uint64    // of everything that is made up
	Now       time.Time // starting things lie a little before it
	AccountID string
	Users     []Person // who can log in; the first one owns most of what is there at the start
	Bare      bool     // nothing but the account, its users and their numbers at the start

	Subscriptions int // most of one user; 0: no limit

	// Permissions returns what an extension may do; nil, or a nil result: everything.
	Permissions func(extension string) []string

	// Validate calls a webhook's address for the first time; nil: every address is accepted.
	Validate func(q *Request, address string) *Problem
	// Deliver sends a notification. It must not block. Nil: no notifications.
	Deliver func(Notification)
}

// Person is an extension of the account that belongs to a user.
type Person struct {
	ID        string // of the extension
	Number    string // of the extension, such as 101
	Phone     string // own number, E.164
	FirstName string
	LastName  string
	Email     string
}

// World is safe for concurrent use.
type World struct {
	plans  *Plans
	Config Config
	maker  shape.Maker

	mu       sync.RWMutex
	kinds    map[string]*kind
	serial   int64 // of ids given
	revision int64 // changes to things
	files    fileCache
	replies  map[answerKey]cachedAnswer // to reads, since the last change
	pending  []Event
}

// New returns a world with its initial resources.
func New(plans *Plans, cfg Config) *World {
	w := &World{plans: plans, Config: cfg, kinds: make(map[string]*kind), replies: make(map[answerKey]cachedAnswer)}
	w.maker = shape.Maker{Seed: cfg.Seed, Now: cfg.Now, Known: w.knownValue, Home: w.accountPath()}
	for _, d := range plans.domains {
		if d.Seed != nil {
			d.Seed(w)
		}
	}
	w.markSeeded()
	w.pending = nil // there were no subscribers yet
	return w
}

// Serve performs one request.
func (w *World) Serve(p *Plan, q *Request) (Reply, *Problem) {
	p.resolve()
	if r, ok := w.cachedReply(p, q); ok {
		return r, nil
	}
	items, at, problem := p.batch(q)
	if problem == nil && items == nil {
		problem = w.checkRequest(p, q)
	}
	if problem != nil {
		return Reply{}, problem
	}
	r, notifications, problem := w.execute(p, q, items, at)
	for _, n := range notifications {
		w.Config.Deliver(n)
	}
	return r, problem
}

// execute holds the lock while the request is performed, and releases it after a panic too, so that other requests go
// on.
func (w *World) execute(p *Plan, q *Request, items []batchItem, at int) (r Reply, notifications []Notification,
	problem *Problem) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if items != nil {
		r = w.serveBatch(p, q, items, at)
	} else {
		r, problem = w.serve(p, q)
	}
	return r, w.notifications(q.At), problem
}

// Perform runs do under the world's lock and then delivers the notifications of what do has changed. It is for changes
// that no request makes, such as an incoming call. The object that do returns is copied under the lock.
func (w *World) Perform(at time.Time, do func() (Object, *Problem)) (Object, *Problem) {
	o, notifications, p := w.perform(at, do)
	for _, n := range notifications {
		w.Config.Deliver(n)
	}
	return o, p
}

func (w *World) perform(at time.Time, do func() (Object, *Problem)) (Object, []Notification, *Problem) {
	w.mu.Lock()
	defer w.mu.Unlock()
	o, p := do()
	if p != nil {
		return nil, nil, p
	}
	return maps.Clone(o), w.notifications(at), nil
}

// checkRequest validates a request before anything is changed.
func (w *World) checkRequest(p *Plan, q *Request) *Problem {
	w.mu.Lock()
	problem := w.resolvePath(p, q)
	w.mu.Unlock()
	if problem == nil {
		problem = p.check(q)
	}
	if problem == nil && p.before != nil {
		problem = p.before(w, q)
	}
	return problem
}

// serve performs the operation under the lock. It looks up the resources again: since the request was checked, another
// may have removed them.
func (w *World) serve(p *Plan, q *Request) (Reply, *Problem) {
	if problem := w.resolvePath(p, q); problem != nil {
		return Reply{}, problem
	}
	r, problem := p.handler(w, q)
	if problem == nil && hasWord(tagged, p.op.ID) {
		r.Header = http.Header{"Etag": {entityTag(r.Body)}}
	}
	if problem == nil && p.cacheable && q.Query == nil {
		w.replies[keyOf(p, q)] = cachedAnswer{q.Base, r}
	}
	return r, problem
}

// cachedAnswer is the response to a read, for callers with the same base address.
type cachedAnswer struct {
	base  string
	reply Reply
}

type answerKey struct {
	plan       *Plan
	path, user string // user: empty if the response is the same for all
}

func keyOf(p *Plan, q *Request) answerKey {
	if p.byUser {
		return answerKey{p, q.Path, q.User}
	}
	return answerKey{plan: p, path: q.Path}
}

// cachedReply returns the response to an earlier read if nothing has changed since.
func (w *World) cachedReply(p *Plan, q *Request) (Reply, bool) {
	if !p.cacheable || q.Query != nil {
		return Reply{}, false
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	a, ok := w.replies[keyOf(p, q)]
	return a.reply, ok && a.base == q.Base
}

// Invalidate drops the cached responses to reads. Every change of a resource calls it.
func (w *World) Invalidate() { clear(w.replies) }

// accountPath is the address of the account.
func (w *World) accountPath() string { return "/restapi/v1.0/account/" + w.Config.AccountID }

// knownValue returns the values that generated objects share with the world.
func (w *World) knownValue(path string) (any, bool) {
	if len(w.Config.Users) == 0 {
		return nil, false
	}
	first := w.Config.Users[0]
	switch path {
	case "accountId", "account.id":
		return w.Config.AccountID, true
	case "extensionId", "extension.id", "owner.extensionId", "ownerId", "creator.id", "creatorId":
		return first.ID, true
	case "extensionNumber", "extension.extensionNumber":
		return first.Number, true
	case "account.uri":
		return w.accountPath(), true
	}
	parent, member, ok := strings.Cut(path, ".")
	if !ok || strings.Contains(member, ".") {
		return nil, false
	}
	return w.reference(parent, member)
}
