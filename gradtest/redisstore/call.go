package redisstore

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// The scripts of the gate. Each begins with the state and ends with it.
var (
	//go:embed lua/state.lua
	stateSource string
	//go:embed lua/admit.lua
	admitSource string
	//go:embed lua/settle.lua
	settleSource string
	//go:embed lua/release.lua
	releaseSource string
	//go:embed lua/limit.lua
	limitSource string

	admitScript   = redis.NewScript(stateSource + admitSource)
	settleScript  = redis.NewScript(stateSource + settleSource)
	releaseScript = redis.NewScript(stateSource + releaseSource)
	limitScript   = redis.NewScript(limitSource)
)

// errFormat is a state that another version has written.
var errFormat = errors.New("redisstore: the limits of this app are kept there in a form that this version does not know: " +
	"use the same version of gradtest everywhere, or delete the app's keys (gradtest:{…}:*) when nothing has run for two minutes")

// request is what a script of the gate is told. All times are in microseconds.
type request struct {
	// What the process knows, by which the script finds out that Redis has forgotten something.
	Epoch   string `json:"epoch"`   // of the state that it saw last; empty: none yet
	Ver     int64  `json:"ver"`     // the highest version seen of it
	Ref     int64  `json:"ref"`     // the clock that it was told last; 0: none
	Elapsed int64  `json:"elapsed"` // since then
	Next    string `json:"next"`    // the name of a new epoch, if one begins
	Forget  int64  `json:"forget"`  // how long what is forgotten can matter
	Shift   int64  `json:"shift"`   // added to the server's clock

	Owner string `json:"owner"` // the gate
	Bell  string `json:"bell"`  // its channel, without the owner
	Line  string `json:"line"`  // the key of a group's line, without the group

	ID       string             `json:"id"`
	Nonce    string             `json:"nonce"`    // of the admission
	Ticket   int64              `json:"ticket"`   // the place that it has had; 0: none yet
	Admitted string             `json:"admitted"` // epoch of the admission; empty: not known
	Timeout  int64              `json:"timeout"`
	Op       string             `json:"op"`
	Groups   []string           `json:"groups"`
	Limits   map[string]assumed `json:"limits"` // of the groups above and of the signal's

	Age    int64     `json:"age"`  // how long ago the answer came
	Late   int64     `json:"late"` // how much later than that the server may have counted the call
	Signal signal    `json:"signal"`
	since  time.Time // when the answer came; zero: now
}

// assumed is a limit until a server has told another.
type assumed struct {
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

// reply is what the scripts return.
type reply struct {
	what    string // go, at, line, taken, done
	epoch   string
	ver     int64
	clock   int64
	wait    time.Duration // until it is worth asking again; negative: not known
	soonest time.Duration
	reason  window.Reason
	group   string
	ticket  int64
}

// call runs a script on the app's state. The process's knowledge goes in and is brought up to date by the answer.
func (g *gate) call(ctx context.Context, op string, script *redis.Script, r request) (out reply, err error) {
	r.Owner, r.Bell, r.Forget, r.Shift = g.owner, g.store.key("bell", ""), g.forget.Microseconds(), g.store.shift.Load()
	r.Line = g.store.key("line", "")
	keys := []string{g.store.key("limits"), g.store.key("places"), g.store.key("told")}
	if r.Groups == nil {
		r.Groups = []string{}
	}
	err = g.store.try(ctx, op, func(ctx context.Context) error {
		r.Next = rand.Text()
		g.known.fill(&r, time.Now())
		if !r.since.IsZero() {
			r.Age = max(0, time.Since(r.since).Microseconds())
		}
		body, err := json.Marshal(r)
		if err != nil {
			return err
		}
		got, err := script.Run(ctx, g.store.client, keys, body).Slice()
		if err != nil {
			return err
		}
		if out, err = parseReply(got); err == nil {
			g.known.learn(out, time.Now())
		}
		return err
	})
	return out, err
}

func parseReply(v []any) (r reply, err error) {
	if len(v) == 1 {
		return r, errFormat
	}
	if len(v) != 9 {
		return r, fmt.Errorf("redisstore: a script returned %d values, want 9: report this", len(v))
	}
	text := func(i int) string { s, _ := v[i].(string); return s }
	number := func(i int) int64 { n, _ := v[i].(int64); return n }
	us := func(i int) time.Duration { return time.Duration(number(i)) * time.Microsecond }
	return reply{text(0), text(1), number(2), number(3), us(4), us(5), window.Reason(text(6)), text(7), number(8)}, nil
}

// fold writes a group's name as it is a key of the state.
func fold(group string) string {
	group = strings.ToLower(strings.TrimSpace(group))
	if len(group) > 64 {
		group = group[:64]
	}
	return group
}
