package calls

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Incoming is a call to the account from outside.
type Incoming struct {
	From     string // E.164
	Name     string // of the caller; empty: unknown
	To       string // E.164 or the number of an extension; empty: the first user
	Answered bool   // whether the call is answered
	// Lasts is the duration after the answer or, for an unanswered call, how long it rings. Zero: the call continues
	// until the app ends it.
	Lasts time.Duration
}

// Receive simulates an incoming call and returns its session.
func Receive(w *world.World, at time.Time, c Incoming) (world.Object, *world.Problem) {
	return w.Perform(at, func() (world.Object, *world.Problem) { return receiveCall(w, at, c) })
}

func receiveCall(w *world.World, at time.Time, c Incoming) (world.Object, *world.Problem) {
	if c.From = people.E164(c.From); !people.IsE164(c.From) {
		return nil, world.Invalid("from", c.From)
	}
	if len(w.Config.Users) == 0 {
		return nil, world.NotFoundInBody("to", c.To)
	}
	called, ok := people.MemberOf(w, w.Config.Users[0].ID)
	if c.To != "" {
		if called, ok = people.MemberByShortNumber(w, c.To); !ok {
			called = people.CallerOf(w, c.To)
			ok = called.Extension != ""
		}
	}
	if !ok {
		return nil, world.NotFoundInBody("to", c.To)
	}
	settleCalls(w, at)
	from := people.CallerOf(w, c.From)
	if c.Name != "" {
		from.Name = c.Name
	}
	s := newSession(w, "Call", at)
	status := "Proceeding"
	if c.Answered {
		status = "Answered"
	}
	newParty(w, s, "Outbound", status, from, called, from.Extension, at)
	newParty(w, s, "Inbound", status, from, called, called.Extension, at)
	notifySession(w, s, at)
	if c.Lasts > 0 {
		s.Doc["ends"] = at.Add(c.Lasts)
	}
	return session(w, s), nil
}
