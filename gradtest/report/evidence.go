package report

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/safetext"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Evidence says which records a report is made from, so that a reader can compare them with those of another report.
type Evidence struct {
	Records int       `json:"records"`        // of all kinds, of the last three days
	Calls   int       `json:"calls"`          // attempts whose end is recorded
	First   time.Time `json:"first,omitzero"` // the earliest record
	Last    time.Time `json:"last,omitzero"`  // the latest record

	// SHA-256 of the heads, each as day, number and hash in a line of its own, in base64 for URLs without padding; absent:
	// the store has no chains.
	Hash string `json:"hash,omitempty"`
	// Where the chain of each day's file stands; gradtest ledger verify shows the same.
	Heads []ledger.DayHead `json:"heads,omitempty"`
	// The first record that is not as it was written; absent: there is none, or the store has no chains.
	Fault string `json:"fault,omitempty"`
}

// NewEvidence reads the records in from that are not before since, and checks the chain of a [ledger.Dir]. Records that
// cannot be read or were changed are no error: Fault names the first.
func NewEvidence(ctx context.Context, from ledger.Store, since time.Time) (*Evidence, error) {
	e := new(Evidence)
	_, heads, err := ledger.ExportOnly(ctx, io.Discard, from, "report", since, func(r *ledger.Record) bool {
		e.Records++
		if r.Kind == ledger.Done {
			e.Calls++
		}
		if e.First.IsZero() || r.At.Before(e.First) {
			e.First = r.At
		}
		if r.At.After(e.Last) {
			e.Last = r.At
		}
		return false
	})
	if ctx.Err() != nil {
		return nil, fmt.Errorf("report: the evidence was not read to its end: %w", context.Cause(ctx))
	}
	e.Heads = heads
	if err != nil {
		e.Fault, _, _ = strings.Cut(err.Error(), "\n")
	}
	return e, nil
}

// clean returns a copy with the hash and with texts that are safe to show.
func (e *Evidence) clean() *Evidence {
	if e == nil {
		return nil
	}
	c := *e
	c.First, c.Last, c.Fault, c.Hash, c.Heads = e.First.UTC(), e.Last.UTC(), safetext.Clean(e.Fault), "", nil
	sum := sha256.New()
	for _, h := range e.Heads {
		fmt.Fprintf(sum, "%s %d %s\n", h.Day, h.N, h.Hash)
		c.Heads = append(c.Heads, ledger.DayHead{Day: safetext.Clean(h.Day), N: h.N, Hash: safetext.Clean(h.Hash)})
	}
	if len(e.Heads) > 0 {
		c.Hash = base64.RawURLEncoding.EncodeToString(sum.Sum(nil))
	}
	return &c
}

// Range says how much evidence there is, and of which time.
func (e Evidence) Range() string {
	s := fmt.Sprintf("%s of %s", plural(e.Records, "record"), plural(e.Calls, "call"))
	if n := len(e.Heads); n > 0 {
		s += " in " + plural(n, "file")
	}
	if !e.First.IsZero() {
		s += fmt.Sprintf(", from %s to %s", stamp(e.First), stamp(e.Last))
	}
	return s + "."
}
