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

// grace is how long the owner of the first place in line may take to book a moment that is known. Then it is taken
// for dead and passed over; if it lives, it queues again.
const stuckAfter = time.Second

// horizon is how far back slots are looked for when the tail is read for the first time, unless a longer window was
// told.
const minHorizon = 15 * time.Minute

// tail is what the end of the ledger says about limits, followed as it grows: every process replays the same records
// in the same order, so all have the same state.
type limitReplay struct {
	defaults   map[string]window.Limit
	state      *window.State
	read       map[day]int64       // how far each file was read; nil: not begun
	files      map[day]fs.FileInfo // which file that was
	dec        decoder
	settledIDs idSet         // ids of calls whose end the state knows of
	queued     []*queuedCall // in line, in the order of asking
	clock      clock
	horizon    time.Duration
	widened    bool // horizon has grown since the reading began
}

// place is a call in line as other processes know it.
type queuedCall struct {
	claim window.Claim
	since time.Time // when this process heard of it
	known time.Time // since when its moment has been known to this process; zero: it is not
}

func newLimitReplay(defaults map[string]window.Limit) *limitReplay {
	t := &limitReplay{defaults: defaults, horizon: minHorizon}
	for _, l := range defaults {
		t.horizon = max(t.horizon, 2*l.Per)
	}
	t.reset()
	return t
}

// reset forgets all, to begin anew with the next refresh.
func (t *limitReplay) reset() {
	t.state, t.read, t.files, t.settledIDs, t.queued, t.widened = window.NewState(t.defaults), nil, nil, idSet{}, nil, false
}

// refresh reads what was appended since the last time. Called under the lock it misses nothing.
func (t *limitReplay) refresh(f *sharedDir, now time.Time) error {
	cut, err := t.follow(f, now)
	for err == nil && (cut || t.widened) {
		t.reset()
		cut, err = t.follow(f, now)
	}
	return err
}

// follow reads the files that can have grown. cut says that one has become shorter: a failed write was taken back.
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
			from = 0 // deleted and made anew; what the one before said holds as well
		}
		switch {
		case errors.Is(err, fs.ErrNotExist):
			delete(t.read, d)
			continue
		case err != nil:
			return false, dirError("read", f.path, err)
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

// begin finds the files of days to come, which a clock that was set back has left; those around today are looked for
// each time.
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

// candidates is the days whose files can have grown, in order.
func (t *limitReplay) candidates(now time.Time) []day {
	all := days(now.Add(-24*time.Hour), now.Add(24*time.Hour))
	for d := range t.read {
		if !slices.Contains(all, d) {
			if d < all[0] {
				delete(t.read, d) // no longer of use
				continue
			}
			all = append(all, d)
		}
	}
	slices.SortFunc(all, cmp.Compare[day])
	return all
}

// changed tells whether a file has grown since it was read.
func (t *limitReplay) changed(f *sharedDir) bool {
	for _, d := range t.candidates(time.Now()) {
		info, err := f.disk.Stat(filepath.Join(f.path, d.file()))
		if err != nil && !errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() != t.read[d] {
			return true
		}
	}
	return false
}

// scan applies a file's whole lines and returns where they end.
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
			return l.Offset, nil // another process at work, or a dead one: the next writer closes it off
		}
		r, err := t.dec.decodeAt(l, path)
		if e, unknown := errors.AsType[*VersionError](err); unknown && e.Kind == "" {
			return from, err // what it says about limits cannot be left out
		}
		if err == nil {
			t.apply(&r, step)
		}
	}
}

// wrote passes over lines that this process has written and already knows.
func (t *limitReplay) skipOwn(b *batch) {
	for i := range b.parts {
		p := &b.parts[i]
		if t.read != nil && t.read[p.day] == p.start {
			t.read[p.day], t.files[p.day] = p.file.end, p.file.info
		}
	}
}

// apply does to the state what the record's process did to its own.
func (t *limitReplay) apply(r *Record, step step) {
	end := later(r.At, r.Latest)
	past := step.age(end) > t.horizon
	switch r.Kind {
	case Waiting:
		// However old: its process may still be waiting, and would be before others there and behind them here.
		if !t.settledIDs.has(r.ID) {
			t.state.Reserve(claimOf(r), time.Time{})
			t.enqueue(r, step)
		}
	case Reserved:
		t.dequeue(r.ID)
		if !past && !t.settledIDs.has(r.ID) {
			t.state.Reserve(claimOf(r), step.booked(r.At))
		}
	case Released:
		t.dequeue(r.ID)
		t.state.Release(r.ID)
	case Settled, Done:
		t.dequeue(r.ID)
		booked := t.state.Booked(r.ID)
		a := window.Answer{At: step.past(r.At), Signal: r.Signal}
		if !r.Latest.IsZero() {
			a.Latest = a.At.Add(r.Latest.Sub(r.At))
		}
		if past && !booked {
			t.learn(r.ID, a) // no slot of it is left, but what it says about limits stands
			return
		}
		if !booked && len(r.Groups) > 0 && !t.settledIDs.has(r.ID) {
			// It was not admitted here: another gate, or evidence from another machine.
			t.state.Reserve(claimOf(r), step.past(cmp.Or(r.Sent, r.At)))
		}
		t.settle(r.ID, a)
	}
}

func (t *limitReplay) settle(id string, a window.Answer) {
	t.learn(id, a)
	t.settledIDs.add(id)
}

func (t *limitReplay) learn(id string, a window.Answer) {
	t.state.Settle(id, a)
	if w := 2 * a.Signal.Window; w > t.horizon {
		t.horizon, t.widened = min(w, 48*time.Hour), true
	}
}

func (t *limitReplay) enqueue(r *Record, step step) {
	if !slices.ContainsFunc(t.queued, func(p *queuedCall) bool { return p.claim.ID == r.ID }) {
		t.queued = append(t.queued, &queuedCall{claim: claimOf(r), since: step.now})
	}
}

func (t *limitReplay) dequeue(id string) {
	if i := slices.IndexFunc(t.queued, func(p *queuedCall) bool { return p.claim.ID == id }); i >= 0 {
		t.queued = slices.Delete(t.queued, i, i+1)
	}
}

// passOver gives up the places of other processes when one of them does not book a moment that has long been known:
// its process is dead, stopped, or too slow to wait for. Those that live queue again. own are this gate's calls.
func (t *limitReplay) passOver(now time.Time, own map[string]*waiter, news []Record) (all []Record, passed bool) {
	stuck := false
	for _, p := range t.queued {
		if own[p.claim.ID] != nil {
			continue
		}
		if _, known := t.state.Next(now, p.claim); !known {
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
		if own[p.claim.ID] != nil || now.Sub(p.since) <= stuckAfter {
			return false
		}
		t.state.Release(p.claim.ID)
		news = append(news, Record{Kind: Released, ID: p.claim.ID, At: now, Op: p.claim.Op, Groups: p.claim.Groups})
		return true
	})
	return news, true
}

func claimOf(r *Record) window.Claim {
	c := window.Claim{ID: r.ID, Groups: r.Groups, Op: r.Op}
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
