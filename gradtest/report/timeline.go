package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// timeline is a picture of the last 48 hours and of the time until the evidence expires. Each call is one mark. Lengths
// are units of its view box, in which the time axis is [axisWidth] wide.
type timeline struct {
	Width, Height int
	Plot          int // height of the lanes
	Lanes         []lane
	Bands         []band
	Lines         []tick
	Summary       string
}

// Turns reports whether the verdict changes within the picture.
func (t timeline) Turns() bool {
	return slices.ContainsFunc(t.Lines, func(l tick) bool { return l.Class == "turn" })
}

// lane is the row of one endpoint, or of all if there are many.
type lane struct {
	Name  string
	Y     int
	Marks []marks
}

// marks are the calls of one outcome in a lane: the path has one "M" each.
type marks struct {
	Outcome Outcome
	Count   int
	Path    string
}

// band is a stretch of time.
type band struct {
	X, Width float64
	Class    string // window, future
	Label    string
}

// tick is a moment.
type tick struct {
	X     float64
	Class string // midnight, now, turn: the verdict changes
	Label string
}

// Below is how far the label is below the lanes: those of turns, which may be at midnight, have a line of their own.
func (t tick) Below() int {
	if t.Class == "turn" {
		return 32
	}
	return 16
}

// Anchor keeps the label inside the picture.
func (t tick) Anchor() string {
	if t.X > axisLeft+axisWidth-40 {
		return "end"
	}
	return "middle"
}

const (
	axisLeft  = 170
	axisWidth = 830
	laneStep  = 22
	markSize  = 14
	maxLanes  = 16
	rolling   = 48 * time.Hour
)

func newTimeline(d Document, calls []Call) *timeline {
	begin, now := d.At.Add(-rolling), d.At
	expired := now.Truncate(24 * time.Hour).Add(48 * time.Hour) // all evidence of today
	last := expired.Add(4 * time.Hour)                          // so that the last area is seen
	span := last.Sub(begin)
	x := func(t time.Time) float64 {
		share := float64(t.Sub(begin)) / float64(span)
		return axisLeft + axisWidth*min(max(share, 0), 1)
	}
	t := &timeline{Width: axisLeft + axisWidth + 10}
	t.Lanes = lanes(calls, begin, now, x)
	t.Plot = laneStep*len(t.Lanes) + 8
	t.Height = t.Plot + 44
	t.Bands = []band{
		{x(d.Since), x(now) - x(d.Since), "window", "successes count"},
	}
	for day := begin.Truncate(24 * time.Hour).Add(24 * time.Hour); !day.After(last); day = day.Add(24 * time.Hour) {
		t.Lines = append(t.Lines, tick{x(day), "midnight", day.Format("Jan 2") + " 00:00"})
		if day.After(now) {
			of := day.Add(-48 * time.Hour)
			n := successes(calls, of, of.Add(24*time.Hour))
			if n == 0 {
				continue
			}
			label := fmt.Sprintf("%s: %s of %s expire", day.Format("Jan 2 15:04"), plural(n, "successful call"), of.Format("Jan 2"))
			if n == 1 {
				label += "s"
			}
			t.Bands = append(t.Bands, band{x(day), x(last) - x(day), "future", label})
		}
	}
	t.Lines = append(t.Lines, tick{x(now), "now", "now"})
	if d.Forecast != nil {
		ready := d.Ready
		for _, c := range d.Forecast.Changes {
			if c.Ready != ready && c.At.Before(last) {
				t.Lines = append(t.Lines, tick{x(c.At), "turn", map[bool]string{true: "ready", false: "not ready"}[c.Ready]})
			}
			ready = c.Ready
		}
	}
	counts := make(map[Outcome]int)
	for _, l := range t.Lanes {
		for _, m := range l.Marks {
			counts[m.Outcome] += m.Count
		}
	}
	t.Summary = fmt.Sprintf("%d successes, %d failures, %d with unknown outcome and %d faults in the last 48 hours, "+
		"authorization requests included",
		counts[Success], counts[Failure], counts[Unknown], counts[Fault])
	return t
}

// successes counts the successful calls between two moments.
func successes(calls []Call, from, to time.Time) (n int) {
	for _, c := range calls {
		if c.Outcome == Success && !c.authorizes() && !c.At.Before(from) && c.At.Before(to) {
			n++
		}
	}
	return n
}

// lanes draws the calls between two moments. With many endpoints all share one lane for each outcome.
func lanes(calls []Call, begin, now time.Time, x func(time.Time) float64) []lane {
	name := Call.Name
	if names := distinct(calls, name); len(names) > maxLanes {
		name = func(c Call) string { return string(c.Outcome) }
	}
	var all []lane
	for _, n := range distinct(calls, name) {
		all = append(all, lane{Name: n, Y: laneStep*len(all) + 8})
	}
	paths := make(map[string]*strings.Builder)
	count := make(map[string]int)
	key := func(lane string, o Outcome) string { return lane + "\x00" + string(o) }
	last := make(map[string]string)
	for _, c := range calls {
		if c.At.Before(begin) || c.At.After(now) {
			continue
		}
		i := slices.IndexFunc(all, func(l lane) bool { return l.Name == name(c) })
		k := key(all[i].Name, c.Outcome)
		if paths[k] == nil {
			paths[k] = new(strings.Builder)
		}
		count[k]++
		at := strconv.FormatFloat(x(c.At), 'f', 1, 64)
		if len(calls) > maxCalls && last[k] == at {
			continue // one mark for all that would lie on one another
		}
		last[k] = at
		fmt.Fprintf(paths[k], "M%s %dv%d", at, all[i].Y, markSize)
	}
	for i := range all {
		for _, o := range []Outcome{Success, Fault, Unknown, Failure} { // what matters most is drawn last
			if k := key(all[i].Name, o); count[k] > 0 {
				all[i].Marks = append(all[i].Marks, marks{o, count[k], paths[k].String()})
			}
		}
	}
	return all
}

// distinct returns the names of the calls in the order of their first call.
func distinct(calls []Call, name func(Call) string) (names []string) {
	seen := make(map[string]bool)
	for _, c := range calls {
		if n := name(c); !seen[n] {
			seen[n] = true
			names = append(names, n)
		}
	}
	return names
}
