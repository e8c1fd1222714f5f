package window

import (
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// script drives a State with its own clock, in seconds since noon.
type script struct {
	*State
	t   *testing.T
	now time.Time
}

// begin returns a State whose group x, of calls per 10 s, is confirmed by an answer long ago.
func begin(t *testing.T, calls int) *script {
	s := &script{State: NewState(documented(map[string]Limit{"x": {Calls: calls, Per: 10 * time.Second}})), t: t, now: noon.Add(-time.Hour)}
	s.mustSend("warm", "x")
	s.answer("warm", Signal{})
	s.now = noon
	return s
}

func sec(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }

func (s *script) at(second float64) { s.now = noon.Add(sec(second)) }

func claim(id string, groups ...string) Call {
	return Call{ID: id, Groups: groups, Op: "op", Timeout: 5 * time.Second}
}

// mustSend asserts that a call may be sent now, and books it.
func (s *script) mustSend(id string, groups ...string) {
	s.t.Helper()
	c := claim(id, groups...)
	o := s.Look(s.now, c)
	require.True(s.t, o.Ready(s.now), "call %s should be free to go, but %+v", id, o)
	s.Reserve(c, s.now)
}

func (s *script) answer(id string, sig Signal) { s.Settle(id, Answer{At: s.now, Signal: sig}) }

// unknown is the second of a time that is not known.
var unknown = math.Inf(1)

// mustFit asserts when a call could be sent.
func (s *script) mustFit(second float64, id string, groups ...string) {
	s.t.Helper()
	at, ok := s.Next(s.now, claim(id, groups...))
	if second == unknown {
		assert.False(s.t, ok, "call %s at %v: its time should not be known, but is %v", id, s.now.Sub(noon), at.Sub(noon))
		return
	}
	assert.True(s.t, ok, "call %s at %v: its time should be known", id, s.now.Sub(noon))
	assert.Equal(s.t, sec(second), at.Sub(noon), "call %s at %v", id, s.now.Sub(noon))
}

func TestSlotIsFreeOneWindowAfterTheAnswer(t *testing.T) {
	s := begin(t, 2)
	s.mustSend("a", "x")
	s.at(1)
	s.mustSend("b", "x")
	s.mustFit(unknown, "c", "x")
	s.at(2)
	s.answer("b", Signal{})
	s.mustFit(12, "c", "x")
	s.at(3)
	s.answer("a", Signal{})
	s.mustFit(12, "c", "x")
	s.at(12)
	s.mustSend("c", "x")
	s.mustFit(13, "d", "x")
}

func TestUnansweredCallHoldsItsSlotUntilLatest(t *testing.T) {
	s := begin(t, 1)
	s.mustSend("a", "x")
	s.at(1)
	s.Settle("a", Answer{At: s.now, Latest: noon.Add(sec(5))})
	s.mustFit(15, "b", "x")
}

func TestUnsettledCallIsGivenUp(t *testing.T) {
	s := begin(t, 1)
	s.mustSend("dead", "x")
	at, ok := s.Next(s.now, claim("b", "x"))
	assert.False(t, ok)
	assert.Equal(t, sec(5), at.Sub(noon), "look again when it is given up")
	s.at(4.999)
	s.mustFit(unknown, "b", "x")
	s.at(5)
	s.mustFit(15, "b", "x")
	assert.False(t, s.Booked("dead"))
	s.answer("dead", Signal{Group: "x", Limit: 3})
	s.mustFit(5, "b", "x")
	l, learned := s.Limit("x")
	assert.Equal(t, 3, l.Calls, "what a late answer says still counts")
	assert.True(t, learned)
}

func TestTimeoutOfZeroIsTheDefault(t *testing.T) {
	s := begin(t, 1)
	s.Reserve(Call{ID: "dead", Groups: []string{"x"}}, s.now)
	at, ok := s.Next(s.now, claim("b", "x"))
	assert.False(t, ok)
	assert.Equal(t, DefaultTimeout, at.Sub(noon))
}

func TestBookingAhead(t *testing.T) {
	s := begin(t, 2)
	s.mustSend("a", "x")
	s.mustSend("b", "x")
	s.at(1)
	s.answer("a", Signal{})
	s.at(2)
	s.answer("b", Signal{})

	book := func(second float64, id string) {
		t.Helper()
		s.mustFit(second, id, "x")
		s.Reserve(claim(id, "x"), noon.Add(sec(second)))
	}
	book(11, "c")
	book(12, "d")
	s.mustFit(unknown, "e", "x")
	s.Reserve(claim("e", "x"), time.Time{})
	s.mustFit(unknown, "f", "x")
	s.mustFit(11, "c", "x")
	s.mustFit(12, "d", "x")

	s.at(3)
	s.Release("c")
	s.mustFit(11, "d", "x")
	s.mustFit(12, "e", "x")
	s.mustFit(unknown, "f", "x")

	s.at(12) // d did not wake at its time and still keeps its slot
	s.mustFit(12, "e", "x")
	s.Reserve(claim("e", "x"), s.now)
	s.mustFit(12, "d", "x")
	s.mustFit(unknown, "f", "x")
}

func TestWaitingCallsKeepTheirOrder(t *testing.T) {
	s := begin(t, 1)
	s.mustSend("a", "x")
	for i := range 5 {
		id := strconv.Itoa(i)
		s.mustFit(unknown, id, "x")
		s.Reserve(claim(id, "x"), time.Time{})
	}
	s.at(1)
	s.answer("a", Signal{})
	for i := 4; i > 0; i-- {
		s.mustFit(unknown, strconv.Itoa(i), "x")
	}
	s.mustFit(11, "0", "x")
	s.mustFit(unknown, "newcomer", "x")
}

func TestReleaseLeavesNothing(t *testing.T) {
	s := begin(t, 1)
	s.mustSend("a", "x", "y")
	s.Release("a")
	s.Release("a")
	s.Release("never booked")
	s.mustSend("b", "x", "y")
}

func TestSettlingTwiceIsHarmless(t *testing.T) {
	s := begin(t, 2)
	s.mustSend("a", "x")
	sig := Signal{Group: "x", Limit: 2, Remaining: 2, Window: 10 * time.Second}
	s.answer("a", sig)
	s.answer("a", sig)
	s.mustSend("b", "x")
	s.answer("b", Signal{Group: "x", Refused: true, RetryAfter: 3 * time.Second})
	s.mustFit(10, "c", "x")
	s.answer("b", Signal{Group: "x", Refused: true, RetryAfter: 3 * time.Second})
	s.mustFit(10, "c", "x")
	assert.Zero(t, s.foreign("x"))
}

func TestAnswerWithoutAMoment(t *testing.T) {
	s := begin(t, 1)
	s.mustSend("a", "x")
	s.Settle("a", Answer{})
	s.mustFit(10, "b", "x") // its time, 5, is in the future, so it was now
	s.at(20)
	s.mustSend("b", "x")
	s.Settle("b", Answer{Latest: noon.Add(sec(24))})
	s.mustFit(34, "c", "x")
}

func TestSeveralGroups(t *testing.T) {
	s := begin(t, 3)
	s.limits["y"] = Limit{Calls: 1, Per: 20 * time.Second, Penalty: time.Minute}
	s.mustSend("a", "x", "Y", "X", " y ", "")
	s.mustFit(unknown, "b", "x", "y")
	s.mustFit(0, "b", "x")
	s.at(1)
	s.answer("a", Signal{})
	s.mustFit(21, "b", "x", "y")
	s.mustFit(1, "b", "x")
	assert.Equal(t, "y", s.Look(s.now, claim("b", "x", "y")).Group)
	assert.Len(t, s.buckets, 2)
}

func TestNoGroups(t *testing.T) {
	s := begin(t, 1)
	for _, group := range []string{"", "NoThrottling"} {
		for i := range 200 {
			s.mustSend(group+strconv.Itoa(i), group)
		}
	}
}

func TestColdStart(t *testing.T) {
	s := &script{State: NewState(documented(map[string]Limit{"x": {Calls: 9, Per: 10 * time.Second}})), t: t, now: noon}
	s.mustSend("a", "x")
	s.mustFit(unknown, "b", "x")
	s.mustFit(0, "other", "y")
	assert.Equal(t, Unconfirmed, s.Look(s.now, claim("b", "x")).Reason)
	s.at(1)
	s.Settle("a", Answer{At: s.now, Latest: noon.Add(sec(5))})
	s.mustSend("b", "x")
	s.mustFit(unknown, "c", "x")
	s.at(2)
	s.answer("b", Signal{})
	for i := range 7 {
		s.mustSend("more"+strconv.Itoa(i), "x")
	}
	s.mustFit(12, "one too many", "x")
	_, learned := s.Limit("x")
	assert.False(t, learned, "an answer without headers confirms nothing")
}

func TestReasons(t *testing.T) {
	s := begin(t, 1)
	assert.Equal(t, Outlook{At: noon, Soonest: noon, Known: true}, s.Look(s.now, claim("a", "x")))
	s.mustSend("a", "x")
	assert.Equal(t, Outlook{At: noon.Add(sec(5)), Soonest: noon.Add(sec(10)), Group: "x", Reason: Full}, s.Look(s.now, claim("b", "x")))
	s.answer("a", Signal{})
	full := Outlook{At: noon.Add(sec(10)), Soonest: noon.Add(sec(10)), Known: true, Group: "x", Reason: Full}
	assert.Equal(t, full, s.Look(s.now, claim("b", "x")))
	s.Reserve(claim("c", "y"), s.now)
	s.answer("c", Signal{Group: "y", Refused: true, RetryAfter: time.Minute})
	shut := Outlook{At: noon.Add(time.Minute), Soonest: noon.Add(time.Minute), Known: true, Group: "y", Reason: Penalty}
	assert.Equal(t, shut, s.Look(s.now, claim("b", "x", "y")))
	assert.Equal(t, shut, s.Look(s.now, claim("b", "y", "x")))
	s.Settle("unknown", Answer{At: s.now, Signal: Signal{Refused: true, RetryAfter: time.Hour}})
	assert.Equal(t, Closed, s.Look(s.now, claim("b", "x", "y")).Reason)
	assert.Equal(t, noon.Add(time.Hour), s.Look(s.now, claim("b")).At)
}

func TestSoonest(t *testing.T) {
	s := begin(t, 2)
	s.mustSend("lost", "x")
	s.Settle("lost", Answer{At: s.now, Latest: noon.Add(sec(60))})
	s.mustSend("in flight", "x")
	s.mustFit(70, "a", "x")
	assert.Equal(t, noon.Add(sec(10)), s.Look(s.now, claim("a", "x")).Soonest, "the call in flight may be answered now")

	s = begin(t, 1)
	s.roundTrip("answered", Signal{})
	s.Reserve(claim("waits", "x"), noon.Add(sec(10)))
	s.at(4)
	s.mustFit(unknown, "a", "x")
	assert.Equal(t, noon.Add(sec(10)), s.Look(s.now, claim("a", "x")).Soonest, "the waiting call may be given up")
}

// A queued call is booked before another process that reads the booking knows its time-out.
func TestAPlaceInLineLearnsItsTimeout(t *testing.T) {
	for _, timeout := range []time.Duration{time.Second, 5 * time.Minute} {
		s := NewState(documented(map[string]Limit{"light": {Calls: 1, Per: time.Minute}}))
		light := []string{"light"}
		s.Reserve(Call{ID: "a", Groups: light}, noon)
		s.Reserve(Call{ID: "b", Groups: light}, time.Time{})
		s.Settle("a", Answer{At: noon})
		start := noon.Add(time.Minute)
		s.Reserve(Call{ID: "b", Groups: light, Timeout: timeout}, start)
		free := start.Add(timeout + time.Minute)
		assert.False(t, s.Look(free.Add(-time.Millisecond), Call{ID: "c", Groups: light}).Ready(free.Add(-time.Millisecond)), timeout)
		assert.True(t, s.Look(free, Call{ID: "c", Groups: light}).Ready(free), timeout)
	}
}
