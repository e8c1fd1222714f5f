package criteria

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// Answers is a set of kinds of responses that an [ErrorRule] counts as errors. A response can be of several kinds.
// Responses 3xx and 5xx are in no text of the rules and of no kind here: they are traffic, neither success nor error.
type Answers uint8

const (
	Unauthorized Answers = 1 << iota // an API call answered 401
	Forbidden                        // an API call answered 403
	TokenFailure                     // an authorization request (token, revoke, …) answered 4xx
	ClientError                      // any request answered 4xx, so 429 too
)

// outcome is how an attempt ended, from best to worst for the choice between several records of one attempt: the worst
// counts, so that neither the order of records nor a damaged copy can turn a failure into a success.
type outcome uint8

const (
	reserved   outcome = iota // a slot was reserved; nothing more is known
	unsent                    // the slot was released, or there was no connection
	success                   // 2xx
	answered                  // 1xx, 3xx, 5xx, or 207 with an inner failure
	unanswered                // sent, no answer
	failed                    // 4xx
	ignored                   // an injected fault or a replay: no evidence
)

// call is the compact form of one attempt; a verdict may scan millions.
type call struct {
	at       time.Duration // when the platform is assumed to have counted it, relative to the verdict's time
	last     time.Duration // the latest moment at which it can have counted it, likewise
	endpoint int32         // index in evidence.endpoints, or none
	outcome  outcome
	kinds    Answers
	oauth    bool
	refused  bool  // answered 429
	volume   bool  // a success that counts as volume
	scopes   int32 // of a success: index in evidence.sets
}

// Values of call.endpoint that are no index.
const (
	none          int32 = -1 // no known endpoint
	authorization int32 = -2 // the operation is an authorization request
)

// read classifies a record. ok is false for records that are no evidence at now.
func read(r *ledger.Record, now time.Time) (c call, ok bool) {
	switch r.Kind {
	case ledger.Reserved:
		c.outcome = reserved
	case ledger.Released:
		c.outcome = unsent
	case ledger.Done:
		c.classify(r)
	default:
		return c, false
	}
	first, last := r.At, r.At
	if !r.Sent.IsZero() {
		if r.Sent.Before(first) {
			first = r.Sent
		} else {
			last = r.Sent
		}
	}
	// The platform counted the call at some moment between sending and response. At the edge of a window the worse of
	// the two counts: a success, or traffic that would dilute errors, is as old as it can be, an error as young. The
	// endpoint was used until the latest moment, with or without a response.
	c.at, c.last = first.Sub(now), last.Sub(now)
	if c.outcome == failed {
		c.at = c.last
	}
	if c.unknown() && r.Latest.After(last) {
		c.last = r.Latest.Sub(now)
	}
	return c, !last.After(now)
}

func (c *call) classify(r *ledger.Record) {
	c.oauth = r.OAuth
	switch {
	case r.Fault:
		c.outcome = ignored
	case r.Status < 100 && r.Sent.IsZero() && r.Latest.IsZero():
		c.outcome = unsent // connection refused or name not resolved: the platform cannot have counted it
	case r.Status < 100:
		c.outcome = unanswered
	case r.Succeeded():
		c.outcome = success
	case r.Status >= 400 && r.Status < 500:
		c.outcome, c.kinds, c.refused = failed, ClientError, r.Status == 429
		switch {
		case r.OAuth:
			c.kinds |= TokenFailure
		case r.Status == 401:
			c.kinds |= Unauthorized
		case r.Status == 403:
			c.kinds |= Forbidden
		}
	default:
		c.outcome = answered
	}
}

// worst returns what counts of two records of one attempt, in any order of them: the worse outcome, and of two
// errors the kinds of both.
func (c call) worst(d call) call {
	last := max(c.last, d.last)
	switch {
	case c.outcome > d.outcome:
		return c
	case c.outcome < d.outcome:
		return d
	case c.outcome == failed:
		c.kinds |= d.kinds
		c.refused = c.refused || d.refused
		c.oauth = c.oauth || d.oauth
		c.at = max(c.at, d.at)
	case d.at < c.at:
		c = d
	}
	c.last = last
	return c
}

// counted reports whether the attempt got a response, which makes it traffic in an error share.
func (c call) counted() bool {
	return c.outcome == success || c.outcome == answered || c.outcome == failed
}

// unknown reports whether the attempt may have been sent and its outcome is unknown.
func (c call) unknown() bool { return c.outcome == reserved || c.outcome == unanswered }
