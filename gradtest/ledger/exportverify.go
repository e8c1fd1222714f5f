package ledger

import (
	"context"
	"errors"
	"io"
)

// ExportReport is what [VerifyExport] found.
type ExportReport struct {
	Sections []ExportSection // one for each export that the file is made of
	Faults   []error         // [*ChainError], [*DamageError], [*VersionError] and [*CutError]
}

// ExportSection describes one export.
type ExportSection struct {
	Origin  string    // see [Export]
	Records int       // that can be read
	Head    string    // hash of the last record's line; empty: an older version wrote the export, and it has no chain
	Heads   []DayHead // where the chains of the ledger stood
}

// Err joins the faults.
func (r ExportReport) Err() error { return errors.Join(r.Faults...) }

// Broken returns those faults that show records to be changed, removed or put in.
func (r ExportReport) Broken() (all []error) {
	for _, err := range r.Faults {
		if _, ok := errors.AsType[*ChainError](err); ok {
			all = append(all, err)
		}
	}
	return all
}

// VerifyExport reads an export and checks every line and its place in the chain. The error is that of reading r.
func VerifyExport(ctx context.Context, r io.Reader) (ExportReport, error) {
	return ReadExport(ctx, r, func(Record) error { return nil })
}

// ReadExport is [VerifyExport] that also passes the records to use, in their order, up to the first break of the chain.
// The error is that of reading r or of use, which ends the reading.
func ReadExport(ctx context.Context, r io.Reader, use func(Record) error) (ExportReport, error) {
	p := exportReader{all: true}
	err := p.read(ctx, r, use)
	rep := ExportReport{Faults: p.faults}
	for _, s := range p.sealed {
		rep.Sections = append(rep.Sections, ExportSection{s.origin, s.records, s.head, s.heads})
	}
	return rep, err
}
