package redisstore

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// The scripts of the gate. Each starts with what they share: state.lua, queue.lua and reply.lua.
var (
	//go:embed lua/state.lua
	stateSource string
	//go:embed lua/queue.lua
	queueSource string
	//go:embed lua/reply.lua
	replySource string
	//go:embed lua/departed.lua
	departedSource string
	//go:embed lua/admit.lua
	admitSource string
	//go:embed lua/settle.lua
	settleSource string
	//go:embed lua/release.lua
	releaseSource string
	//go:embed lua/limit.lua
	limitSource string

	gateSource    = stateSource + queueSource + replySource
	admitScript   = redis.NewScript(gateSource + departedSource + admitSource)
	settleScript  = redis.NewScript(gateSource + settleSource)
	releaseScript = redis.NewScript(gateSource + releaseSource)
	limitScript   = redis.NewScript(limitSource)
)

// sources are the scripts of a store.
func sources() []string {
	return []string{
		gateSource + departedSource + admitSource, gateSource + settleSource, gateSource + releaseSource, limitSource,
		linesSource + appendSource, linesSource + transactSource, daysSource, tokenCacheSource,
	}
}

// errFormat is about limits that another version has written.
var errFormat = errors.New("redisstore: another version of gradtest has written the limits of this app: " +
	"use the same version everywhere, or delete the app's keys (gradtest:{…}:*) when nothing has run for two minutes")

// request is the argument of a script of the gate, as JSON. Durations and times are in microseconds.
type request struct {
	// What the process remembers. By it a script notices that Redis has lost something.
	Epoch   string `json:"epoch"`   // last epoch seen; empty: none
	Ver     int64  `json:"ver"`     // highest version seen in that epoch
	Clock   int64  `json:"clock"`   // latest time of the server's clock that was seen; 0: none
	Elapsed int64  `json:"elapsed"` // time since then, by the clock of the process

	Next       string `json:"next"`       // name for a new epoch, if one has to begin
	Quarantine int64  `json:"quarantine"` // how long lost calls can matter
	Shift      int64  `json:"shift"`      // added to the server's clock; only tests set it

	Owner   string `json:"owner"`   // id of the gate
	Channel string `json:"channel"` // prefix of the channels of all gates; the owner follows
	Queue   string `json:"queue"`   // prefix of the keys of the queues; the group follows

	Lease  string `json:"lease"`  // prefix of the keys of leases; the owner follows; empty: the gate has none
	Life   int64  `json:"life"`   // how long a lease lasts, in milliseconds
	Memory int64  `json:"memory"` // how long its key outlives it, in milliseconds
	Fresh  bool   `json:"fresh"`  // a Redis without limits is new

	ID       string                  `json:"id"`
	Nonce    string                  `json:"nonce"`    // of this Admit, so that a repeated request is recognized
	Ticket   int64                   `json:"ticket"`   // number in the queues, from an earlier reply; 0: none yet
	Admitted string                  `json:"admitted"` // epoch in which the call was admitted; empty: not known
	Timeout  int64                   `json:"timeout"`
	Op       string                  `json:"op"`
	Groups   []string                `json:"groups"`
	Limits   map[string]assumedLimit `json:"limits"` // of Groups and of the signal's group

	Age    int64     `json:"age"`  // time since the answer arrived
	Late   int64     `json:"late"` // how much later than that the server may have counted the call
	Signal signal    `json:"signal"`
	since  time.Time // when the answer arrived, from which Age follows; zero: now
}

// assumedLimit is in force until a server states another limit.
type assumedLimit struct {
	Calls   int   `json:"n"`
	Per     int64 `json:"w"`
	Penalty int64 `json:"p"`
}

type signal struct {
	Group     string `json:"group"`
	Limit     int    `json:"limit"`
	Window    int64  `json:"window"`
	Remaining int    `json:"remaining"`
	Retry     int64  `json:"retry"`
	Refused   bool   `json:"refused"`
}

// reply is the result of a script of the gate.
type reply struct {
	what    string // go: admitted; at: wait until a known time; queued: wait; taken: the id is in use; done
	epoch   string
	ver     int64
	clock   int64
	wait    time.Duration // until asking again is useful; negative: unknown
	soonest time.Duration // until the call can go at the earliest
	reason  window.Reason
	group   string
	ticket  int64
	limits  []any // of the call's groups: name, calls, window, and whether a server has stated the one and the other
	version int64 // of the evidence
}

// call runs a script, with what the process remembers, and remembers what the reply says.
func (g *gate) call(ctx context.Context, op string, script *redis.Script, r request) (out reply, err error) {
	err = g.store.retry(ctx, op, func(ctx context.Context) error {
		c, err := g.scriptCall(script, r)
		if err != nil {
			return err
		}
		replies, err := g.store.scripts.run(ctx, c)
		if err != nil {
			return err
		}
		out, err = g.accept(replies[0])
		return err
	})
	return out, err
}

// scriptCall completes a request that is sent now.
func (g *gate) scriptCall(script *redis.Script, r request) (scriptCall, error) {
	r.Owner, r.Channel, r.Queue = g.owner, g.store.key("wake", ""), g.store.key("queue", "")
	r.Quarantine, r.Shift = g.quarantine.Microseconds(), g.store.shift.Load()
	r.Fresh, r.Next = g.store.fresh, rand.Text()
	if r.Groups == nil {
		r.Groups = []string{}
	}
	g.epochs.fill(&r, time.Now())
	if !r.since.IsZero() {
		r.Age = max(0, time.Since(r.since).Microseconds())
	}
	body, err := json.Marshal(r)
	keys := []string{g.store.key("limits"), g.store.key("queued"), g.store.key("due"), g.store.key("version")}
	return scriptCall{script, keys, []any{body}}, err
}

// accept reads a reply and remembers what it says.
func (g *gate) accept(got any) (reply, error) {
	values, _ := got.([]any)
	out, err := parseReply(values)
	if err != nil {
		return out, err
	}
	if g.epochs.learn(out, time.Now()) {
		g.store.forgotten()
	}
	g.learn(out.limits)
	g.store.show(out.version)
	return out, nil
}

func parseReply(v []any) (r reply, err error) {
	if len(v) == 1 {
		return r, errFormat
	}
	if len(v) != 11 {
		return r, fmt.Errorf("redisstore: a script returned %d values instead of 11: report this as a bug", len(v))
	}
	text := func(i int) string { s, _ := v[i].(string); return s }
	number := func(i int) int64 { n, _ := v[i].(int64); return n }
	us := func(i int) time.Duration { return time.Duration(number(i)) * time.Microsecond }
	r = reply{
		what: text(0), epoch: text(1), ver: number(2), clock: number(3), wait: us(4), soonest: us(5),
		reason: window.Reason(text(6)), group: text(7), ticket: number(8),
	}
	r.limits, _ = v[9].([]any)
	r.version, _ = strconv.ParseInt(text(10), 10, 64)
	return r, nil
}

// fold returns a group's name as the scripts use it.
func fold(group string) string {
	group = strings.ToLower(strings.TrimSpace(group))
	if len(group) > 64 {
		group = group[:64]
	}
	return group
}
