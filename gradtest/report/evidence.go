package report

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
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

	// Hash is the SHA-256 of Heads, each as day, number and hash in a line of their own, in base64 for URLs without padding;
	// absent: the store has no chains.
	Hash string `json:"hash,omitempty"`
	// Heads is where the chain of each day's file stands, see [ledger.DayHead]. "gradtest ledger verify" shows the same.
	Heads []ledger.DayHead `json:"heads,omitempty"`
	// Fault says that records are not as they were written; absent: they are, or the store has no chains.
	Fault string `json:"fault,omitempty"`
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
