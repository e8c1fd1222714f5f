package gradtest_test

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// counts counts by name, from any goroutine.
type counts struct {
	mu sync.Mutex
	n  map[string]int
}

func (c *counts) add(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = make(map[string]int)
	}
	c.n[name]++
}

// calls counts the API calls that the server received, by operation.
func (s *stage) calls() map[string]int {
	out := make(map[string]int)
	for _, c := range s.Calls() {
		if !strings.HasPrefix(c.Path, "/restapi/oauth/") {
			out[c.Operation]++
		}
	}
	return out
}

// TestNothingOfACallRunsUnclaimed: sweeps of several processes run Prepare, Do and Cleanup as often as one would, and
// the claim is in the ledger before Prepare or Do begins.
func TestNothingOfACallRunsUnclaimed(t *testing.T) {
	for _, processes := range []int{1, 8} {
		t.Run(fmt.Sprint(processes), func(t *testing.T) {
			onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts, rcapi.ScopeContacts, rcapi.ScopeReadMessages}}, func(t *testing.T, s *stage) {
				var ran counts
				claimed := func(endpoint string) {
					ran.add(endpoint)
					began, live := 0, 0
					for r, err := range s.store.Records(t.Context(), time.Time{}) {
						assert.NoError(t, err)
						if r.Kind == ledger.Claimed && r.Endpoint == endpoint {
							live++
						}
					}
					ran.mu.Lock()
					began = ran.n[endpoint]
					ran.mu.Unlock()
					assert.GreaterOrEqual(t, live, began, endpoint)
				}
				app := s.app(
					gradtest.Endpoint{Op: rcapi.ReadExtension, Prepare: func(*gradtest.Call) { claimed("readExtension") }},
					gradtest.Endpoint{Op: rcapi.CreateContact, Body: map[string]string{"firstName": "Ann"}, Cleanup: func(*gradtest.Call) { ran.add("clean-up") }},
					gradtest.Endpoint{Op: rcapi.ListMessages, Do: func(c *gradtest.Call) {
						claimed("listMessages")
						resp, err := c.Client().Get(c.URL() + "/restapi/v1.0/account/~/extension/~/message-store")
						if assert.NoError(c, err) {
							resp.Body.Close()
						}
					}},
				)
				var all sync.WaitGroup
				for range processes {
					all.Go(func() {
						v, err := gradtest.Sweep(t.Context(), app)
						assert.NoError(t, err)
						assert.True(t, v.Ready, "%+v", v.Findings)
					})
				}
				all.Wait()
				assert.Equal(t, 21, s.calls()["readExtension"]+s.calls()["createContact"]+s.calls()["listMessages"])
				assert.Equal(t, map[string]int{
					"readExtension": s.calls()["readExtension"], "listMessages": s.calls()["listMessages"], "clean-up": 5,
				}, ran.n)
				assert.Equal(t, 5, s.calls()["createContact"])
				assert.Zero(t, s.Verdict().TooManyRequests)
			})
		})
	}
}

// TestASlotThatCameTooLateIsGivenBack: a call that waits for its slot is not sent when the app's own test has made it
// meanwhile, and its slot is free for others.
func TestASlotThatCameTooLateIsGivenBack(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog}}, func(t *testing.T, s *stage) {
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadUserCallLog})
		go func() { // while the 11th call and those after it wait for the second minute
			time.Sleep(30 * time.Second)
			for i := range 21 {
				at := time.Now()
				assert.NoError(t, s.store.Append(context.Background(), ledger.Record{
					Kind: ledger.Done, ID: fmt.Sprint("elsewhere-", i), At: at, Sent: at, Status: 200, Op: rcapi.ReadUserCallLog.ID,
					Method: rcapi.ReadUserCallLog.Method, Path: rcapi.ReadUserCallLog.Path, Scopes: []string{"ReadCallLog"},
				}))
			}
		}()
		v, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
		assert.Equal(t, map[string]int{rcapi.ReadUserCallLog.ID: 10}, s.calls(), "one window's worth, and nothing after it")
		app.Endpoints[0].Calls = 41
		begun := time.Now()
		_, err = gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.Equal(t, map[string]int{rcapi.ReadUserCallLog.ID: 20}, s.calls())
		assert.Less(t, time.Since(begun), 5*time.Second, "the slots that were given back are free at once")
	})
}

// slowly is an endpoint whose call takes a minute in one process; fail says whether it fails there.
func slowly(fail bool) gradtest.Endpoint {
	return gradtest.Endpoint{Op: rcapi.ReadExtension, Do: func(c *gradtest.Call) {
		time.Sleep(time.Minute)
		if fail {
			c.Errorf("it went wrong here")
			return
		}
		resp, err := c.Client().Get(c.URL() + "/restapi/v1.0/account/~/extension/~")
		if assert.NoError(c, err) {
			resp.Body.Close()
		}
	}}
}

// TestASweepWaitsForTheCallsOfOthers: a process with nothing left to book waits for the calls that others have booked,
// says so once, makes those that fail there, and is met in the end.
func TestASweepWaitsForTheCallsOfOthers(t *testing.T) {
	for _, fails := range []bool{false, true} {
		t.Run(fmt.Sprint("fails ", fails), func(t *testing.T) {
			onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
				bar := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension})
				bar.Policy.Name, bar.Policy.Successes, bar.Policy.PerEndpoint = "one", 1, 1
				slow := bar
				slow.Endpoints = []gradtest.Endpoint{slowly(fails)}
				var all sync.WaitGroup
				all.Go(func() {
					_, err := gradtest.Sweep(t.Context(), slow)
					assert.Equal(t, fails, err != nil, "%v", err)
				})
				time.Sleep(time.Second)
				var said []string
				bar.Progress = func(p gradtest.Progress) {
					if p.Waiting != "" {
						said = append(said, p.Waiting)
					}
				}
				begun := time.Now()
				v, err := gradtest.Sweep(t.Context(), bar)
				require.NoError(t, err)
				assert.True(t, v.Ready)
				assert.Greater(t, time.Since(begun), 58*time.Second, "it waits before it judges")
				assert.Equal(t, []string{"waiting: other processes have 1 call in progress that are still needed"}, slices.Compact(said))
				all.Wait()
				assert.Equal(t, map[string]int{rcapi.ReadExtension.ID: 1}, s.calls(), "by one of them")
			})
		})
	}
}

// plain is a Store of a third party, with none of the optional abilities.
type plain struct{ m *ledger.Memory }

func (p plain) Append(ctx context.Context, r ...ledger.Record) error { return p.m.Append(ctx, r...) }
func (p plain) Records(ctx context.Context, since time.Time) iter.Seq2[ledger.Record, error] {
	return p.m.Records(ctx, since)
}

// TestAStoreWithoutClaims works for one process as any other, and says what several would cost.
func TestAStoreWithoutClaims(t *testing.T) {
	onStage(t, rctest.Config{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}}, func(t *testing.T, s *stage) {
		app := s.app(gradtest.Endpoint{Op: rcapi.ReadExtension})
		var log bytes.Buffer
		app.Store, app.Log = plain{s.store}, slog.New(slog.NewTextHandler(&log, nil))
		v, err := gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
		assert.Equal(t, 1, strings.Count(log.String(), "App.Store books no claims (see ledger.Claimer): processes that run at the same "+
			"time may send more calls than are missing"), log.String())
		assert.Equal(t, map[string]int{rcapi.ReadExtension.ID: 21}, s.calls())
		v, err = gradtest.Sweep(t.Context(), app)
		require.NoError(t, err)
		assert.True(t, v.Ready)
		assert.Equal(t, map[string]int{rcapi.ReadExtension.ID: 21}, s.calls(), "and the next run sends nothing")
	})
}
