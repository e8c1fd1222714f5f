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
	origins []string // all origins in the file, without duplicates
	faults  []error

	dec     decoder
	line    int
	open    bool // inside a section
	wanted  bool // the section belongs to origin
	stray   bool // the previous line was outside all sections, which is reported once
	records int  // read in the section
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
		p.open, p.wanted, p.records = true, b.Origin == p.origin, 0
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
		} else if p.open && p.wanted && e.Records != p.records {
			p.faults = append(p.faults, &CutError{p.line, p.records, e.Records})
		}
		p.open = false
	case p.origin == "" || p.open && !p.wanted:
	case !p.open:
		if p.stray = true; !stray {
			p.fault(&DamageError{Reason: "the first line of an export, which says whose evidence follows, " +
				"is missing: export with gradtest ledger export, and do not cut the file"})
		}
	default:
		r, err := p.dec.decodeAt(lines.Line{Text: text, Ended: true, Long: len(text) > lines.MaxSize}, "")
		if err != nil {
			p.fault(err)
			return nil
		}
		p.records++
		return use(r)
	}
	return nil
}

// cut reports that the current section, if any, did not end.
func (p *exportReader) cut() {
	if p.open && p.wanted {
		p.faults = append(p.faults, &CutError{Line: p.line, Records: p.records})
	}
	p.open = false
}

// maxFaults bounds the errors reported for one file.
const maxFaults = 100

func (p *exportReader) fault(err error) {
	switch {
	case p.origin == "":
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
