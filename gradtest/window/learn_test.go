package window

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// roundTrip makes one call of x that is answered with sig at once.
func (s *script) roundTrip(id string, sig Signal) {
	s.t.Helper()
	s.mustSend(id, "x")
	s.answer(id, sig)
}

func TestLimitsAreLearned(t *testing.T) {
	for _, c := range []struct {
		name string
		sig  Signal
		want Limit
	}{
		{"down", Signal{Group: "x", Limit: 2}, Limit{2, sec(10), time.Minute}},
		{"up, in capitals", Signal{Group: "X", Limit: 9}, Limit{9, sec(10), time.Minute}},
		{"a longer window", Signal{Group: "x", Limit: 5, Window: time.Minute}, Limit{5, time.Minute, time.Minute}},
		{"a shorter window", Signal{Group: "x", Limit: 5, Window: time.Second}, Limit{5, time.Second, time.Minute}},
		{"without the group it is the call's own", Signal{Limit: 3}, Limit{3, sec(10), time.Minute}},
		{"out of bounds", Signal{Group: "x", Limit: -3, Window: 1000 * time.Hour}, Limit{5, sec(10), time.Minute}},
	} {
		s := begin(t, 5)
		s.roundTrip("a", c.sig)
		got, learned := s.Limit("x")
		assert.Equal(t, c.want, got, c.name)
		assert.Equal(t, c.sig.Limit > 0, learned, c.name)
	}
}

func TestChangedLimitTakesEffectAtOnce(t *testing.T) {
	s := begin(t, 5)
	for i := range 3 {
		s.mustSend(strconv.Itoa(i), "x")
	}
	s.mustFit(0, "next", "x")
	s.at(1)
	s.answer("0", Signal{Group: "x", Limit: 2})
	s.mustFit(unknown, "next", "x") // three taken, two of them in flight
	s.answer("1", Signal{})
	s.mustFit(11, "next", "x") // two answered and one in flight
	s.at(2)
	s.answer("2", Signal{})
	s.mustFit(11, "next", "x")
	s.Settle("", Answer{At: s.now, Signal: Signal{Group: "x", Limit: 4}})
	s.mustFit(2, "next", "x")
}

func TestChangedWindowTakesEffectAtOnce(t *testing.T) {
	s := begin(t, 1)
	s.roundTrip("a", Signal{})
	s.mustFit(10, "b", "x")
	s.Settle("", Answer{At: s.now, Signal: Signal{Group: "x", Window: 3 * time.Second}})
	s.mustFit(3, "b", "x")
	s.at(4)
	s.mustFit(4, "b", "x")
	s.Settle("", Answer{At: s.now, Signal: Signal{Group: "x", Window: time.Minute}})
	s.mustFit(60, "b", "x") // though it was free before
}

func TestBookedCallsFollowAChangedLimit(t *testing.T) {
	s := begin(t, 3)
	for i := range 3 {
		s.mustSend(strconv.Itoa(i), "x")
	}
	for i := range 3 {
		s.at(float64(i))
		s.answer(strconv.Itoa(i), Signal{})
	}
	for i, id := range []string{"p", "q", "r"} {
		s.mustFit(float64(10+i), id, "x")
		s.Reserve(claim(id, "x"), noon.Add(sec(float64(10+i))))
	}
	s.Settle("", Answer{At: s.now, Signal: Signal{Group: "x", Limit: 1}})
	s.mustFit(12, "p", "x")
	s.mustFit(unknown, "q", "x")
	s.at(10)
	s.Reserve(claim("p", "x"), noon.Add(sec(12)))
	s.at(12)
	s.Reserve(claim("q", "x"), time.Time{}) // q and r have found out as well
	s.Reserve(claim("r", "x"), time.Time{})
	s.mustFit(12, "p", "x")
	s.Reserve(claim("p", "x"), s.now)
	s.mustFit(unknown, "q", "x")
	s.answer("p", Signal{})
	s.mustFit(22, "q", "x")
	s.mustFit(unknown, "r", "x")
}

func TestAnswerInAnotherGroup(t *testing.T) {
	s := begin(t, 9)
	s.limits["y"] = Limit{Calls: 1, Per: 30 * time.Second, Penalty: time.Minute}
	s.mustSend("other", "x")
	s.roundTrip("a", Signal{Group: "Y", Limit: 3})
	s.mustFit(0, "b", "y")
	s.Reserve(claim("b", "y"), s.now)
	assert.Len(t, s.buckets["y"].calls, 2, "the same operation's call in flight is one of y, too")
	s.answer("b", Signal{})
	s.mustFit(30, "c", "y")
	s.mustFit(30, "c", "x") // since its operation is known to count in y
	s.answer("other", Signal{})
	s.mustFit(30, "c", "x")
	at, ok := s.Next(s.now, Call{ID: "c", Groups: []string{"x"}, Op: "another operation"})
	assert.True(t, ok)
	assert.Equal(t, noon, at)
}

func TestPenalty(t *testing.T) {
	for _, c := range []struct {
		name    string
		sig     Signal
		x, y, z float64 // when a call of x, of y and of no group may go
	}{
		{"as the server says", Signal{Group: "x", RetryAfter: sec(20)}, 20, 0, 0},
		{"it does not say", Signal{Group: "X"}, 60, 0, 0},
		{"of another group", Signal{Group: "y", RetryAfter: sec(20)}, 0, 20, 0},
		{"headers without a group", Signal{Limit: 5, RetryAfter: sec(20)}, 20, 0, 0},
		{"no headers: everything", Signal{}, 60, 60, 60},
		{"no headers but Retry-After: everything", Signal{RetryAfter: sec(5)}, 5, 5, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := begin(t, 5)
			s.mustSend("warm-y", "y")
			s.answer("warm-y", Signal{})
			c.sig.Refused = true
			s.roundTrip("a", c.sig)
			look := func(want float64, groups ...string) {
				t.Helper()
				at, ok := s.Next(s.now, Call{ID: "next", Groups: groups})
				assert.True(t, ok)
				assert.Equal(t, sec(want), at.Sub(noon), groups)
			}
			look(c.x, "x")
			look(c.y, "y")
			look(c.z)
		})
	}
}

func TestRefusedAgainRestartsThePenalty(t *testing.T) {
	s := begin(t, 5)
	s.mustSend("a", "x")
	s.mustSend("b", "x")
	s.mustSend("c", "x")
	refused := Signal{Group: "x", Refused: true, RetryAfter: sec(20)}
	s.answer("a", refused)
	s.at(2)
	s.answer("b", refused)
	s.mustFit(unknown, "d", "x") // the answer to c decides
	assert.Equal(t, noon.Add(sec(22)), s.Look(s.now, claim("d", "x")).Soonest)
	s.at(3)
	refused.RetryAfter = sec(1)
	s.answer("c", refused)
	s.mustFit(22, "d", "x") // a shorter one shortens nothing
}

func TestAfterThePenaltyOneCallAsksFirst(t *testing.T) {
	s := begin(t, 5)
	s.mustSend("early", "x")
	s.roundTrip("a", Signal{Group: "x", Refused: true, RetryAfter: sec(20)})
	s.at(1)
	s.answer("early", Signal{}) // left before the refusal and proves nothing
	s.at(20)
	s.mustSend("b", "x")
	s.mustFit(unknown, "c", "x")
	s.answer("b", Signal{})
	s.mustSend("c", "x")
	s.mustFit(20, "d", "x")
}

func TestForeignCalls(t *testing.T) {
	for _, c := range []struct {
		remaining int
		foreign   int
	}{{9, 0}, {8, 0}, {7, 0}, {6, 1}, {0, 7}} {
		t.Run(fmt.Sprint(c.remaining), func(t *testing.T) {
			s := begin(t, 10)
			s.mustSend("answered", "x")
			s.answer("answered", Signal{})
			s.at(1)
			s.mustSend("in flight", "x")
			s.Reserve(claim("booked ahead", "x"), noon.Add(sec(9)))
			s.Reserve(claim("in line", "x"), time.Time{})
			s.mustSend("a", "x")
			s.at(2)
			s.answer("a", Signal{Group: "x", Limit: 10, Remaining: c.remaining + 1})
			assert.Equal(t, c.foreign, s.foreign("X"))
			s.Release("booked ahead")
			s.Release("in line")
			if c.remaining == 0 {
				s.mustFit(10, "b", "x") // when the first call's slot is free; the foreign ones are free at 12
			} else {
				s.mustFit(2, "b", "x")
			}
		})
	}
	assert.Zero(t, NewState(documented(nil)).foreign("never heard"))
}

// A call is sent before a slot is free and arrives after it: the server may or may not have counted that slot.
func TestSlowCallMakesNoForeignCalls(t *testing.T) {
	s := begin(t, 3)
	s.mustSend("old", "x")
	s.answer("old", Signal{})
	s.at(9.9)
	s.mustSend("slow", "x")
	s.at(12)
	s.answer("slow", Signal{Group: "x", Limit: 3, Remaining: 2})
	assert.Zero(t, s.foreign("x"))
}

// Even for a very slow call, as many calls are remembered as the server can have counted.
func TestVerySlowCallMakesNoForeignCalls(t *testing.T) {
	s := begin(t, 8)
	s.Reserve(Call{ID: "slow", Groups: []string{"x"}, Timeout: time.Hour}, s.now)
	for i := range 100 {
		s.now = s.now.Add(1500 * time.Millisecond)
		s.mustSend(strconv.Itoa(i), "x")
		s.answer(strconv.Itoa(i), Signal{})
	}
	assert.Less(t, len(s.buckets["x"].spent), 18)
	s.answer("slow", Signal{Group: "x", Limit: 8, Remaining: 1})
	assert.Zero(t, s.foreign("x"))
}

func TestServerCannotMakeUsRememberWithoutEnd(t *testing.T) {
	s := begin(t, 1_000_000)
	for i := range 10_000 {
		id := strconv.Itoa(i)
		s.Reserve(Call{ID: id, Groups: []string{"x"}, Op: id}, s.now)
		s.answer(id, Signal{Group: "group-" + id})
	}
	assert.LessOrEqual(t, len(s.buckets), mostGroups)
	assert.LessOrEqual(t, len(s.regrouped), mostRegrouped)
	s.mustSend("last", "x")
	s.answer("last", Signal{Group: "one group more", Refused: true, RetryAfter: sec(20)})
	s.mustFit(20, "next", "one group more") // an unknown group closes all groups
}

// foreign returns how many calls of other programs the server has reported in a group.
func (s *State) foreign(group string) int {
	if b := s.buckets[lower(group)]; b != nil {
		return b.foreign
	}
	return 0
}
