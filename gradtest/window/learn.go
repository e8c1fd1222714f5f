package window

// Bounds of what a State remembers because of answers.
const (
	mostGroups    = 256
	mostRegrouped = 4096
)

// speaksOf returns the bucket that an answer's rate headers are about: that of the group they name, or else the
// call's first, since the group is the one header of the set that the platform may omit. Nil: there are no rate
// headers.
func (s *State) speaksOf(k *call, sig Signal) *bucket {
	if !sig.rated() {
		return nil
	}
	if sig.Group != "" {
		var buf [longestName]byte
		if b := s.buckets[string(fold(&buf, sig.Group))]; b != nil || len(s.buckets) >= mostGroups {
			return b
		}
		return s.bucket(sig.Group)
	}
	if k != nil && len(k.buckets) > 0 {
		return k.buckets[0]
	}
	return nil
}

// regroup remembers that k's operation is counted in b too, and books its other calls there.
func (s *State) regroup(k *call, b *bucket) {
	b.join(k)
	if k.op == "" || len(s.regrouped) >= mostRegrouped {
		return
	}
	s.regrouped[k.op] = b
	for _, other := range s.calls {
		if other.op == k.op {
			b.join(other)
		}
	}
}

// learn applies what the answer to k states about limits, penalties and foreign calls.
func (s *State) learn(k *call, own *bucket, a Answer) {
	if own != nil {
		own.adopt(a.Signal)
	}
	switch {
	case a.Signal.Refused && own != nil:
		own.refuse(a)
	case a.Signal.Refused:
		s.closed.restart(a.At, Limit{Penalty: minute}.refusal(a.Signal.RetryAfter))
		for _, b := range s.buckets {
			b.confirmed, b.refused = false, a.At
		}
	case k != nil && a.answered():
		for _, b := range k.buckets {
			b.confirmed = b.confirmed || k.at.After(b.refused)
		}
		if own != nil {
			own.countForeign(k, a)
		}
	}
}

// adopt replaces limit and window by those that the server states.
func (b *bucket) adopt(sig Signal) {
	if sig.Limit > 0 {
		b.limit.Calls, b.learned = sig.Limit, true
	}
	if sig.Window > 0 {
		b.limit.Per = sig.Window
	}
}

// refuse begins a penalty of the group. Other calls of it may be in flight; each that is refused too restarts the
// penalty.
func (b *bucket) refuse(a Answer) {
	b.penalty.restart(a.At, b.limit.refusal(a.Signal.RetryAfter))
	b.confirmed, b.refused = false, a.At
}

// countForeign compares the server's count with ours. The server counted k at some time between sending and answer.
// So it may have counted every call whose slot was not free when k was sent, and every call sent before the answer.
// Any calls beyond those were sent by another program under the same limit, no later than now.
func (b *bucket) countForeign(k *call, a Answer) {
	sig := a.Signal
	if sig.Remaining == 0 || b.limit.Calls == 0 || sig.Remaining > b.limit.Calls+1 {
		return
	}
	since := k.at.Add(-b.limit.Per)
	ours := len(b.spent) - b.older(since)
	for _, c := range b.calls {
		if c.inFlight(a.At) {
			ours++
		}
	}
	if more := b.limit.Calls - (sig.Remaining - 1) - ours; more > 0 {
		b.foreign += more
		b.spend(slot{end: a.At}, more)
	}
}
