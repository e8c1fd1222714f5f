package redisstore

import (
	"context"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Limit returns the limit in force for a group, and whether a server has confirmed it to any process. If Redis does not
// answer it returns the assumed limit; Admit reports the error.
func (g *gate) Limit(group string) (window.Limit, bool) {
	l, _ := g.assumed.Limit(group)
	ctx, cancel := context.WithTimeout(context.Background(), commandTimeout)
	defer cancel()
	got, err := limitScript.Run(ctx, g.store.client, []string{g.store.key("limits")}, fold(group)).Slice()
	if err != nil || len(got) != 7 {
		return l, false
	}
	number := func(i int) int64 { n, _ := got[i].(int64); return n }
	learned := number(4) == 1
	if learned {
		l.Calls = int(number(1))
	}
	if number(5) == 1 {
		l.Per = time.Duration(number(2)) * time.Microsecond
	}
	return l, learned
}

// LastLimit implements [window.LastLimiter]: the limit as of the last reply about a call of the group.
func (g *gate) LastLimit(group string) (l window.Limit, learned bool) {
	l, _ = g.assumed.Limit(group)
	g.mu.Lock()
	defer g.mu.Unlock()
	k, learned := g.known[fold(group)]
	if learned {
		l.Calls = k.calls
		if k.per > 0 {
			l.Per = k.per
		}
	}
	return l, learned
}

// learn takes in the limits of a reply.
func (g *gate) learn(values []any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for ; len(values) >= 5; values = values[5:] {
		name, _ := values[0].(string)
		n := items[int64](values[:5])
		if n[3] == 0 {
			delete(g.known, name)
			continue
		}
		k := knownLimit{calls: int(n[1])}
		if n[4] == 1 {
			k.per = time.Duration(n[2]) * time.Microsecond
		}
		g.known[name] = k
	}
}

// groups returns the names of a call's groups as the scripts use them, and the assumed limits of these and of one more
// group (empty: none).
func (g *gate) groups(claimed []string, more string) (names []string, limits map[string]assumedLimit) {
	limits = make(map[string]assumedLimit, len(claimed)+1)
	assume := func(name string) {
		l, _ := g.assumed.Limit(name)
		limits[name] = assumedLimit{l.Calls, l.Per.Microseconds(), l.Penalty.Microseconds()}
	}
	names = make([]string, 0, len(claimed))
	for _, group := range claimed {
		if name := fold(group); name != "" {
			names = append(names, name)
			assume(name)
		}
	}
	if more != "" {
		assume(more)
	}
	return names, limits
}
