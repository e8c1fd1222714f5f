package recorder

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// tally counts what a recorder sees. It is safe for concurrent use.
type tally struct {
	arrivals counter
	clientID string          // expected of token requests; empty: any
	declared map[string]bool // see declaredIn

	mu         sync.Mutex
	operations map[[2]string]*Operation // by method and path template
	oauth      map[[2]string]bool
	scopes     map[string]bool
	groups     map[string]*usage
	limits     map[string]window.Limit
	grants     map[string]int
	calls      []Call

	lost        int
	lossReason  error
	blocked     error  // why calls were not sent
	looping     string // the sentence about it
	unreachable map[string]int
	otherLogin  bool
	hosts       map[string]bool // of the platform, which were not recorded
	distrust    map[string]bool // hosts for which the program refused the certificate
}

func newTally(limits map[string]window.Limit, clientID string) *tally {
	return &tally{
		clientID: clientID, operations: make(map[[2]string]*Operation), oauth: make(map[[2]string]bool),
		scopes: make(map[string]bool), groups: make(map[string]*usage), limits: limits, grants: make(map[string]int),
		unreachable: make(map[string]int), hosts: make(map[string]bool), distrust: make(map[string]bool),
	}
}

// arrive returns the order of a request.
func (t *tally) arrive() int { return t.arrivals.next() }

// add takes in the record of an attempt.
func (t *tally) add(a arrival, r ledger.Record) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count(a, r)
}

func (t *tally) count(a arrival, r ledger.Record) {
	if a.order == 0 {
		a.order = t.arrivals.next()
	}
	key := [2]string{r.Method, r.Path}
	if r.Op == "" && a.path != "" && len(t.operations) < mostPaths {
		key[1], r.Path = a.path, a.path
	}
	op := t.operations[key]
	if op == nil {
		op = &Operation{
			ID: r.Op, Method: r.Method, Path: r.Path, Statuses: make(map[string]int), Clients: []string{}, First: a.order,
		}
		if known, ok := rcapi.Lookup(r.Op); ok {
			op.Group, op.Scope = string(known.Group), string(known.Scope)
		}
		t.operations[key], t.oauth[key] = op, r.OAuth
	}
	op.Calls++
	op.First = min(op.First, a.order)
	op.Statuses[outcome(r)]++
	if a.client != "" && !slices.Contains(op.Clients, a.client) && len(op.Clients) < mostClients {
		op.Clients = append(op.Clients, a.client)
	}
	for _, s := range r.Scopes {
		t.scopes[s] = true
	}
	groups := r.Groups
	if r.Op == "" && r.Signal.Group != "" { // it was charged to every group that it could have
		groups = []string{r.Signal.Group}
	}
	for _, g := range groups {
		t.use(g, r)
	}
	if r.Status == 0 && r.Sent.IsZero() {
		t.unreachable[r.Code]++
	}
	if len(t.calls) < keptCalls {
		t.calls = append(t.calls, Call{a.order, r.Op, r.Method, r.Path, r.Status, r.Code, r.OAuth})
	}
}

// mostClients bounds Operation.Clients; mostPaths the paths that the catalogue lacks, of which a program can make up
// any number.
const (
	mostClients = 8
	mostPaths   = 1000
)

// outcome is the status of an attempt, or what went wrong before one.
func outcome(r ledger.Record) string {
	if r.Status == 0 {
		return r.Code
	}
	return strconv.Itoa(r.Status)
}

// lose takes in a call whose record could not be kept. It reports whether it is the first.
func (t *tally) lose(r ledger.Record, err error) (first bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count(arrival{}, r)
	t.lost++
	t.lossReason = cmp.Or(t.lossReason, reasonOf(err))
	return t.lost == 1
}

// loss returns the error about records that could not be kept.
func (t *tally) loss(evidence string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lost == 0 {
		return nil
	}
	return fmt.Errorf("recorder: %s could not be recorded, all others are kept in %s: %w",
		plural(t.lost, "call"), cmp.Or(evidence, "memory"), t.lossReason)
}

// block takes in a call that was not sent since no slot could be taken. It reports whether it is the first.
func (t *tally) block(err error) (first bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	first = t.blocked == nil
	t.blocked = cmp.Or(t.blocked, reasonOf(err))
	return first
}

// loop takes in a request that came back. It reports whether it is the first.
func (t *tally) loop(sentence string) (first bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	first = t.looping == ""
	t.looping = sentence
	return first
}

// login takes in a token request.
func (t *tally) login(g grant) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.grants[g.kind]++
	t.otherLogin = t.otherLogin || g.clientID != "" && t.clientID != "" && g.clientID != t.clientID
}

// unrecorded takes in a host of the platform whose traffic was tunnelled.
func (t *tally) tunnelled(host string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hosts[host] = true
}

// distrusted takes in a host for which the program refused the certificate. It reports whether it is the first.
func (t *tally) distrusted(host string) (first bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	first = len(t.distrust) == 0
	t.distrust[host] = true
	return first
}

// summary returns what was counted.
func (t *tally) summary() Summary {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := Summary{
		Operations: []Operation{}, Unknown: []Unknown{}, Authorizations: []Operation{}, Grants: maps.Clone(t.grants),
		Scopes: append([]string{}, slices.Sorted(maps.Keys(t.scopes))...), Groups: t.used(),
		Calls: append([]Call{}, t.calls...), Lost: t.lost,
	}
	for key, op := range t.operations {
		o := *op
		o.Statuses, o.Clients = maps.Clone(o.Statuses), slices.Clone(o.Clients)
		o.Undeclared = t.declared != nil && !t.oauth[key] && !t.declared[endpoint(o.Method, o.Path)]
		switch {
		case t.oauth[key]:
			s.Authorizations = append(s.Authorizations, o)
		case o.ID != "":
			s.Operations = append(s.Operations, o)
		default:
			u := Unknown{Operation: o, Nearest: rcapi.MostSimilar(o.Method, o.Path).ID}
			if op, err := rcapi.Describe(o.Method, o.Path); err == nil {
				u.Parse = op.GoString()
			}
			s.Unknown = append(s.Unknown, u)
		}
	}
	first := func(a, b Operation) int { return cmp.Compare(a.First, b.First) }
	slices.SortFunc(s.Operations, first)
	slices.SortFunc(s.Authorizations, first)
	slices.SortFunc(s.Unknown, func(a, b Unknown) int { return first(a.Operation, b.Operation) })
	slices.SortStableFunc(s.Calls, func(a, b Call) int { return cmp.Compare(a.Order, b.Order) })
	s.Notes = t.notes()
	return s
}

// notes are the sentences about what went wrong.
func (t *tally) notes() []string {
	notes := []string{}
	if t.looping != "" {
		notes = append(notes, t.looping)
	}
	for _, class := range slices.Sorted(maps.Keys(t.unreachable)) {
		notes = append(notes, fmt.Sprintf("%s did not reach the platform (%s): check that the server runs, and the URL and "+
			"the network.", plural(t.unreachable[class], "call"), class))
	}
	if t.blocked != nil {
		notes = append(notes, fmt.Sprintf("Calls were not sent, since no slot could be booked for them: %v.", t.blocked))
	}
	if t.otherLogin {
		notes = append(notes, "The program authorized with another client id than that of RC_APP_CLIENT_ID, under which the "+
			"calls are recorded: let it read the variable, or set the variable to the id that it uses.")
	}
	for _, host := range slices.Sorted(maps.Keys(t.hosts)) {
		notes = append(notes, fmt.Sprintf(
			"The calls of %s were not recorded: name it with --upstream https://%s.", host, host))
	}
	if len(t.distrust) > 0 {
		notes = append(notes, distrustNote(slices.Sorted(maps.Keys(t.distrust))))
	}
	return notes
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
