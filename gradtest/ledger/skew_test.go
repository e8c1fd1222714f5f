package ledger

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"
	_ "time/tzdata" // so that the zones are there on every machine

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// endOf is the record of the end of a call in a group of its own, by a wall clock that is off by d.
func endOf(id string, d time.Duration) Record {
	r := done(id, time.Now().Add(d).UTC())
	r.Groups, r.Signal = []string{id}, window.Signal{}
	return r
}

// TestClockStepFreesNoSlotEarly sets the wall clock while a process runs, back and forward, by minutes, by the hour of
// daylight saving and by days. Calls answered and read before the change, answered before and read after it, and
// answered after it keep their slots for one window from the answer, and not for hours.
func TestClockStepFreesNoSlotEarly(t *testing.T) {
	for _, set := range []time.Duration{0, -time.Minute, -7 * time.Minute, -time.Hour, -30 * time.Hour, time.Minute, 7 * time.Minute, time.Hour, 30 * time.Hour} {
		t.Run(set.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				limits := make(map[string]window.Limit)
				for _, g := range []string{"before", "between", "after"} {
					limits[g] = window.Limit{Calls: 1, Per: time.Minute, Penalty: time.Minute}
				}
				tail := newLimitReplay(limits)
				answered := make(map[string]time.Time)
				look := func(s step, records ...Record) {
					for i := range records {
						tail.apply(&records[i], s)
					}
				}
				last := time.Now()
				before := endOf("before", 0)
				answered["before"] = time.Now()
				look(step{now: last, wall: last.Round(0)}, before)
				time.Sleep(time.Second)

				between := endOf("between", 0) // written by the old clock, read by the new one
				answered["between"] = time.Now()
				time.Sleep(time.Second)
				now := time.Now()
				s := step{now: now, wall: now.Round(0).Add(set)}
				if set > clockJump {
					s.set, s.from = set, last
				}
				look(s, between)
				time.Sleep(time.Second)

				after := endOf("after", set)
				answered["after"] = time.Now()
				time.Sleep(time.Second)
				now = time.Now()
				look(step{now: now, wall: now.Round(0).Add(set)}, after)

				for group, at := range answered {
					free, known := tail.state.Next(now, window.Call{ID: "next " + group, Groups: []string{group}})
					require.True(t, known)
					assert.GreaterOrEqual(t, free.Sub(at), time.Minute, "%s: freed early", group)
					assert.LessOrEqual(t, free.Sub(at), time.Minute+time.Second, "%s: held for too long", group)
				}
			})
		})
	}
}

// TestSkewOfAnotherMachine imports records of a machine whose clock is ahead or behind by minutes. A call of the last
// window takes a slot. If the clock is ahead, it takes it from when the record is read, for one window only.
func TestSkewOfAnotherMachine(t *testing.T) {
	for _, skew := range []time.Duration{-7 * time.Minute, -20 * time.Second, 0, 20 * time.Second, 7 * time.Minute} {
		t.Run(skew.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := open(t, t.TempDir())
				g := d.Gate(nil)
				require.NoError(t, g.Admit(t.Context(), window.Call{ID: "own", Groups: []string{"g"}}))
				require.NoError(t, g.Settle(t.Context(), window.Call{ID: "own", Groups: []string{"g"}}, window.Answer{At: time.Now()}))
				l, _ := g.Limit("g")
				for i := range l.Calls - 1 {
					r := endOf(fmt.Sprint(i), skew)
					r.Groups = []string{"g"}
					require.NoError(t, d.Append(t.Context(), r))
				}
				start := time.Now()
				require.NoError(t, g.Admit(t.Context(), window.Call{ID: "next", Groups: []string{"g"}}))
				waited := time.Since(start)
				switch {
				case skew < -l.Per:
					assert.Zero(t, waited, "by its clock the calls are over")
				case skew < 0:
					assert.Equal(t, l.Per+skew, waited)
				default:
					assert.Equal(t, l.Per, waited, "own and theirs are as old")
				}
			})
		})
	}
}

// TestDaylightSavingMovesNothing makes calls across both changes of daylight saving and midnight, in local time and in
// UTC: slots last one window, and files are those of UTC days.
func TestDaylightSavingMovesNothing(t *testing.T) {
	for zone, changes := range map[string][]string{
		"Europe/Berlin":       {"2000-03-26T01:00:00Z", "2000-10-29T01:00:00Z"},
		"America/New_York":    {"2000-04-02T07:00:00Z", "2000-10-29T06:00:00Z"},
		"Australia/Lord_Howe": {"2000-08-26T15:30:00Z"}, // by half an hour
		"Pacific/Kiritimati":  {"2000-06-01T10:00:00Z"}, // its midnight, 14 hours ahead
	} {
		for _, change := range changes {
			t.Run(zone+" "+change, func(t *testing.T) {
				loc, err := time.LoadLocation(zone)
				require.NoError(t, err)
				at, err := time.Parse(time.RFC3339, change)
				require.NoError(t, err)
				before := time.Local
				time.Local = loc
				defer func() { time.Local = before }()
				synctest.Test(t, func(t *testing.T) {
					time.Sleep(time.Until(at.Add(-30 * time.Second)))
					d := open(t, t.TempDir())
					g, og := d.Gate(few(1)), process(t, d.Path()).Gate(few(1))
					require.NoError(t, g.Admit(t.Context(), claim("a")))
					r := done("a", time.Now()) // in local time
					r.Groups, r.Signal = []string{"g"}, window.Signal{}
					require.NoError(t, d.Append(t.Context(), r))
					require.NoError(t, g.Settle(t.Context(), claim("a"), window.Answer{At: time.Now()}))
					start := time.Now()
					require.NoError(t, og.Admit(t.Context(), claim("b")))
					assert.Equal(t, time.Minute, time.Since(start))
					assert.FileExists(t, d.Path()+"/"+at.Add(-30*time.Second).UTC().Format("2006-01-02")+".jsonl")
					for r, err := range d.Records(t.Context(), at.Add(-31*time.Second).In(loc)) {
						require.NoError(t, err)
						assert.Equal(t, time.UTC, r.At.Location())
					}
				})
			})
		}
	}
}
