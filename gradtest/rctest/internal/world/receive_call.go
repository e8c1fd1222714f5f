package world

import "time"

// Incoming is a call that somebody makes to the account.
type Incoming struct {
	From     string        // E.164
	Name     string        // of who calls; empty: unknown
	To       string        // E.164 or the number of an extension; empty: the first user
	Answered bool          // somebody takes it
	Lasts    time.Duration // once it is answered, and how long it rings if nobody takes it; zero: it goes on until the app or its callers end it
}

// ReceiveCall lets somebody call. A call that lasts no time is over at once: it is missed, or, when it is answered, goes on.
// The answer is the session, or the log's record if the call is over.
func (w *World) ReceiveCall(at time.Time, c Incoming) (Object, *Problem) {
	return w.Perform(at, func() (Object, *Problem) { return w.receiveCall(at, c) })
}

func (w *World) receiveCall(at time.Time, c Incoming) (Object, *Problem) {
	if !isE164(c.From) {
		return nil, invalid("from", c.From)
	}
	if len(w.cfg.Users) == 0 {
		return nil, unknownInBody("to", c.To)
	}
	called, ok := w.member(w.cfg.Users[0].ID)
	if c.To != "" {
		if called, ok = w.memberByShort(c.To); !ok {
			called = w.caller(c.To)
			ok = called.extension != ""
		}
	}
	if !ok {
		return nil, unknownInBody("to", c.To)
	}
	w.settleCalls(at)
	from := w.caller(c.From)
	if c.Name != "" {
		from.name = c.Name
	}
	s := w.newSession("Call", at)
	status := "Proceeding"
	if c.Answered {
		status = "Answered"
	}
	w.newParty(s, "Outbound", status, from, called, from.extension, at)
	w.newParty(s, "Inbound", status, from, called, called.extension, at)
	w.tellOfSession(s, at)
	if c.Lasts > 0 {
		s.doc["ends"] = at.Add(c.Lasts)
	}
	return w.session(s), nil
}
