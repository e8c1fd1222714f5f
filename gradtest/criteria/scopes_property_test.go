package criteria

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// allows is the inclusion column of the developer guide, closed by hand: what a scope allows besides itself.
var allows = map[string][]string{
	"EditAccounts": {"ReadAccounts", "EditExtensions"}, "Accounts": {"EditAccounts", "ReadAccounts", "EditExtensions"},
	"SMS": {"ReadMessages"}, "Faxes": {"ReadMessages"}, "InternalMessages": {"ReadMessages"},
	"EditMessages": {"ReadMessages"},
	"Contacts":     {"ReadContacts"}, "EditPresence": {"ReadPresence"}, "EditCallLog": {"ReadCallLog"},
	"ReadCallRecording": {"ReadCallLog"},
}

// scopeScene is a random app with calls, and what is true of it, counted without the code under test.
type scopeScene struct {
	want    Want
	records []ledger.Record
	called  map[string]bool // scopes that calls need
	needed  map[string]bool // the same with declared endpoints
	granted []string        // by the latest token; nil: unknown
}

// scopeOps need one of nine scopes, five of which include another of them, or none.
var scopeOps = []rcapi.Operation{
	rcapi.ReadExtension, rcapi.ReadAccountInfo, rcapi.CreateSMSMessage, second, first, rcapi.CreateFaxMessage,
	rcapi.CreateContact, rcapi.ListFavoriteContacts, rcapi.UpdateExtension, rcapi.ListAccountPhoneNumbers,
	rcapi.ReadTimezone, rcapi.ReadMessageStoreConfiguration,
}

func newScopeScene(seed uint64) *scopeScene {
	rnd := rand.New(rand.NewPCG(seed, 12))
	s := &scopeScene{called: map[string]bool{}, needed: map[string]bool{}}
	any := func() rcapi.Operation { return scopeOps[rnd.IntN(len(scopeOps))] }
	for range rnd.IntN(4) {
		op := any()
		s.want.Endpoints = append(s.want.Endpoints, Endpoint{Op: op})
		s.need(op, s.needed)
	}
	names := []rcapi.Scope{
		"ReadAccounts", "EditAccounts", "Accounts", "EditExtensions", "SMS", "ReadMessages", "Faxes", "Contacts",
		"ReadContacts", "ReadCallLog", "Voicemail", "Glip",
	}
	rnd.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	s.want.Scopes = names[:rnd.IntN(6)]
	latest := time.Time{}
	for i := range rnd.IntN(12) {
		at := noon.Add(-time.Duration(rnd.Int64N(int64(47 * time.Hour))))
		if rnd.IntN(6) == 0 {
			r := login(at, "ReadMessages", "ReadAccounts", "SMS", "TeamMessaging", "EditAccounts")
			r.Granted = r.Granted[:1+rnd.IntN(5)]
			r.ID = fmt.Sprint("login-", i)
			s.records = append(s.records, r)
			if at.After(latest) {
				latest, s.granted = at, r.Granted
			}
			continue
		}
		op := any()
		r := answer(op, []int{200, 200, 200, 404, 500, 0}[rnd.IntN(6)], at)
		r.ID = fmt.Sprint("call-", i)
		if rnd.IntN(10) == 0 {
			r.Scopes = nil // by a version that did not record them
		}
		s.records = append(s.records, r)
		s.need(op, s.called)
		s.need(op, s.needed)
	}
	return s
}

func (s *scopeScene) need(op rcapi.Operation, into map[string]bool) {
	if op.Scope != "" {
		into[string(op.Scope)] = true
	}
}

// smallestSubsets tries every subset of the needed scopes and returns the smallest that allow all of them.
func smallestSubsets(needed map[string]bool) (best [][]rcapi.Scope) {
	var all []string
	for s := range needed {
		all = append(all, s)
	}
	slices.Sort(all)
	size := len(all) + 1
	for mask := range 1 << len(all) {
		n := bits.OnesCount(uint(mask))
		var chosen []rcapi.Scope
		allowed := map[string]bool{}
		for i, s := range all {
			if mask&(1<<i) != 0 {
				chosen = append(chosen, rcapi.Scope(s))
				allowed[s] = true
				for _, inner := range allows[s] {
					allowed[inner] = true
				}
			}
		}
		covers := !slices.ContainsFunc(all, func(s string) bool { return !allowed[s] })
		switch {
		case !covers || n > size:
		case n < size:
			size, best = n, [][]rcapi.Scope{chosen}
		default:
			best = append(best, chosen)
		}
	}
	return best
}

// TestScopesAgainstBruteForce: the smallest set is the only smallest one among all subsets of what is needed, following
// the advice leads to exactly what the app needs, and nothing depends on the order of the records.
func TestScopesAgainstBruteForce(t *testing.T) {
	smaller, added, removed, unknown := 0, 0, 0, 0
	for seed := range uint64(600) {
		s := newScopeScene(seed)
		m := Scopes(Policy{}, s.want, slices.Values(s.records), noon)
		best := smallestSubsets(s.called)
		require.Len(t, best, 1, "seed %d: the smallest set is unique", seed)
		require.Equal(t, best[0], m.Smallest, "seed %d", seed)
		smaller += one(len(m.Smallest) < len(s.called))

		target := smallestSubsets(s.needed)[0]
		require.Equal(t, target, follow(m, canonical(s.want.Scopes), func(c ScopeChange) bool { return c.Declaration }),
			"seed %d: the declaration after the advice", seed)
		if s.granted != nil {
			granted := map[string]bool{} // also such as come with another one
			for _, g := range s.granted {
				granted[g] = true
			}
			require.Equal(t, target, follow(m, smallestSubsets(granted)[0], func(c ScopeChange) bool { return c.Console }),
				"seed %d: the registration after the advice", seed)
		} else {
			unknown++
			require.True(t, m.Granted.IsZero(), "seed %d", seed)
			for _, c := range slices.Concat(m.Add, m.Remove) {
				require.False(t, c.Console, "seed %d: advice from an unknown grant", seed)
			}
		}
		added, removed = added+one(len(m.Add) > 0), removed+one(len(m.Remove) > 0)

		v := Evaluate(Policy{}, s.want, slices.Values(s.records), noon)
		for _, c := range v.Scopes {
			row, _ := m.Row(c.Scope)
			require.Equal(t, c.Got, row.Exercised, "seed %d: %s", seed, c.Scope)
		}
		slices.Reverse(s.records)
		require.Equal(t, m, Scopes(Policy{}, s.want, slices.Values(s.records), noon), "seed %d: another order", seed)
	}
	for what, n := range map[string]int{"smaller": smaller, "added": added, "removed": removed, "unknown": unknown} {
		assert.Greater(t, n, 50, what)
	}
}

func canonical(scopes []rcapi.Scope) (out []rcapi.Scope) {
	for _, s := range scopes {
		if s == "Glip" {
			s = "TeamMessaging"
		}
		out = append(out, s)
	}
	return out
}

// follow returns what a set of scopes becomes by the changes that are about it.
func follow(m ScopeMatrix, set []rcapi.Scope, about func(ScopeChange) bool) (out []rcapi.Scope) {
	removed := func(s rcapi.Scope) bool {
		return slices.ContainsFunc(m.Remove, func(c ScopeChange) bool { return about(c) && c.Scope == s })
	}
	for _, s := range set {
		if !removed(s) {
			out = append(out, s)
		}
	}
	for _, c := range m.Add {
		if about(c) {
			out = append(out, c.Scope)
		}
	}
	slices.Sort(out)
	return out
}
