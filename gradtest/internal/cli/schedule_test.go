package cli

import (
	"bytes"
	"cmp"
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/internal/planner"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// planned is the plan at noon for a scene; no group has more than ten calls in a minute.
func planned(t *testing.T, p criteria.Policy, want criteria.Want, text string) schedule {
	t.Helper()
	records, err := scene(text, noon)
	require.NoError(t, err)
	each := func(yield func(ledger.Record) bool) {
		for _, r := range records {
			if !yield(r) {
				return
			}
		}
	}
	ten := func(string) (window.Limit, bool) { return window.Limit{Calls: 10, Per: time.Minute}, false }
	in := planner.Input{Policy: p, Scopes: want.Scopes, Records: records, Limits: ten, Now: noon}
	for _, e := range want.Endpoints {
		in.Endpoints = append(in.Endpoints, planner.Endpoint{Name: cmp.Or(e.Name, e.Op.ID), Op: e.Op, Calls: e.Calls})
	}
	return newSchedule("crm", planner.New(in), criteria.Forecast(p, want, each, noon), nil)
}

func want(scopes []rcapi.Scope, endpoints ...criteria.Endpoint) criteria.Want {
	return criteria.Want{Scopes: scopes, Endpoints: endpoints}
}

func TestScheduleCountsEachCallOnce(t *testing.T) {
	s := planned(t, criteria.Graduation, want(
		[]rcapi.Scope{rcapi.ScopeSMS, rcapi.ScopeReadCallLog},
		criteria.Endpoint{Name: "send", Op: rcapi.CreateSMSMessage}, criteria.Endpoint{Name: "send again", Op: rcapi.CreateSMSMessage},
		criteria.Endpoint{Op: rcapi.ListMessages, Calls: 7}, criteria.Endpoint{Op: rcapi.ReadExtension},
	), "calls 2 createSMSMessage 200 1h\ncalls 1 readUserPresenceStatus 200 1h")
	sum := 0
	for _, e := range s.Endpoints {
		sum += e.Send
	}
	assert.Equal(t, s.Calls, sum)
	require.Len(t, s.Endpoints, 5, "%+v", s.Endpoints)
	assert.Equal(t, 3, s.Endpoints[0].Send+s.Endpoints[1].Send, "two endpoints of one operation share what it lacks")
	assert.Equal(t, "readUserPresenceStatus", s.Endpoints[4].Name)
	assert.False(t, s.Endpoints[4].Declared)
	assert.Zero(t, s.Endpoints[4].Send, "no endpoint's code would call it")
	require.Len(t, s.Scopes, 1)
	assert.Equal(t, "ReadCallLog", s.Scopes[0].Scope)
	groups := make(map[string]int)
	for _, g := range s.Groups {
		groups[g.Group] = g.Calls
	}
	assert.Equal(t, 3, groups["sms"], "a service's own limit is planned with")
	assert.Equal(t, 3, groups["medium"])
	assert.Zero(t, groups["heavy"], "no endpoint exercises the scope of the call log")
	assert.Equal(t, s.Calls-3, groups["light"], "what any endpoint may have goes to the cheapest")
}

func TestScheduleMoments(t *testing.T) {
	one := want([]rcapi.Scope{rcapi.ScopeReadCallLog}, criteria.Endpoint{Op: rcapi.ReadUserCallLog})
	dropped := one
	dropped.Scopes = append(dropped.Scopes, rcapi.ScopeVoicemail)
	for _, c := range []struct {
		name     string
		policy   criteria.Policy
		want     criteria.Want
		scene    string
		by       string
		earliest time.Time
		latest   time.Time
	}{
		{"ready", criteria.Graduation, one, "calls 21 readUserCallLog 200 13h", byNothing, noon, noon.Add(12 * time.Hour)},
		{"calls", criteria.Graduation, one, "calls 10 readUserCallLog 200 1h", byCalls, noon.Add(time.Minute), noon.Add(36 * time.Hour)},
		{"few calls", criteria.Graduation, one, "calls 20 readUserCallLog 200 13h", byCalls, noon, noon.Add(12 * time.Hour)},
		{"waiting", criteria.Legacy, one, "calls 21 readUserCallLog 200 1h\ncalls 1 readUserCallLog 429 47h", byWaiting, noon.Add(time.Hour), noon.Add(36 * time.Hour)},
		{"mending", criteria.Graduation, dropped, "calls 21 readUserCallLog 200 1h", "", time.Time{}, time.Time{}},
		{"nothing declared", criteria.Graduation, criteria.Want{}, "", "", time.Time{}, time.Time{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := planned(t, c.policy, c.want, c.scene)
			assert.Equal(t, c.by, s.By)
			assert.Equal(t, stamp(c.earliest), stamp(s.Earliest))
			assert.Equal(t, stamp(c.latest), stamp(s.Latest))
			assert.Equal(t, c.by == byNothing, s.Ready)
			assert.NotEmpty(t, s.moments())
		})
	}
}

// Groups are called side by side, so the slowest tells how long it takes.
func TestScheduleGroupsOverlap(t *testing.T) {
	s := planned(t, criteria.Graduation, want(nil, criteria.Endpoint{Op: rcapi.ReadUserCallLog, Calls: 31}, criteria.Endpoint{Op: rcapi.ReadExtension, Calls: 11}), "")
	assert.Equal(t, 180.0, s.Seconds)
	assert.Len(t, s.Groups, 2)
}

func TestScheduleHasNoNullLists(t *testing.T) {
	s := planned(t, criteria.Graduation, criteria.Want{}, "")
	text, err := json.Marshal(s)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "null")
}

func TestScheduleTextIsSafe(t *testing.T) {
	op := rcapi.ReadExtension
	op.Group = "\x1b[2J"
	s := planned(t, criteria.Graduation, want(nil, criteria.Endpoint{Name: "evil\nname\t\x1b[31m", Op: op}), "")
	s.App, s.Notes = "a\x1b]0;", []string{"b\u202e"}
	var b bytes.Buffer
	require.NoError(t, s.write(&b))
	assert.NotContains(t, b.String(), "\x1b")
	assert.NotContains(t, b.String(), "\u202e")
	assert.NotContains(t, b.String(), "\nname")
}

func TestSpan(t *testing.T) {
	for seconds, words := range map[float64]string{60: "1m", 90: "1m30s", 3600: "1h", 3660: "1h1m", 30: "30s", 600: "10m", 0.5: "500ms"} {
		assert.Equal(t, words, span(seconds))
	}
}
