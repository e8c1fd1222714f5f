package ledger

import (
	"context"
	"errors"
	"time"
)

// Report is what [Dir.Verify] found.
type Report struct {
	Files   []FileReport // day by day
	Records int          // number of readable records in all files
	Calls   int          // attempts whose end is recorded
	Unknown int          // attempts with a slot and no recorded end: they are in flight, or their process was killed
	Twice   []string     // ids of attempts with more than one Done record; each is judged as one
	Torn    int          // lines left unfinished by killed processes, which is no fault
	Chained int          // records with a place in the chain; the others were written before there was one
	Faults  []error      // [*ChainError], [*DamageError], [*VersionError] and [*ReadError]
}

// FileReport describes the file of one UTC day.
type FileReport struct {
	Name    string
	Bytes   int64
	Records int
	First   time.Time // the earliest At
	Last    time.Time // the latest At
	Chained int       // number of the last record in the chain of the file; 0: it has none
	Head    string    // hash of that record: SHA-256 of its line with the newline, in base64 for URLs without padding
}

// Err joins the faults. It is nil if every line can be read.
func (r Report) Err() error { return errors.Join(r.Faults...) }

// Verify implements [Verifier]: it reads every line and checks it and its place in the chain, see the package
// documentation for what that proves. The error is about the ledger as a whole: a
// [*DirError] or that of ctx.
func (d *Dir) Verify(ctx context.Context) (Report, error) { return d.verify(ctx, nil) }

func (d *Dir) verify(ctx context.Context, earlier []DayHead) (Report, error) {
	var rep Report
	if err := d.usable(ctx); err != nil {
		return rep, err
	}
	spans, err := d.shared.spans(ctx, "")
	if err != nil {
		return rep, err
	}
	v := verification{report: &rep, ends: make(map[string]bool), open: make(map[string]struct{})}
	for _, s := range spans {
		rep.Files = append(rep.Files, FileReport{Name: s.day.file(), Bytes: s.size})
	}
	a := d.shared.audit(spans)
	a.expect(d.shared.path, earlier)
	rep.Faults = append(rep.Faults, a.faults...)
	d.shared.scan(ctx, spans, a, v.add)
	for i, c := range a.chains {
		f := &rep.Files[i]
		f.Chained, f.Head = int(c.head.n), c.head.text()
		rep.Chained += f.Chained
	}
	if err := ctx.Err(); err != nil {
		return rep, err
	}
	rep.Unknown = len(v.open)
	rep.Calls = len(v.ends)
	return rep, nil
}

type verification struct {
	report *Report
	ends   map[string]bool // ids of Done records; true: found more than once
	open   map[string]struct{}
	file   int // index of the current file
}

func (v *verification) add(s span, r Record, err error) bool {
	if _, torn := errors.AsType[*TornError](err); torn {
		v.report.Torn++
		return true
	}
	if err != nil {
		v.report.Faults = append(v.report.Faults, err)
		return true
	}
	for v.report.Files[v.file].Name != s.day.file() {
		v.file++
	}
	f := &v.report.Files[v.file]
	f.Records++
	v.report.Records++
	if f.First.IsZero() || r.At.Before(f.First) {
		f.First = r.At
	}
	f.Last = later(f.Last, r.At)
	switch r.Kind {
	case Reserved:
		if _, ended := v.ends[r.ID]; !ended {
			v.open[r.ID] = struct{}{}
		}
	case Released, Settled:
		delete(v.open, r.ID)
	case Done:
		delete(v.open, r.ID)
		twice, known := v.ends[r.ID]
		if known && !twice {
			v.report.Twice = append(v.report.Twice, r.ID)
		}
		v.ends[r.ID] = known
	}
	return true
}

// VerifyAgainst is Verify that also checks that everything an earlier export saw is still there and unchanged: earlier
// is where the chains stood then, see [ExportSection]. It finds what the chain alone cannot, such as a newest day cut
// short or a chain made anew, if the export was kept where the ledger could not be changed. Days that were pruned since
// are passed over.
func (d *Dir) VerifyAgainst(ctx context.Context, earlier []DayHead) (Report, error) {
	return d.verify(ctx, earlier)
}
