package window

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// The clock is set back by five hours between the report and now.
func TestMomentsAheadOfNowCountFromNow(t *testing.T) {
	t.Run("answered", func(t *testing.T) {
		s := begin(t, 1)
		s.mustSend("a", "x")
		s.answer("a", Signal{})
		s.at(-5 * 3600)
		s.mustFit(-5*3600+10, "b", "x")
		s.at(-5*3600 + 10)
		s.mustSend("b", "x")
	})
	t.Run("unanswered", func(t *testing.T) {
		s := begin(t, 1)
		s.mustSend("a", "x")
		s.Settle("a", Answer{At: s.now, Latest: s.now.Add(sec(5))})
		s.at(-5 * 3600)
		s.mustFit(-5*3600+15, "b", "x")
	})
	t.Run("unanswered, of this clock", func(t *testing.T) {
		s := begin(t, 1)
		s.mustSend("a", "x")
		s.Settle("a", Answer{At: s.now, Latest: s.now.Add(sec(5))})
		s.at(3)
		s.mustFit(15, "b", "x")
	})
	t.Run("in flight, its process dead", func(t *testing.T) {
		s := begin(t, 1)
		s.mustSend("dead", "x")
		s.at(-5 * 3600)
		s.mustFit(unknown, "b", "x")
		s.at(-5*3600 + 5)
		s.mustFit(-5*3600+15, "b", "x")
	})
	t.Run("penalty", func(t *testing.T) {
		s := begin(t, 9)
		s.roundTrip("a", Signal{Group: "x", Refused: true, RetryAfter: sec(30)})
		s.at(-5 * 3600)
		s.mustFit(-5*3600+30, "b", "x")
		s.at(-5*3600 + 30)
		s.roundTrip("b", Signal{})
		s.mustSend("c", "x")
		s.mustSend("d", "x")
	})
	t.Run("penalty on everything", func(t *testing.T) {
		s := begin(t, 9)
		s.roundTrip("a", Signal{Refused: true})
		s.at(-5 * 3600)
		s.mustFit(-5*3600+60, "b")
	})
	t.Run("mixed with slots of now", func(t *testing.T) {
		s := begin(t, 2)
		s.at(3600)
		s.mustSend("ahead", "x")
		s.answer("ahead", Signal{})
		s.at(0)
		s.mustSend("a", "x")
		s.answer("a", Signal{})
		s.at(1)
		s.mustFit(10, "b", "x")
		s.Reserve(claim("b", "x"), noon.Add(sec(10)))
		s.mustFit(10, "c", "x")
	})
}

func TestReadingsOutOfOrderFreeNothingEarly(t *testing.T) {
	s := begin(t, 1)
	s.mustSend("a", "x")
	s.at(1)
	s.answer("a", Signal{})
	s.at(0.5) // read before the answer was reported
	s.mustFit(11, "b", "x")
	s.at(1)
	s.mustFit(11, "b", "x")
}

func TestBookingsFarAheadStayWhereThereIsAReason(t *testing.T) {
	s := begin(t, 2)
	s.roundTrip("a", Signal{Refused: true, RetryAfter: time.Hour})
	s.Reserve(claim("b", "x"), noon.Add(time.Hour))
	s.at(600)
	s.mustFit(unknown, "c", "x")
	assert.Equal(t, noon.Add(time.Hour), s.calls["b"].at, "everything is closed until then")

	s = begin(t, 2)
	s.limits["y"] = Limit{Calls: 1, Per: time.Hour, Penalty: time.Minute}
	s.mustSend("a", "y")
	s.answer("a", Signal{})
	s.Reserve(claim("b", "x", "y"), noon.Add(time.Hour))
	s.at(600)
	s.mustFit(600, "c", "x")
	assert.Equal(t, noon.Add(time.Hour), s.calls["b"].at, "its other group is full until then")
}

// A wall clock that is set changes nothing as long as times keep their monotonic reading.
func TestMonotonicReadingsAreKept(t *testing.T) {
	now := time.Now()
	s := NewState(documented(map[string]Limit{"x": {Calls: 1, Per: time.Minute}}))
	s.Reserve(claim("a", "x"), now)
	s.Settle("a", Answer{At: now})
	at, ok := s.Next(now, claim("b", "x"))
	assert.True(t, ok)
	assert.Contains(t, at.String(), "m=")
}

func TestMemoryIsBounded(t *testing.T) {
	s := begin(t, 50)
	most := 0
	for i := range 20_000 {
		id := strconv.Itoa(i)
		s.Next(s.now, claim(id, "x"))
		s.Reserve(claim(id, "x"), s.now)
		s.answer(id, Signal{})
		most = max(most, len(s.buckets["x"].spent))
		s.now = s.now.Add(201 * time.Millisecond)
	}
	assert.LessOrEqual(t, most, 102)
	assert.LessOrEqual(t, cap(s.buckets["x"].spent), 256)
	assert.Empty(t, s.calls)
	assert.LessOrEqual(t, len(s.idle), 1)
}

func TestSlotsInUseAreKeptThroughACut(t *testing.T) {
	s := begin(t, 50)
	for i := range 50 {
		s.mustSend(strconv.Itoa(i), "x")
		s.answer(strconv.Itoa(i), Signal{})
	}
	s.Settle("", Answer{At: s.now, Signal: Signal{Group: "x", Limit: 1}})
	s.mustFit(10, "next", "x")
	s.Settle("", Answer{At: s.now, Signal: Signal{Group: "x", Limit: 50}})
	s.mustFit(10, "next", "x")
}

func TestSlotsAreKeptInOrder(t *testing.T) {
	var b bucket
	b.limit = Limit{Calls: 4, Per: sec(10)}
	for _, end := range []float64{5, 1, 3, 3, 9, 2} {
		b.spend(slot{end: noon.Add(sec(end))}, 1)
	}
	b.spend(slot{end: noon.Add(sec(4))}, 3)
	var got []float64
	for _, s := range b.spent {
		got = append(got, s.end.Sub(noon).Seconds())
	}
	assert.Equal(t, []float64{1, 2, 3, 3, 4, 4, 4, 5, 9}, got)
	assert.Equal(t, 4, b.older(noon.Add(sec(3))), "the edge is free: a window is half open")
}
