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

// parts reads the sections of an export.
type exportReader struct {
	origin  string   // whose sections are wanted; empty: none, the file is only looked at
	origins []string // all that were met, each once
	faults  []error

	dec     decoder
	line    int
	open    bool // inside a section
	wanted  bool // which is one of origin
	stray   bool // the line before was outside of all sections, which is told once
	records int  // of the section
}

// Origins tells whose evidence an export holds, each once, in order. What is wrong with it is for [Import] to say; the
// error is that of reading r.
func Origins(ctx context.Context, r io.Reader) ([]string, error) {
	var p exportReader
	err := p.read(ctx, r, func(Record) error { return nil })
	return p.origins, err
}

// read goes through r. The error is of r, use or ctx; what is wrong with lines is in faults.
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
			return fmt.Errorf("ledger: import: line %d: %w: take the file from its source again", p.line+1, err)
		}
	}
	p.cut()
	return nil
}

// take reads a line.
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
			p.fault(&DamageError{Reason: "from here on nothing says whose evidence it is, as the first line of an export does: export with gradtest ledger export, and do not cut the file"})
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

// cut notes that a section is open where it should have ended.
func (p *exportReader) cut() {
	if p.open && p.wanted {
		p.faults = append(p.faults, &CutError{Line: p.line, Records: p.records})
	}
	p.open = false
}

// mostFaults bounds what is told of a file that is damaged all over.
const maxFaults = 100

func (p *exportReader) fault(err error) {
	switch {
	case p.origin == "":
	case len(p.faults) < maxFaults:
		p.faults = append(p.faults, fmt.Errorf("ledger: import: line %d: %w", p.line, err))
	case len(p.faults) == maxFaults:
		p.faults = append(p.faults, fmt.Errorf("ledger: import: line %d and maybe others: more is damaged than is told: take the file from its source again", p.line))
	}
}

// wholeLine reads up to the next newline. Of a line that is longer than any record it keeps only so much that it is
// seen to be.
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
