package replay_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/replay"
)

// missing sends a request that is not recorded, and returns the error.
func missing(t *testing.T, r *replay.Replay, method, path, contentType, body string) *replay.MissingError {
	t.Helper()
	_, _, err := try(r, method, path, contentType, body)
	m, ok := errors.AsType[*replay.MissingError](err)
	require.True(t, ok, "%v", err)
	return m
}

// TestMissing: the error names the nearest request and each difference, and shows no value that was sent.
func TestMissing(t *testing.T) {
	path := record(t, app, func(r *replay.Replay) {
		send(t, r, "GET", own+"/message-store?perPage=10&messageType=SMS", "", "")
		send(t, r, "POST", own+"/sms", "application/json", sms("+12025550123", "hello"))
		send(t, r, "GET", own, "", "")
	})
	for _, tc := range []struct {
		method, path, kind, body string
		nearest                  string
		differences              []string
	}{
		{"GET", own + "/message-store?perPage=20&messageType=SMS", "", "", "GET " + own + "/message-store?messageType=SMS&perPage=10",
			[]string{"query perPage: recorded perPage=10, sent perPage=20"}},
		{"GET", own + "/message-store?messageType=SMS&view=Detailed", "", "", "GET " + own + "/message-store?messageType=SMS&perPage=10",
			[]string{"query perPage: recorded perPage=10, not sent", "query view: not recorded, sent view=Detailed"}},
		{"DELETE", own, "", "", "GET " + own, []string{"method: recorded GET, sent DELETE"}},
		{"GET", own + "/message-store/7001234567", "", "", "GET " + own + "/message-store?messageType=SMS&perPage=10",
			[]string{"path: recorded " + own + "/message-store, sent " + own + "/message-store/{id}"}},
		{"POST", own + "/sms", "application/json", strings.Replace(sms("+13105550177", "top secret"), `"to"`, `"country":{"id":"1"},"to"`, 1),
			"POST " + own + "/sms", []string{"body.country.id: not recorded, sent 1"}},
		{"POST", own + "/sms", "application/json", `{"text":"top secret"}`, "POST " + own + "/sms",
			[]string{"body.from.phoneNumber: recorded", "body.to[0].phoneNumber: recorded"}},
	} {
		m := missing(t, play(t, path), tc.method, tc.path, tc.kind, tc.body)
		assert.Equal(t, tc.nearest, m.Nearest)
		for i, d := range tc.differences {
			require.Less(t, i, len(m.Differences))
			assert.True(t, strings.HasPrefix(m.Differences[i], d), "%s is not %s", m.Differences[i], d)
		}
		for _, secret := range []string{"7001234567", "3105550177", "top secret"} {
			assert.NotContains(t, m.Error(), secret)
		}
		assert.Contains(t, m.Error(), "GRADTEST_RECORD=1 go test -count=1 ./gradtest/replay")
	}

	r := play(t, path)
	assert.Equal(t, "GET "+own+"/message-store/{id}", missing(t, r, "GET", own+"/message-store/7001234567", "", "").Request)
	assert.ErrorContains(t, r.Close(), "has no response for GET", "also if the app has dropped the error")
}

// TestIdsFromResponses: an id that the cassette has in a response must be sent as it was played.
func TestIdsFromResponses(t *testing.T) {
	var id string
	path := record(t, app, func(r *replay.Replay) {
		_, body := send(t, r, "POST", own+"/sms", "application/json", sms("+12025550123", "hello"))
		id = between(body, `"id":`, ",")
		send(t, r, "GET", own+"/message-store/"+id, "", "")
	})
	r := play(t, path)
	_, body := send(t, r, "POST", own+"/sms", "application/json", sms("+12025550123", "hello"))
	fake := between(body, `"id":`, ",")
	assert.NotEqual(t, id, fake)
	assert.Len(t, fake, len(id))
	m := missing(t, r, "GET", own+"/message-store/"+id, "", "")
	assert.Contains(t, m.Differences[0], "recorded "+own+"/message-store/"+fake+", sent "+own+"/message-store/{id} (an earlier response has")
	send(t, r, "GET", own+"/message-store/"+fake, "", "")
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

// TestRepeatedRequests: equal requests get the recorded responses in order; then there are none.
func TestRepeatedRequests(t *testing.T) {
	path := record(t, app, func(r *replay.Replay) {
		send(t, r, "GET", own+"/message-store?messageType=SMS&perPage=1", "", "")
		send(t, r, "POST", own+"/sms", "application/json", sms("+12025550123", "first"))
		send(t, r, "GET", own+"/message-store?messageType=SMS&perPage=1", "", "")
	})
	r := play(t, path)
	_, before := send(t, r, "GET", own+"/message-store?perPage=1&messageType=SMS", "", "")
	_, after := send(t, r, "GET", own+"/message-store?perPage=1&messageType=SMS", "", "")
	assert.NotEqual(t, before, after, "in another order than recorded, but each in its turn")
	m := missing(t, r, "GET", own+"/message-store?perPage=1&messageType=SMS", "", "")
	assert.Equal(t, 2, m.Played)
	assert.ErrorContains(t, m, "no further response for GET "+own+"/message-store?messageType=SMS&perPage=1: all 2 recorded ones have been played")
	send(t, r, "POST", own+"/sms", "application/json", sms("+12025550123", "other"))
	assert.ErrorContains(t, missing(t, r, "POST", own+"/sms", "application/json", sms("+12025550123", "other")), "no second response for POST")

	r = play(t, path, replay.Options{Repeat: true})
	for range 3 {
		_, one := send(t, r, "GET", own+"/message-store?perPage=1&messageType=SMS", "", "")
		_, two := send(t, r, "GET", own+"/message-store?perPage=1&messageType=SMS", "", "")
		assert.Equal(t, []string{before, after}, []string{one, two})
	}
	require.NoError(t, r.Close(), "a benchmark need not send all")
}

// TestUnused: requests that are no longer sent are reported.
func TestUnused(t *testing.T) {
	selectTests(t, "")
	path := record(t, app, func(r *replay.Replay) {
		send(t, r, "GET", own, "", "")
		send(t, r, "GET", own+"/message-store?perPage=1", "", "")
	})
	r := play(t, path)
	send(t, r, "GET", own, "", "")
	err := r.Close()
	assert.ErrorContains(t, err, "1 of the 2 requests in "+path+" were not sent:\n  interaction 1: GET "+own+"/message-store?perPage=1\n")
	assert.NoError(t, play(t, path, replay.Options{AllowUnused: true}).Close())
}

// TestParallel: many goroutines on one replay.
func TestParallel(t *testing.T) {
	const n = 20
	all := func(r *replay.Replay) {
		var wg sync.WaitGroup
		for range n {
			wg.Go(func() { _, _, err := try(r, "GET", own, "", ""); assert.NoError(t, err) })
		}
		wg.Wait()
	}
	path := record(t, app, all)
	r := play(t, path)
	all(r)
	require.NoError(t, r.Close())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := replay.Open(ctx, app, path)
	assert.NoError(t, err, "playing needs nothing that could wait")
}
