package gradtest_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// kinds are faults of all sorts. None is refused for rate: a penalty would have the session wait for minutes each time.
var kinds = []rctest.Fault{
	{Status: 500}, {Status: 503, RetryAfter: time.Second}, {Status: 404}, {Status: 401}, {Status: 403}, {Maintenance: true}, {Expire: true},
	{RevokeScope: rcapi.ScopeReadAccounts}, {Drop: true}, {Drop: true, After: true}, {Truncate: true}, {ContentType: "text/html"},
	{Status: 502, Truncate: true, Delay: time.Second},
}

// TestFaultsAreNoEvidence holds the local verdict against the emulator's when every answer is made by a fault, one kind
// at a time: neither of them counts any.
func TestFaultsAreNoEvidence(t *testing.T) {
	require.Equal(t, wire.FaultHeader, rctest.FaultHeader)
	for _, fault := range kinds {
		t.Run(fault.String(), func(t *testing.T) {
			onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
				session := gradtest.Start(t, s.app(gradtest.Endpoint{Op: rcapi.ReadExtension}))
				read(t, session, rcapi.ReadExtension) // logs in
				fault.Operation = rcapi.ReadExtension.ID
				injected, err := s.Fail(fault)
				require.NoError(t, err)
				for range 30 {
					read(t, session, rcapi.ReadExtension)
				}
				assert.GreaterOrEqual(t, injected.Used(), 30)
				theirs, ours := s.Verdict(), session.Verdict()
				assert.Equal(t, 1, theirs.Successes)
				assert.Equal(t, 1, ours.Successes)
				assert.Zero(t, theirs.ClientErrors)
				records := 0
				for r, err := range s.store.Records(t.Context(), time.Time{}) {
					require.NoError(t, err)
					if r.Kind == ledger.Done && r.Op == rcapi.ReadExtension.ID && (r.Fault || r.Status == 0) {
						records++
					}
				}
				assert.GreaterOrEqual(t, records, 30, "each is recorded for what it is")

				injected.Remove()
				for range 20 {
					read(t, session, rcapi.ReadExtension)
				}
				assert.True(t, s.Verdict().Ready, "%v", s.Verdict().Open)
				assert.True(t, session.Verdict().Ready, "%v", session.Verdict().Findings)
			})
		})
	}
}

// TestVerdictsAgreeOnFaults drives random traffic through random faults for some virtual days.
func TestVerdictsAgreeOnFaults(t *testing.T) {
	ready, struck := 0, 0
	for seed := range uint64(60) {
		onStage(t, rctest.Config{Scopes: pool(seed)}, func(t *testing.T, s *stage) {
			rnd := rand.New(rand.NewPCG(seed, 13))
			var endpoints []gradtest.Endpoint
			for _, scope := range pool(seed) {
				endpoints = append(endpoints, gradtest.Endpoint{Op: byScope[scope]})
			}
			session := gradtest.Start(t, s.app(endpoints...))
			var injected []*rctest.Injection
			for range 1 + rnd.IntN(3) {
				fault := kinds[rnd.IntN(len(kinds))]
				fault.Probability, fault.Seed, fault.Path = 0.1+rnd.Float64()/2, seed, "/restapi/v1.0/"
				i, err := s.Fail(fault)
				require.NoError(t, err)
				injected = append(injected, i)
			}
			compare := func(v criteria.Verdict) {
				theirs := s.Verdict()
				at := fmt.Sprintf("seed %d at %v:\n%+v\n%+v", seed, time.Now().UTC(), v.Findings, theirs.Open)
				require.Equal(t, theirs.Ready, v.Ready, at)
				require.Equal(t, theirs.Successes, v.Successes, at)
				if v.Ready {
					ready++
				}
			}
			for range 2 {
				time.Sleep(time.Duration(rnd.Int64N(int64(30 * time.Hour))))
				for _, e := range endpoints {
					for range 8 + rnd.IntN(10) {
						read(t, session, e.Op)
					}
				}
				compare(session.Verdict())
			}
			for _, i := range injected {
				struck += i.Used()
			}
		})
	}
	assert.Greater(t, ready, 20, "the two also have to agree on apps that are ready")
	assert.Greater(t, struck, 100)
}

// TestSweepThroughDroppedConnections is a sweep against a strict server that drops connections: it counts what it has
// not answered, and a client that does not count it too runs into a penalty that it never gets out of.
func TestSweepThroughDroppedConnections(t *testing.T) {
	dropped := 0
	for seed := range uint64(10) {
		onStage(t, rctest.Config{Limits: map[rcapi.Group]int{rcapi.Light: 5, rcapi.Medium: 4, rcapi.Heavy: 3}}, func(t *testing.T, s *stage) {
			drop, err := s.Fail(rctest.Fault{Path: "/restapi/v1.0/", Drop: true, After: seed%2 == 0, Probability: 0.1, Seed: seed})
			require.NoError(t, err)
			_, err = s.Fail(rctest.Fault{Path: "/restapi/v1.0/", Jitter: 20 * time.Millisecond, Seed: seed})
			require.NoError(t, err)
			v, err := gradtest.Sweep(t.Context(), s.app(
				gradtest.Endpoint{Op: rcapi.ReadUserCallLog, Calls: 9}, gradtest.Endpoint{Op: rcapi.ReadExtension, Calls: 15},
				gradtest.Endpoint{Op: rcapi.ListMessages, Calls: 15}, gradtest.Endpoint{Op: rcapi.ReadUserPresenceStatus},
			))
			require.NoError(t, err, "seed %d", seed)
			assert.True(t, v.Ready, "seed %d: %+v", seed, v.Findings)
			theirs := s.Verdict()
			assert.True(t, theirs.Ready, "seed %d: %v", seed, theirs.Open)
			assert.Zero(t, theirs.TooManyRequests, "seed %d", seed)
			dropped += drop.Used()
		})
	}
	assert.Greater(t, dropped, 20)
}

// read makes one call and ignores its outcome.
func read(t *testing.T, s *gradtest.Session, op rcapi.Operation) {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL()+mustExpand(t, op), nil)
	require.NoError(t, err)
	resp, err := s.Client().Do(req)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
}

// TestAPaidCallIsNotRepeatedBlindly: the server sends the SMS, and its response is lost. Whether to send another one is
// for the user to decide, in the next run.
func TestAPaidCallIsNotRepeatedBlindly(t *testing.T) {
	for _, fault := range []rctest.Fault{
		{Operation: "createSMSMessage", Drop: true, After: true, Times: 1},
		{Operation: "createSMSMessage", Status: http.StatusGatewayTimeout, Times: 1},
	} {
		onStage(t, rctest.Config{}, func(t *testing.T, s *stage) {
			_, err := s.Fail(fault)
			require.NoError(t, err)
			sms := gradtest.Endpoint{Op: rcapi.CreateSMSMessage, Body: map[string]any{
				"from": map[string]string{"phoneNumber": "+16505550101"}, "to": []map[string]string{{"phoneNumber": "+12025550123"}}, "text": "hi",
			}}
			app := s.app(sms)
			app.Scopes = []rcapi.Scope{rcapi.ScopeSMS}
			_, err = gradtest.Sweep(t.Context(), app)
			require.ErrorContains(t, err, "createSMSMessage may have been executed, and costs money, so it is not repeated by itself")
			sent := 0
			for _, c := range s.Calls() {
				if c.Operation == "createSMSMessage" {
					sent++
				}
			}
			assert.Equal(t, 1, sent)
			_, err = gradtest.Sweep(t.Context(), app)
			require.NoError(t, err)
		})
	}
}
