package bundle

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/report"
)

// rejudge judges the records and compares the result with the bundled one.
func (v *verifier) rejudge(ctx context.Context, b basis) error {
	whole, err := v.readRecords(ctx, b)
	if err != nil || !whole {
		return err
	}
	var faults []error
	seq := b.sequence(ctx, v.unpack, &faults)
	j := b.judge(seq)
	document := j.document()
	v.Ready, v.Document = document.Ready, &document
	if v.Manifest.Ready != document.Ready {
		v.differ(
			Difference{
				File:       manifestName,
				Member:     "ready",
				Bundled:    fmt.Sprint(v.Manifest.Ready),
				Recomputed: fmt.Sprint(document.Ready),
			},
		)
	}
	if err := v.compareVerdict(document); err != nil {
		v.differ(Difference{File: verdictName, Reason: fmt.Sprintf("cannot be read (%v)", err)})
	}
	err = v.compareTexts(b, j, seq)
	return errors.Join(append(faults, err)...)
}

// readRecords checks the records by themselves and against the manifest and the declaration. It returns false if they
// cannot be judged.
func (v *verifier) readRecords(ctx context.Context, b basis) (whole bool, err error) {
	var (
		got      Records
		recorded *ledger.Declaration
		n        int
	)
	errMany := fmt.Errorf("has more than %d records", maxRecords)
	rep, err := ledger.ReadExport(ctx, v.unpack(), func(r ledger.Record) error {
		if n++; n > maxRecords {
			return errMany
		}
		got.count(&r)
		if r.Kind == ledger.Declared && !r.At.After(b.manifest.At) {
			recorded = r.Declared
		}
		return nil
	})
	bad := func(reason string) { v.differ(Difference{File: recordsName, Reason: reason}) }
	switch {
	case errors.Is(err, errMany):
		bad(err.Error())
		return false, nil
	case err != nil:
		return false, err
	case len(rep.Faults) > 0:
		bad(fmt.Sprintf("is not as it was written: %v", rep.Faults[0]))
		return false, nil
	case len(rep.Sections) != 1 || rep.Sections[0].Head == "":
		bad("is not one export of a ledger with a chain")
		return false, nil
	}
	s := rep.Sections[0]
	m := v.Manifest
	if s.Origin != m.Origin {
		v.differ(
			Difference{
				File:       manifestName,
				Member:     "origin",
				Bundled:    fmt.Sprintf("%q", m.Origin),
				Recomputed: fmt.Sprintf("%q", s.Origin),
			},
		)
	}
	v.differ(compareDocuments(manifestName,
		struct {
			Records Records          `json:"records"`
			Heads   []ledger.DayHead `json:"heads"`
		}{m.Records, m.Heads},
		struct {
			Records Records          `json:"records"`
			Heads   []ledger.DayHead `json:"heads"`
		}{got, s.Heads})...)
	v.compareDeclaration(b.declaration, recorded)
	return true, nil
}

func (r *Records) count(x *ledger.Record) {
	r.All++
	switch x.Kind {
	case ledger.Done:
		r.Calls++
	case ledger.Declared:
		r.Declarations++
	}
	if r.First.IsZero() || x.At.Before(r.First) {
		r.First = x.At
	}
	if x.At.After(r.Last) {
		r.Last = x.At
	}
}

// compareDeclaration compares the declaration with the one that the tests left in the records.
func (v *verifier) compareDeclaration(declared, recorded *ledger.Declaration) {
	switch {
	case declared == nil && recorded == nil:
	case declared == nil:
		v.differ(Difference{File: recordsName, Reason: "has a declaration, and the bundle has no " + declarationName})
	case recorded == nil:
		v.note(
			"The records have no declaration: that the app declares what %s says is the word of who made the bundle.",
			declarationName,
		)
	default:
		for _, d := range compareDocuments(declarationName, *declared, *recorded) {
			d.Reason = fmt.Sprintf("has %s %s, and the tests recorded %s", d.Member, d.Bundled, d.Recomputed)
			v.differ(d)
		}
	}
}

// compareVerdict compares the reports. Sentences of other versions are noted.
func (v *verifier) compareVerdict(recomputed report.Document) error {
	text, err := v.archive.read(verdictName)
	if err != nil {
		return err
	}
	var bundled report.Document
	if err := decode(text, &bundled); err != nil {
		return err
	}
	if bundled.Schema != report.Schema {
		return fmt.Errorf("schema is %q, and this gradtest reads %s", bundled.Schema, report.Schema)
	}
	var again report.Document // as JSON keeps it
	made, err := encode(recomputed)
	if err == nil {
		err = decode(made, &again)
	}
	if err != nil {
		return err
	}
	found := compareVerdicts(bundled, again)
	var worded *Difference
	for i, d := range found {
		if d.wording && !v.same {
			if worded == nil {
				worded = &found[i]
			}
			continue
		}
		v.differ(d)
	}
	switch {
	case worded != nil:
		v.note("A sentence is worded otherwise: %v.", *worded)
	case len(found) == 0 && !bytes.Equal(text, made) && v.same:
		v.differ(Difference{File: verdictName, Reason: "has members or a form that gradtest does not write"})
	}
	return nil
}

// compareTexts compares what people read with what this gradtest writes.
func (v *verifier) compareTexts(b basis, j judged, seq iter.Seq[ledger.Record]) error {
	page := newPacked(pageName)
	var to io.Writer = page
	if v.options.Page != nil {
		to = io.MultiWriter(page, v.options.Page)
	}
	if err := errors.Join(j.page(to, seq), page.Close()); err != nil {
		return err
	}
	readme, err := pack(readmeName, []byte(b.readme(j)))
	if err != nil {
		return err
	}
	for _, made := range []*packed{readme, page} {
		name := made.name
		if v.damaged(name) {
			continue
		}
		is := v.listed(name)
		switch {
		case is == made.member():
		case v.same:
			v.differ(
				Difference{File: name, Reason: "is not what gradtest makes of the records: it was written by something else"},
			)
		default:
			v.note(
				"%s is not the one that this gradtest makes of the records, which another version explains, or a change by hand: "+
					"rely on the verdict here, or have the page made anew.",
				name,
			)
		}
	}
	return nil
}

// listed returns what the manifest says of a member.
func (v *verifier) listed(name string) Member {
	for _, m := range v.Manifest.Members {
		if m.Name == name {
			return m
		}
	}
	return Member{}
}
