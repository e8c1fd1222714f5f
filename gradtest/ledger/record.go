// Package ledger keeps the evidence: one record per call attempt, in an append-only store.
package ledger

import (
	"context"
	"iter"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

type Kind string

const (
	Reserved Kind = "reserved" // a slot is taken; without a Done of the same ID: spent, outcome unknown
	Done     Kind = "done"     // the attempt ended, with or without an answer
	Released Kind = "released" // the slot was given back, nothing was sent
	Declared Kind = "declared" // what the app declares: endpoints and scopes
)

// Record is one line of the ledger. It holds nothing personal: templates, statuses, times, codes, request ids.
type Record struct {
	Kind      Kind
	ID        string    // the attempt's id, shared by its Reserved and Done
	At        time.Time // Reserved: when it may be sent; Done: when the answer arrived or the attempt was given up; UTC
	Sent      time.Time // Done: when it left
	Latest    time.Time // Reserved, and Done without answer: the latest moment at which the server may have counted it
	Op        string    // operation id; empty: not in the catalogue
	Method    string    // effective method
	Path      string    // template, unknown segments replaced by {}
	Groups    []string  // buckets charged
	Scopes    []string  // app scopes a success of this call exercises
	Status    int       // HTTP status; 0: no answer
	Code      string    // the platform's error code (CMN-102, OAU-213, …) or a transport failure class (timeout, reset, refused, tls, …)
	RequestID string    // RCRequestId
	OAuth     bool      // an authorization request: never volume
	Fault     bool      // answer made by an injected fault or a replay: never evidence
	Partial   bool      // a 207 with an inner status outside 2xx: not a success
	Signal    window.Signal
	Declared  *Declaration
}

// Declaration is what an app declares, kept so that the command can judge without the test's source.
type Declaration struct {
	App       string
	Policy    string
	Scopes    []string
	Endpoints []DeclaredEndpoint
}

type DeclaredEndpoint struct {
	Name   string
	Op     string
	Method string
	Path   string
	Group  string
	Scope  string
	Calls  int // successes wanted; 0: the policy's
}

// Store keeps records. Append returns when they are durable; Records yields them in the order of appending.
type Store interface {
	Append(ctx context.Context, r ...Record) error
	// Records yields all records whose At is not before since (zero: all that are kept). A damaged line is yielded as an error and the iteration can go on.
	Records(ctx context.Context, since time.Time) iter.Seq2[Record, error]
}

// Memory is a Store for one process.
type Memory struct{}

func NewMemory() *Memory { panic("stub") }

// Open opens the directory store at dir, creating it if needed.
func Open(dir string) (*Dir, error) { panic("stub") }

// Dir is the directory store; it is a Store and, by Gate, a window.Gate shared by all processes that open it.
type Dir struct{}

func (d *Dir) Append(ctx context.Context, r ...Record) error { panic("stub") }
func (d *Dir) Records(ctx context.Context, since time.Time) iter.Seq2[Record, error] {
	panic("stub")
}
func (d *Dir) Gate(defaults map[string]window.Limit) window.Gate { panic("stub") }
func (d *Dir) Close() error                                      { panic("stub") }
