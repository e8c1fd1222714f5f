package ledger

import (
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
)

// audit checks the chains of several days: each in itself, and that each continues the day before.
type audit struct {
	chains []*chain // in the order of the spans
	faults []error  // about whole files
}

// audit begins an audit of spans: it looks for what each day says about an earlier one.
func (f *sharedDir) audit(spans []span) *audit {
	a := &audit{chains: make([]*chain, len(spans))}
	of := make(map[day]*chain)
	firsts := make([]*lines.Link, len(spans))
	for i, s := range spans {
		c := &chain{file: filepath.Join(f.path, s.day.file())}
		a.chains[i], of[s.day] = c, c
		firsts[i] = f.first(s)
	}
	chained := -1 // the first day with a chain
	early := slices.IndexFunc(firsts, func(l *lines.Link) bool { return l == nil || !l.Late })
	for i, l := range firsts {
		switch {
		case l == nil && chained >= 0 && spans[i].size > 0 && spans[i].fault == nil:
			a.fault(&ChainError{File: a.chains[i].file, Change: PutIn, Reason: "the whole day is " + noPlace +
				", although " + spans[chained].day.file() + " has one"})
		case l != nil && chained < 0:
			chained = i
		}
		if l == nil || l.N != 1 {
			continue
		}
		before := day(l.Before.Day)
		c := of[before]
		switch {
		case before == "":
			for j := range i { // the record says that there was no earlier day
				if firsts[j] == nil && spans[j].size > 0 && spans[j].fault == nil {
					a.fault(&ChainError{File: a.chains[j].file, Change: PutIn,
						Reason: "the day was not there when " + spans[i].day.file() + " began"})
				}
			}
		case c != nil && before < spans[i].day && l.Before.N > 0:
			c.want = append(c.want, wanted{spans[i].day.file(), head{l.Before.N, l.Prev}})
		case c == nil && early >= 0 && spans[early].day < before: // pruning removes the oldest days
			a.fault(&ChainError{File: filepath.Join(f.path, before.file()), Record: 1, Records: l.Before.N,
				Change: Removed, Reason: spans[i].day.file() + " continues that day"})
		}
	}
	return a
}

func (a *audit) fault(e *ChainError) { a.faults = append(a.faults, e) }

// expect also checks that the chains contain what an earlier export saw of them.
func (a *audit) expect(dir string, earlier []DayHead) {
	const by = "the earlier export"
	for _, e := range earlier {
		hash, _ := lines.ParseHash(e.Hash)
		file := filepath.Join(dir, day(e.Day).file())
		i := slices.IndexFunc(a.chains, func(c *chain) bool { return c.file >= file })
		switch {
		case i >= 0 && a.chains[i].file == file:
			a.chains[i].want = append(a.chains[i].want, wanted{by, head{e.N, hash}})
		case i != 0: // a day before all others was pruned
			a.fault(&ChainError{File: file, Record: 1, Records: e.N, Change: Removed, Reason: by + " has them"})
		}
	}
}

// first returns the link of the first record with a place in the chain; nil: there is none. What cannot be read is
// reported by the audit itself.
func (f *sharedDir) first(s span) *lines.Link {
	if s.fault != nil {
		return nil
	}
	in, err := f.disk.OpenFile(filepath.Join(f.path, s.day.file()), os.O_RDONLY)
	if err != nil {
		return nil
	}
	defer in.Close()
	var r lines.Reader
	for r.Reset(in, 0, s.size); ; {
		l, err := r.Read()
		if err != nil {
			return nil
		}
		if l, _, ok := linkIn(l); ok {
			return &l
		}
	}
}

// linkIn returns the link of a line, and the line's hash.
func linkIn(l lines.Line) (link lines.Link, hash lines.Hash, ok bool) {
	if l.Long {
		return link, hash, false
	}
	text := l.Text
	if !l.Ended {
		whole, more, ok := lines.Whole(text)
		if !ok || more {
			return link, hash, false
		}
		text = whole
	}
	body, err := lines.Body(text)
	if err != nil {
		return link, hash, false
	}
	_, link, ok = lines.CutLink(body)
	if !ok {
		return link, hash, false
	}
	return link, hashOf(l), true
}

// hashOf returns the hash of a line, with its newline even if it has lost it.
func hashOf(l lines.Line) lines.Hash {
	if l.Ended {
		return lines.HashOf(l.Whole())
	}
	return lines.HashOf(append(l.Text[:len(l.Text):len(l.Text)], '\n'))
}

// place returns what the chain has to know of a decoded line.
func (d *decoder) place(l lines.Line, err error) placed {
	p := placed{offset: l.Offset, ended: l.Ended, err: err}
	switch _, newer := errors.AsType[*VersionError](err); {
	case err == nil && d.linked:
		p.linked, p.link, p.hash = true, d.link, hashOf(l)
	case newer:
		p.link, p.hash, p.linked = linkIn(l)
	}
	return p
}
