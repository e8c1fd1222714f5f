package cli

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// appEvidence is the evidence of one app at one host.
type appEvidence struct {
	dir          string // name of the app ledger: host and hash of the client id
	in           evidenceRoot
	count        int          // of records
	declarations []declaredAt // the latest of each name, the latest last
	last         time.Time    // of the latest record
	fault        error        // why not all of it could be read
}

// declaredAt is a declaration and its time.
type declaredAt struct {
	ledger.Declaration
	at time.Time
}

// gather reads the evidence of one app as far as possible. A line that a killed process left unfinished is not a fault,
// since it was never acknowledged. Damaged lines are.
func gather(ctx context.Context, in evidenceRoot, name string, now time.Time) *appEvidence {
	e := &appEvidence{dir: name, in: in}
	d, err := in.read(ctx, name)
	if err != nil {
		e.fault = err
		return e
	}
	// Older days are read only if no recent one has a declaration.
	if e.survey(ctx, d, now.Add(-evidence.Reach)); len(e.declarations) == 0 {
		e.survey(ctx, d, time.Time{})
	}
	e.fault = errors.Join(e.fault, d.Close())
	return e
}

func (e *appEvidence) survey(ctx context.Context, d appLedger, since time.Time) {
	s, err := d.Survey(ctx, since)
	e.count, e.last, e.declarations = s.Records, s.Last, nil
	e.fault = errors.Join(append(s.Faults, err)...)
	for _, r := range s.Declared {
		e.declare(r)
	}
}

// read passes the records that can matter at now to use, which may stop early. They are not kept: there may be
// millions.
func (e *appEvidence) read(ctx context.Context, now time.Time, use func(iter.Seq[ledger.Record])) (err error) {
	d, err := e.in.read(ctx, e.dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	var faults []error
	use(func(yield func(ledger.Record) bool) {
		for r, err := range evidence.Recent(ctx, d, now, func(error) {}) {
			if err != nil {
				faults = append(faults, err)
				continue
			}
			if !yield(r) {
				return
			}
		}
	})
	return errors.Join(faults...)
}

// declare adds a declaration unless a later one of the same name is known. Imported declarations come after later ones.
func (e *appEvidence) declare(r ledger.Record) {
	for i, d := range e.declarations {
		if d.App == r.Declared.App {
			if d.at.After(r.At) {
				return
			}
			e.declarations = slices.Delete(e.declarations, i, i+1)
			break
		}
	}
	at, _ := slices.BinarySearchFunc(e.declarations, r.At, func(d declaredAt, t time.Time) int {
		if d.at.After(t) {
			return 1
		}
		return -1
	})
	e.declarations = slices.Insert(e.declarations, at, declaredAt{*r.Declared, r.At})
}

// current lists the declarations of apps that may have run recently, or else the latest one.
func (e *appEvidence) current() []declaredAt {
	for i, d := range e.declarations {
		if i == len(e.declarations)-1 || !d.at.Before(e.last.Add(-evidence.Reach)) {
			return e.declarations[i:]
		}
	}
	return nil
}
