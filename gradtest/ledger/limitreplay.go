package ledger

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger/internal/lines"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// stuckAfter is how long another process may take to book a time that is known. After that it is considered dead and
// its call is passed over; if it is alive, it queues again.
const stuckAfter = time.Second

// minHorizon is how far back slots are read at first, unless a longer window is known.
const minHorizon = 15 * time.Minute

// limitReplay derives the state of the limits from the end of the ledger and follows it as it grows. Every process
// replays the same records in the same order and arrives at the same state.
type limitReplay struct {
	defaults   map[string]window.Limit
	state      *window.State
	read       map[day]int64       // up to which offset each file was read; nil: not begun
	files      map[day]fs.FileInfo // identifies those files
	dec        decoder
	settledIDs idSet                  // calls whose end is in the state
	queued     []*queuedCall          // in the order in which they asked
	inFlight   map[string]reservation // slots taken by sessions, by call id
	clock      clock
	horizon    time.Duration
	widened    bool // horizon has grown since reading began
}

// reservation is a slot that a session has taken and not settled.
type reservation struct {
	owner string
	at    time.Time // when the call may be sent
}

// queuedCall is a queued call of another process.
type queuedCall struct {
	call  window.Call
	since time.Time // when this process read its record
	known time.Time // since when its time has been known here; zero: it is not
}

func newLimitReplay(defaults map[string]window.Limit) *limitReplay {
	t := &limitReplay{defaults: defaults, horizon: minHorizon}
	for _, l := range defaults {
		t.horizon = max(t.horizon, 2*l.Per)
	}
	t.reset()
	return t
}

// reset discards everything, so that the next refresh starts over.
func (t *limitReplay) reset() {
	t.state, t.settledIDs, t.queued = window.NewState(t.defaults), idSet{}, nil
	t.inFlight = make(map[string]reservation)
	t.read, t.files, t.widened = nil, nil, false
}

// refresh reads what was appended since the last call. It misses nothing if the caller holds the directory lock.
func (t *limitReplay) refresh(f *sharedDir, now time.Time) error {
	cut, err := t.follow(f, now)
	for err == nil && (cut || t.widened) {
		t.reset()
		cut, err = t.follow(f, now)
	}
	return err
}

// follow reads the files that may have grown. cut reports that one is shorter than before: a failed write was undone.
func (t *limitReplay) follow(f *sharedDir, now time.Time) (cut bool, err error) {
	if t.read == nil {
		if err := t.begin(f, now); err != nil {
			return false, err
		}
	}
	step := t.clock.tick(now)
	for _, d := range t.candidates(now) {
		info, err := f.disk.Stat(filepath.Join(f.path, d.file()))
		from := t.read[d]
		if err == nil && t.files[d] != nil && !os.SameFile(info, t.files[d]) {
			from = 0 // replaced by another file; the records of the old one stay in the state
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			delete(t.read, d)
			continue
		case err != nil:
			return false, dirError("read", f.path, err)
		case readable(info) != nil:
			return false, &ReadError{File: filepath.Join(f.path, d.file()), Err: readable(info)}
		case info.Size() < from:
			return true, nil
		case info.Size() == from:
			continue
		}
		to, err := t.scan(f, d, from, info.Size(), step)
		if err != nil {
			return false, err
		}
		t.read[d], t.files[d] = to, info
	}
	return false, nil
}

// begin finds files of future days, which exist if the clock was set back. Files around today are looked up each time.
func (t *limitReplay) begin(f *sharedDir, now time.Time) error {
	names, err := f.disk.Names(f.path)
	if err != nil {
		return dirError("read", f.path, err)
	}
	t.read, t.files = make(map[day]int64), make(map[day]fs.FileInfo)
	today := dayOf(now)
	for _, name := range names {
		if d, ok := dayIn(name); ok && d > today {
			t.read[d] = 0
		}
	}
	return nil
}

// candidates lists the days whose files may have grown, in order.
func (t *limitReplay) candidates(now time.Time) []day {
	all := days(now.Add(-24*time.Hour), now.Add(24*time.Hour))
	for d := range t.read {
		if !slices.Contains(all, d) {
			if d < all[0] {
				delete(t.read, d) // too old to matter
				continue
			}
			all = append(all, d)
		}
	}
	slices.SortFunc(all, cmp.Compare[day])
	return all
}

// changed reports whether a file has grown since it was read.
func (t *limitReplay) changed(f *sharedDir) bool {
	for _, d := range t.candidates(time.Now()) {
		info, err := f.disk.Stat(filepath.Join(f.path, d.file()))
		if err != nil && !errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() != t.read[d] {
			return true
		}
	}
	return false
}

// scan applies the whole lines of a file and returns the offset of the end of the last one.
func (t *limitReplay) scan(f *sharedDir, d day, from, size int64, step step) (int64, error) {
	path := filepath.Join(f.path, d.file())
	file, err := f.disk.OpenFile(path, os.O_RDONLY)
	if err != nil {
		return from, &ReadError{File: path, Offset: from, Err: err}
	}
	defer file.Close()
	var in lines.Reader
	in.Reset(file, from, size)
	for {
		l, err := in.Read()
		switch {
		case errors.Is(err, io.EOF):
			return in.Offset(), nil
		case err != nil:
			return from, &ReadError{File: path, Offset: in.Next(), Err: err}
		case !l.Ended:
			return l.Offset, nil // a writer is at work or was killed; the next writer closes the line
		}
		r, err := t.dec.decodeAt(l, path)
		if e, unknown := errors.AsType[*VersionError](err); unknown && e.Kind == "" {
			return from, err // it may be about limits and must not be ignored
		}
		if err == nil {
			t.apply(&r, step)
		}
	}
}

// skipOwn advances past lines that this process has written and that are already in the state.
func (t *limitReplay) skipOwn(b *batch) {
	for i := range b.parts {
		p := &b.parts[i]
		if t.read != nil && t.read[p.day] == p.start {
			t.read[p.day], t.files[p.day] = p.file.end, p.file.info
		}
	}
}

// apply changes the state as the process that wrote the record changed its own.
func (t *limitReplay) apply(r *Record, step step) {
	end := later(r.At, r.Latest)
	past := step.age(end) > t.horizon
	switch r.Kind {
	case Waiting:
		// Its age does not matter: if its process is still waiting, it must have the same position in every process.
		if !t.settledIDs.has(r.ID) {
			t.state.Reserve(callOf(r), time.Time{})
			t.enqueue(r, step)
		}
	case Reserved:
		t.dequeue(r.ID)
		if !past && !t.settledIDs.has(r.ID) {
			t.state.Reserve(callOf(r), step.booked(r.At))
			if r.Owner != "" {
				t.inFlight[r.ID] = reservation{r.Owner, step.booked(r.At)}
			}
		}
	case Released:
		t.dequeue(r.ID)
		delete(t.inFlight, r.ID)
		t.state.Release(r.ID)
	case Settled, Done:
		t.dequeue(r.ID)
		booked := t.state.Booked(r.ID)
		a := window.Answer{At: step.happened(r.At), Signal: r.Signal}
		if !r.Latest.IsZero() {
			a.Latest = a.At.Add(r.Latest.Sub(r.At))
		}
		if past && !booked {
			t.learn(r.ID, a) // its slot is free again, but the limits that it reports are valid
			return
		}
		if !booked && len(r.Groups) > 0 && !t.settledIDs.has(r.ID) {
			// It was not admitted here, but by another kind of gate or on another machine.
			t.state.Reserve(callOf(r), step.happened(cmp.Or(r.Sent, r.At)))
		}
		t.settle(r.ID, a)
	}
}

func (t *limitReplay) settle(id string, a window.Answer) {
	t.learn(id, a)
	t.settledIDs.add(id)
}

func (t *limitReplay) learn(id string, a window.Answer) {
	delete(t.inFlight, id)
	t.state.Settle(id, a)
	if w := 2 * a.Signal.Window; w > t.horizon {
		t.horizon, t.widened = min(w, 48*time.Hour), true
	}
}

func (t *limitReplay) enqueue(r *Record, step step) {
	if !slices.ContainsFunc(t.queued, func(p *queuedCall) bool { return p.call.ID == r.ID }) {
		t.queued = append(t.queued, &queuedCall{call: callOf(r), since: step.now})
	}
}

func (t *limitReplay) dequeue(id string) {
	if i := slices.IndexFunc(t.queued, func(p *queuedCall) bool { return p.call.ID == id }); i >= 0 {
		t.queued = slices.Delete(t.queued, i, i+1)
	}
}

// passOver drops the queued calls of other processes if one of them does not book a time that has been known for long:
// its process is dead, stopped or too slow to wait for. Live processes queue again. own are the calls of this gate.
func (t *limitReplay) passOver(now time.Time, own map[string]*waiter, news []Record) (all []Record, passed bool) {
	stuck := false
	for _, p := range t.queued {
		if own[p.call.ID] != nil {
			continue
		}
		if _, known := t.state.Next(now, p.call); !known {
			p.known = time.Time{}
		} else if p.known.IsZero() {
			p.known = now
		} else if now.Sub(p.known) > stuckAfter {
			stuck = true
		}
	}
	if !stuck {
		return news, false
	}
	t.queued = slices.DeleteFunc(t.queued, func(p *queuedCall) bool {
		if own[p.call.ID] != nil || now.Sub(p.since) <= stuckAfter {
			return false
		}
		t.state.Release(p.call.ID)
		news = append(news, Record{Kind: Released, ID: p.call.ID, At: now, Op: p.call.Op, Groups: p.call.Groups})
		return true
	})
	return news, true
}

func callOf(r *Record) window.Call {
	c := window.Call{ID: r.ID, Groups: r.Groups, Op: r.Op}
	if r.Kind == Reserved {
		c.Timeout = r.Latest.Sub(r.At)
	}
	return c
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
