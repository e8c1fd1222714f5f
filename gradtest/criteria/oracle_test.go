package criteria

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// oracle judges by the words of the rules, one pass over all records for each question, sharing no code with the
// package: dates as strings, no counts kept. It answers rule by rule.
func oracle(p Policy, want Want, records []ledger.Record, now time.Time) map[string]bool {
	attempts := oracleAttempts(records, now)
	yesterday, err := time.Parse("2006-01-02", now.UTC().AddDate(0, 0, -1).Format("2006-01-02"))
	if err != nil {
		panic(err)
	}
	type windowed struct {
		in func(time.Time) bool
	}
	utc := windowed{func(t time.Time) bool { return !t.Before(yesterday) }}
	rolled := windowed{func(t time.Time) bool { return now.Sub(t) < 48*time.Hour }}

	good := map[string]int{}
	used := map[string]bool{}
	scopes := map[string]int{}
	volume := 0
	for _, r := range attempts {
		if !r.OAuth && rolled.in(lastMoment(r)) {
			used[r.Method+" "+r.Path] = true
		}
		if !wonOracle(r) || !utc.in(moment(r)) {
			continue
		}
		for _, s := range r.Scopes {
			scopes[s]++
		}
		if !r.OAuth {
			declared := slices.ContainsFunc(want.Endpoints, func(e Endpoint) bool { return e.Op.Path == r.Path })
			if declared || r.Path != "/restapi/v9/{}" { // an operation outside the catalogue is volume only where declared
				volume++
			}
			good[r.Method+" "+r.Path]++
		}
	}
	out := map[string]bool{RuleVolume: volume >= p.Successes, RuleEndpoints: len(want.Endpoints) > 0}
	for _, e := range want.Endpoints {
		out[RuleEndpoints] = out[RuleEndpoints] && good[e.Op.Method+" "+e.Op.Path] >= max(e.Calls, p.PerEndpoint)
	}
	for u := range used {
		out[RuleEndpoints] = out[RuleEndpoints] && good[u] >= p.PerEndpoint
	}
	if p.Scopes {
		out[RuleScopes] = true
		for _, s := range want.Scopes {
			out[RuleScopes] = out[RuleScopes] && scopes[string(s)] > 0
		}
	}
	below := func(wrong func(ledger.Record) bool) bool {
		for _, w := range []windowed{utc, rolled} {
			for _, oauth := range []bool{false, true} {
				errors, calls := 0, 0
				for _, r := range attempts {
					if r.Kind == ledger.Done && r.Status != 0 && w.in(moment(r)) && (oauth || !r.OAuth) {
						calls++
						if wrong(r) {
							errors++
						}
					}
				}
				if errors > 0 && errors*20 >= calls { // 5 % is a twentieth
					return false
				}
			}
		}
		return true
	}
	if p.AuthErrors.Answers != 0 {
		out[RuleAuthErrors] = below(func(r ledger.Record) bool {
			return r.OAuth && r.Status/100 == 4 || r.Status == 401 || r.Status == 403
		})
	}
	if p.ClientErrors.Answers != 0 {
		out[RuleClientErrors] = below(func(r ledger.Record) bool { return r.Status/100 == 4 })
	}
	if p.NoRefusals {
		out[RuleRateLimit] = !slices.ContainsFunc(attempts, func(r ledger.Record) bool {
			return r.Kind == ledger.Done && r.Status == 429 && rolled.in(moment(r))
		})
	}
	return out
}

// oracleAttempts keeps the record to believe of each attempt.
func oracleAttempts(records []ledger.Record, now time.Time) []ledger.Record {
	weight := func(r ledger.Record) int {
		switch {
		case r.Kind == ledger.Reserved:
			return 0
		case r.Kind == ledger.Released:
			return 1
		case r.Fault:
			return 9
		case wonOracle(r):
			return 2
		case r.Status/100 == 4:
			return 5
		case r.Status == 0:
			return 4
		}
		return 3
	}
	best := map[string]ledger.Record{}
	for _, r := range records {
		if r.At.After(now) {
			continue
		}
		if b, ok := best[r.ID]; !ok || weight(r) > weight(b) {
			best[r.ID] = r
		}
	}
	var out []ledger.Record
	for _, r := range best {
		if w := weight(r); w != 1 && w != 9 {
			out = append(out, r)
		}
	}
	return out
}

// moment is when the platform may have counted the call, in the less favourable reading.
func moment(r ledger.Record) time.Time {
	if r.Status/100 != 4 && !r.Sent.IsZero() {
		return r.Sent
	}
	return r.At
}

// lastMoment is the latest at which it may have counted it: by the answer it had; without an answer, as the record
// says.
func lastMoment(r ledger.Record) time.Time {
	if r.Status == 0 && r.Latest.After(r.At) {
		return r.Latest
	}
	return r.At
}

func wonOracle(r ledger.Record) bool {
	return r.Kind == ledger.Done && r.Status/100 == 2 && !r.Partial && !r.Fault
}

// scene is a random app and its random traffic, made so that verdicts of both kinds are common.
func scene(rnd *rand.Rand) (Want, []ledger.Record, time.Time) {
	ops := []rcapi.Operation{first, second, rcapi.ReadExtension, rcapi.CreateSMSMessage, {Method: "GET", Path: "/restapi/v9/{}"}}
	now := noon.Add(time.Duration(rnd.Int64N(int64(24 * time.Hour))))
	if rnd.IntN(4) == 0 {
		now = midnight(now).Add(time.Duration(rnd.IntN(3)-1) * time.Nanosecond)
	}
	var want Want
	for _, op := range ops[:rnd.IntN(len(ops)+1)] {
		want.Endpoints = append(want.Endpoints, Endpoint{Op: op, Calls: rnd.IntN(8)})
		if op.Scope != "" && rnd.IntN(2) == 0 {
			want.Scopes = append(want.Scopes, op.Scope)
		}
	}
	edges := []time.Time{now, Since(now), now.Add(-48 * time.Hour)}
	errorRate := []int{0, 0, 20, 40, 5}[rnd.IntN(5)]
	when := func() time.Time {
		switch rnd.IntN(8) {
		case 0:
			return edges[rnd.IntN(3)].Add(time.Duration(rnd.IntN(3) - 1))
		case 1:
			return now.Add(-time.Duration(rnd.Int64N(int64(60 * time.Hour))))
		}
		return now.Add(-time.Duration(rnd.Int64N(int64(30 * time.Hour))))
	}
	var records []ledger.Record
	calls := rnd.IntN(150)
	for i := range calls {
		op := ops[rnd.IntN(max(1, len(want.Endpoints)))]
		if rnd.IntN(60) == 0 {
			op = ops[rnd.IntN(len(ops))]
		}
		status := 200
		if errorRate > 0 && rnd.IntN(errorRate) == 0 {
			status = []int{401, 403, 400, 404, 500, 302, 0}[rnd.IntN(7)]
		}
		if rnd.IntN(400) == 0 {
			status = 429
		}
		r := answer(op, status, when())
		r.ID = fmt.Sprint("call-", i)
		took := time.Duration(rnd.IntN(3))
		if rnd.IntN(10) == 0 { // long enough to span an edge
			took = time.Duration(rnd.Int64N(int64(time.Minute)))
		}
		if r.Sent = r.At.Add(-took); status == 0 {
			r.Latest = r.Sent.Add(time.Minute)
		}
		switch rnd.IntN(40) {
		case 0:
			r.Fault = true
		case 1:
			r.Partial = status == 200
		case 2:
			r.OAuth, r.Op, r.Method, r.Path, r.Scopes = true, "getToken", "POST", "/restapi/oauth/token", nil
		case 3: // never done
			r.Kind, r.Status, r.Latest = ledger.Reserved, 0, r.Sent.Add(time.Minute)
			r.Sent = time.Time{}
		case 4: // given back
			r.Kind, r.Status, r.Sent = ledger.Released, 0, time.Time{}
		case 5: // reserved by a gate that knows the operation only
			records = append(records, ledger.Record{Kind: ledger.Reserved, ID: r.ID, At: r.At, Method: r.Method, Path: r.Path, OAuth: r.OAuth})
		case 6: // kept twice
			records = append(records, r)
		}
		records = append(records, r)
	}
	rnd.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
	return want, records, now
}

var policies = []Policy{Graduation, Legacy, Strictest}

func TestEvaluateAgreesWithOracle(t *testing.T) {
	ready := 0
	for seed := range uint64(2000) {
		want, records, now := scene(rand.New(rand.NewPCG(seed, 1)))
		p := policies[seed%3]
		v := Evaluate(p, want, slices.Values(records), now)
		rules := oracle(p, want, records, now)
		got := map[string]bool{}
		all := true
		for _, f := range v.Findings {
			got[f.Rule] = f.OK
			all = all && f.OK
		}
		require.Equal(t, rules, got, "seed %d", seed)
		require.Equal(t, all, v.Ready, "seed %d", seed)
		if v.Ready {
			ready++
		}
	}
	t.Logf("%d of 2000 ready", ready)
	assert.Greater(t, ready, 200, "the scenes must make both kinds of verdict")
	assert.Less(t, ready, 1800, "the scenes must make both kinds of verdict")
}

// TestVerdictLasts asks the oracle at every moment at which anything can change.
func TestVerdictLasts(t *testing.T) {
	lasted, waited := 0, 0
	for seed := range uint64(120) {
		want, records, now := scene(rand.New(rand.NewPCG(seed, 2)))
		records = slices.DeleteFunc(records, func(r ledger.Record) bool { return r.At.After(now) })
		p := policies[seed%3]
		ready := func(at time.Time) bool {
			for _, ok := range oracle(p, want, records, at) {
				if !ok {
					return false
				}
			}
			return true
		}
		changes := []time.Time{now}
		for _, r := range oracleAttempts(records, now) {
			changes = append(changes, moment(r).Add(48*time.Hour), lastMoment(r).Add(48*time.Hour), midnight(moment(r)).AddDate(0, 0, 2))
		}
		changes = slices.DeleteFunc(changes, func(at time.Time) bool { return at.Before(now) })
		slices.SortFunc(changes, time.Time.Compare)
		changes = slices.CompactFunc(changes, time.Time.Equal)
		var earliest, latest time.Time
		for _, at := range changes {
			if ok := ready(at); ok && earliest.IsZero() {
				earliest = at
			} else if !ok && !earliest.IsZero() {
				latest = at
				break
			}
		}
		f := Forecast(p, want, slices.Values(records), now)
		require.True(t, f.Earliest.Equal(earliest), "seed %d: earliest %v, oracle %v", seed, f.Earliest, earliest)
		if earliest.IsZero() {
			continue
		}
		require.True(t, f.Latest.Equal(latest), "seed %d: latest %v, oracle %v", seed, f.Latest, latest)
		if earliest.Equal(now) {
			lasted++
			v := Evaluate(p, want, slices.Values(records), now)
			require.True(t, v.Until.Equal(latest), "seed %d: until %v, oracle %v", seed, v.Until, latest)
		} else {
			waited++
		}
	}
	t.Logf("%d ready, %d by waiting", lasted, waited)
	assert.Greater(t, lasted, 20)
	assert.Greater(t, waited, 5)
}
