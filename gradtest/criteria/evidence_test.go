package criteria

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestOrderOfRecordsDoesNotMatter(t *testing.T) {
	for seed := range uint64(100) {
		rnd := rand.New(rand.NewPCG(seed, 4))
		want, records, now := scene(rnd)
		v := Evaluate(Strictest, want, slices.Values(records), now)
		f := Forecast(Strictest, want, slices.Values(records), now)
		for range 5 {
			rnd.Shuffle(len(records), func(i, j int) { records[i], records[j] = records[j], records[i] })
			require.Equal(t, v, Evaluate(Strictest, want, slices.Values(records), now), "seed %d", seed)
			require.Equal(t, f, Forecast(Strictest, want, slices.Values(records), now), "seed %d", seed)
		}
	}
}

func TestTwoDeclarationsOfOneOperationShareItsCalls(t *testing.T) {
	want := Want{Endpoints: []Endpoint{{Name: "inbox", Op: second}, {Name: "sent", Op: second, Calls: 7}}}
	v := Evaluate(Graduation, want, new(log).ok(6, second, today).all(), noon)
	require.Len(t, v.Endpoints, 2)
	assert.Equal(t, []string{"inbox", "sent"}, []string{v.Endpoints[0].Name, v.Endpoints[1].Name})
	assert.Equal(t, []int{6, 6}, []int{v.Endpoints[0].Got, v.Endpoints[1].Got})
	assert.Equal(t, []int{5, 7}, []int{v.Endpoints[0].Need, v.Endpoints[1].Need})
	assert.Equal(t, []EndpointNeed{{Name: "inbox, sent", Op: second, Declared: true, Calls: 1}}, v.Needs.Endpoints)
	assert.Equal(t, "inbox, sent: 1 more successful call (6 of 7)", v.finding(RuleEndpoints).Fix)
}

func TestCallsBelowThePolicyDoNotLowerIt(t *testing.T) {
	v := Evaluate(Graduation, Want{Endpoints: []Endpoint{{Op: first, Calls: 2}, {Op: second, Calls: -1}}}, new(log).all(), noon)
	assert.Equal(t, []int{5, 5}, []int{v.Endpoints[0].Need, v.Endpoints[1].Need})
}

func TestDeclaredAuthorizationRequestNeverCounts(t *testing.T) {
	token, ok := rcapi.Lookup("getToken")
	require.True(t, ok)
	records := enough(21).token(9, 200, today).add(answer(token, 200, today)).add(answer(token, 401, today))
	want := both()
	want.Endpoints = append(want.Endpoints, Endpoint{Op: token})
	v := Evaluate(Graduation, want, records.all(), noon)
	assert.True(t, v.Ready)
	assert.Equal(t, EndpointCount{Name: "getToken", Op: token, Declared: true}, v.Endpoints[2])
	assert.Equal(t, []string{"getToken is an authorization request: it counts neither as an endpoint nor as volume"}, v.Notes)
	worst, _ := v.Worst(RuleAuthErrors)
	assert.Equal(t, Budget{Errors: 1, Calls: 32, Below: 5}, worst.Budget, "known by its path, even if the record says otherwise")
	assert.Equal(t, AllTraffic, worst.Over)

	v = Evaluate(Graduation, Want{Endpoints: []Endpoint{{Op: token}}}, records.all(), noon)
	assert.Contains(t, v.open(), RuleEndpoints, "an app of authorization requests shows nothing")
}

func TestReservationKnowsTheOperationAtMost(t *testing.T) {
	token, _ := rcapi.Lookup("getToken")
	slots := new(log)
	for _, op := range []string{first.ID, rcapi.ReadExtension.ID, token.ID, ""} {
		slots.add(ledger.Record{Kind: ledger.Reserved, At: today, Op: op})
	}
	v := Evaluate(Graduation, Want{Endpoints: []Endpoint{{Op: first}}}, slots.all(), noon)
	assert.Equal(t, 4, v.Unknown)
	require.Len(t, v.Endpoints, 2)
	assert.Equal(t, 1, v.Endpoints[0].Unknown)
	assert.Equal(t, rcapi.ReadExtension, v.Endpoints[1].Op)
	assert.False(t, v.Endpoints[1].Declared)
	assert.Equal(t, []string{"4 attempts with unknown outcome: never counted as a success"}, v.Notes)
}

// TestEndpointIsOneWhateverItsRecordsKnow: with and without the operation id, with and without the path.
func TestEndpointIsOneWhateverItsRecordsKnow(t *testing.T) {
	whole := answer(rcapi.ReadExtension, 200, today)
	path, op := whole, ledger.Record{Kind: ledger.Reserved, At: today, Op: whole.Op}
	path.Op = ""
	own := answer(rcapi.MustParse("GET /own"), 200, today)
	ownPath, ownOp := own, ledger.Record{Kind: ledger.Reserved, At: today, Op: own.Op}
	ownPath.Op = ""
	for _, records := range [][]ledger.Record{{whole, path, op}, {own, ownPath, ownOp}} {
		where := records[0].Path
		for range 2 {
			for range records {
				v := Evaluate(Graduation, Want{}, slices.Values(records), noon)
				require.Len(t, v.Endpoints, 1)
				e := v.Endpoints[0]
				assert.Equal(t, []any{where, 2, 1}, []any{e.Op.Path, e.Got, e.Unknown})
				records = append(records[1:], records[0])
			}
			slices.Reverse(records)
		}
	}
}

func TestReservationOfTheFutureIsNoEvidence(t *testing.T) {
	v := Evaluate(Graduation, both(), new(log).add(ledger.Record{Kind: ledger.Reserved, At: noon.Add(1), Op: first.ID}).all(), noon)
	assert.Zero(t, v.Unknown)
	assert.Empty(t, v.Notes)
	v = Evaluate(Graduation, both(), new(log).ok(1, first, noon.Add(1)).all(), noon)
	assert.Equal(t, []string{"1 record dated later than this verdict: not counted until then; check whether a clock was wrong"}, v.Notes)
}

func TestEndpointsOnlySeenAreInAStableOrder(t *testing.T) {
	ops := []rcapi.Operation{{Method: "PUT", Path: "/b"}, {Method: "GET", Path: "/b"}, {Method: "GET", Path: "/a"}, rcapi.ReadExtension}
	records := new(log)
	for i, op := range ops {
		records.ok(i+1, op, today)
	}
	v := Evaluate(Graduation, both(), records.all(), noon)
	var seen []string
	for _, e := range v.Endpoints[2:] {
		seen = append(seen, e.Name)
		assert.False(t, e.Declared)
	}
	assert.Equal(t, []string{"GET /a", "GET /b", "PUT /b", "readExtension"}, seen)
	assert.Equal(t, []int{3, 2, 1, 4}, []int{v.Endpoints[2].Got, v.Endpoints[3].Got, v.Endpoints[4].Got, v.Endpoints[5].Got})
}

// TestWhatIsNoVolume: requests of other methods and to paths outside the catalogue show nothing, unless the app
// declares the operation.
func TestWhatIsNoVolume(t *testing.T) {
	outside := rcapi.Operation{Method: "GET", Path: "/RESTAPI/v1.0/account"}
	head := rcapi.Operation{Method: "HEAD", Path: rcapi.ReadExtension.Path}
	options := rcapi.Operation{Method: "OPTIONS", Path: rcapi.ReadExtension.Path}
	records := new(log).ok(3, outside, today).ok(4, head, today).ok(5, options, today)
	v := Evaluate(Graduation, both(), records.all(), noon)
	assert.Zero(t, v.Successes)
	for _, e := range v.Endpoints {
		assert.NotContains(t, []string{"HEAD", "OPTIONS"}, e.Op.Method)
	}
	want := both()
	want.Endpoints = append(want.Endpoints, Endpoint{Op: outside})
	assert.Equal(t, 3, Evaluate(Graduation, want, records.all(), noon).Successes)
}

// TestWorstOfAllKinds: of two records of one attempt with different errors, in any order, both kinds count.
func TestWorstOfAllKinds(t *testing.T) {
	for _, pair := range [][2]int{{404, 401}, {404, 429}, {429, 401}} {
		for _, order := range [][2]int{pair, {pair[1], pair[0]}} {
			l := new(log).answers(1, first, order[0], today).answers(1, first, order[1], today)
			l.records[1].ID = l.records[0].ID
			v := Evaluate(Strictest, both(), l.all(), noon)
			auth, _ := v.Worst(RuleAuthErrors)
			client, _ := v.Worst(RuleClientErrors)
			assert.Equal(t, 1, client.Errors, order)
			assert.Equal(t, pair[1] == 401 || pair[0] == 401, auth.Errors == 1, order)
			assert.Equal(t, pair[0] == 429 || pair[1] == 429, v.Refused == 1, order)
		}
	}
}
