package ledger

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// exportReader reads the sections of an export.
type exportReader struct {
	origin  string   // whose sections to read; empty: only the origins are collected
	all     bool     // read all sections
	origins []string // all origins in the file, without duplicates
	faults  []error

	dec     decoder
	line    int
	open    bool // inside a section
	wanted  bool // the section belongs to origin
	stray   bool // the previous line was outside all sections, which is reported once
	records int  // read in the section
	place   chain
	linked  bool // the section has a chain
	sealed  []section
}

// section is what is known of a section after its end.
type section struct {
	origin  string
	records int
	head    string // empty: it has no chain
	heads   []DayHead
}

// Origins lists the origins of the evidence in an export, each once, in order. It does not report damage, which
// [Import] does; the error is that of reading r.
func Origins(ctx context.Context, r io.Reader) ([]string, error) {
	var p exportReader
	err := p.read(ctx, r, func(Record) error { return nil })
	return p.origins, err
}

// read reads r and calls use for each record. The error is that of r, use or ctx; errors about lines are in faults.
func (p *exportReader) read(ctx context.Context, r io.Reader, use func(Record) error) error {
	in := bufio.NewReaderSize(r, lines.ReadSize)
	for {
		if p.line%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		text, err := wholeLine(in)
		if len(text) > 0 {
			p.line++
			if err := p.take(text, use); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("ledger: import: line %d: %w: get the file from its source again", p.line+1, err)
		}
	}
	p.cut()
	return nil
}

// take handles one line.
func (p *exportReader) take(text []byte, use func(Record) error) error {
	text = bytes.TrimSuffix(bytes.TrimSuffix(text, []byte("\n")), []byte("\r"))
	stray := p.stray
	p.stray = false
	switch {
	case bytes.HasPrefix(text, []byte(beginPrefix)):
		p.cut()
		b, err := readFrame[beginFrame](text)
		if err != nil {
			p.open = false
			p.fault(err)
			return nil
		}
		p.open, p.wanted, p.records = true, p.all || b.Origin == p.origin, 0
		p.place, p.linked = chain{begun: true, last: int64(p.line), head: head{hash: hashOfText(text)}}, false
		p.sealed = append(p.sealed, section{origin: b.Origin})
		if !slices.Contains(p.origins, b.Origin) {
			p.origins = append(p.origins, b.Origin)
		}
		if !p.wanted && p.origin != "" {
			p.faults = append(p.faults, &OriginError{p.line, b.Origin, p.origin})
		}
	case bytes.HasPrefix(text, []byte(endPrefix)):
		e, err := readFrame[endFrame](text)
		if err != nil {
			p.fault(err)
		} else if p.open && p.wanted {
			p.end(e)
		}
		p.open = false
	case p.origin == "" && !p.all || p.open && !p.wanted:
	case !p.open:
		if p.stray = true; !stray {
			p.fault(&DamageError{Reason: "the first line of an export, which says whose evidence follows, " +
				"is missing: export with gradtest ledger export, and do not cut the file"})
		}
	default:
		l := lines.Line{Text: append(text, '\n')[:len(text)], Offset: int64(p.line), Ended: true, Long: len(text) > lines.MaxSize}
		r, err := p.dec.decodeAt(l, "")
		place := p.dec.place(l, err)
		p.linked = p.linked || place.linked
		p.place.add(place)
		if err != nil {
			p.fault(err)
			return nil
		}
		p.records++
		if p.broken() {
			return nil
		}
		return use(r)
	}
	return nil
}

// broken reports whether the chain of the section is broken. Where it has none, because an older version wrote it, it
// is not.
func (p *exportReader) broken() bool {
	return p.linked && (p.place.suspect != nil || len(p.place.faults) > 0)
}

// end checks the section against its last line.
func (p *exportReader) end(e endFrame) {
	s := &p.sealed[len(p.sealed)-1]
	s.records, s.head, s.heads = p.records, e.Head, e.Heads
	if e.Head != "" {
		p.linked = true
		hash, _ := lines.ParseHash(e.Head)
		p.place.want = []wanted{{"the last line", head{int64(e.Records), hash}}}
		p.place.compare(p.place.last)
	}
	faults := len(p.faults)
	p.chainFaults()
	if e.Records != p.records && faults == len(p.faults) {
		p.faults = append(p.faults, &CutError{p.line, p.records, e.Records})
	}
}

// chainFaults reports what the chain of the section shows.
func (p *exportReader) chainFaults() {
	found := p.place.end(int64(p.line))
	if p.linked {
		p.faults = append(p.faults, found...)
	}
}

// hashOfText returns the hash of a line given without its newline.
func hashOfText(text []byte) lines.Hash {
	return lines.HashOf(append(text[:len(text):len(text)], '\n'))
}

// cut reports that the current section, if any, did not end.
func (p *exportReader) cut() {
	if p.open && p.wanted {
		p.chainFaults()
		p.faults = append(p.faults, &CutError{Line: p.line, Records: p.records})
	}
	p.open = false
}

// maxFaults bounds the errors reported for one file.
const maxFaults = 100

func (p *exportReader) fault(err error) {
	switch {
	case p.origin == "" && !p.all:
	case len(p.faults) < maxFaults:
		p.faults = append(p.faults, fmt.Errorf("ledger: import: line %d: %w", p.line, err))
	case len(p.faults) == maxFaults:
		p.faults = append(p.faults, fmt.Errorf("ledger: import: line %d: too many damaged lines, "+
			"the rest is not reported: get the file from its source again", p.line))
	}
}

// wholeLine reads up to the next newline. Of a line longer than any record it keeps only enough to recognize it as
// such.
func wholeLine(in *bufio.Reader) (text []byte, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(text) <= lines.MaxSize {
			text = append(text, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return text, err
		}
	}
}
