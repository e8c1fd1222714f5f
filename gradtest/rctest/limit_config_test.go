package rctest

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestPenaltyOfItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Light: 1}, Window: 10 * time.Second, Penalty: 30 * time.Second})
		require.Equal(t, 200, a.call(getOwn).status)
		got := a.call(getOwn)
		require.Equal(t, 429, got.status)
		assert.Equal(t, "30", got.header.Get("Retry-After"))
		assert.Equal(t, "10", got.header.Get("X-Rate-Limit-Window"))
		time.Sleep(30*time.Second - time.Nanosecond)
		require.Equal(t, 429, a.call(getOwn).status)
		time.Sleep(30 * time.Second)
		require.Equal(t, 200, a.call(getOwn).status)
	})
}

func TestWindowOfAGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{
			Limits: map[rcapi.Group]int{rcapi.Light: 1, rcapi.Heavy: 1}, Windows: map[rcapi.Group]time.Duration{"heavy": 5 * time.Second, rcapi.Medium: 0},
		})
		const heavy = "GET " + own + "/call-log"
		a.call(getOwn)
		got := a.call(heavy)
		assert.Equal(t, "5", got.header.Get("X-Rate-Limit-Window"))
		time.Sleep(5 * time.Second)
		assert.Equal(t, 200, a.call(heavy).status)
		got = a.call(getOwn)
		assert.Equal(t, 429, got.status)
		assert.Equal(t, "60", got.header.Get("Retry-After"))
		assert.Equal(t, time.Minute, a.h.Limits()[rcapi.Medium].Window)
	})
}

// TestLimitsBesideTheGroups: their refusals have no rate headers, and the group is booked all the same.
func TestLimitsBesideTheGroups(t *testing.T) {
	mms := "POST " + own + "/mms"
	for _, c := range []struct {
		limit rcapi.Group
		what  string
		code  string
	}{
		{LimitSMS, sms, "MSG-305"},
		{LimitMMS, mms, "MSG-305"},
		{LimitAccount, getOwn, "CMN-302"},
		{LimitAddress, "GET /restapi", "CMN-310"},
	} {
		t.Run(string(c.limit), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newApp(t, Config{})
				require.NoError(t, a.h.SetLimit(c.limit, Limit{Calls: 2, Window: 20 * time.Second}))
				for i := range 2 {
					require.NotEqual(t, 429, a.call(c.what, fmt.Sprint(i)).status)
				}
				got := a.call(c.what, "2")
				assert.Equal(t, 429, got.status)
				assert.Equal(t, [2]string{c.code, c.code}, got.codes(t))
				assert.Equal(t, "20", got.header.Get("Retry-After"))
				for name := range got.header {
					assert.NotContains(t, name, "X-Rate-Limit")
				}
				assert.Equal(t, -1, a.last().Remaining)
				require.NoError(t, a.h.SetLimit(c.limit, Limit{}))
				got = a.call(c.what, "3")
				assert.NotEqual(t, 429, got.status, "switched off")
				if c.limit != LimitAddress {
					group := a.h.Limits()[a.last().Group].Calls
					assert.Equal(t, fmt.Sprint(group-4), got.header.Get("X-Rate-Limit-Remaining"), "the refused one too")
				}
			})
		})
	}
}

func TestDocumentedMessageLimits(t *testing.T) {
	for op, want := range map[string]int{"sms": 40, "mms": 50} {
		a := newApp(t, Config{Limits: map[rcapi.Group]int{rcapi.Medium: 0}})
		for n := range want {
			require.NotEqual(t, 429, a.call("POST "+own+"/"+op, fmt.Sprint(n)).status, "%s %d", op, n)
		}
		assert.Equal(t, 429, a.call("POST "+own+"/"+op, "x").status, op)
		assert.Equal(t, 200, a.call(getOwn).status, "nothing else is limited by it")
	}
}

// The address is limited before anything else, also for those who have no token.
func TestAddresses(t *testing.T) {
	a := newStranger(t, Config{Limits: map[rcapi.Group]int{LimitAddress: 1}})
	status := func(remote string) int {
		r := a.request("GET /elsewhere")
		r.RemoteAddr = remote
		return a.send(r).status
	}
	assert.Equal(t, []int{404, 429, 429, 404, 404, 429}, []int{
		status("10.0.0.1:1"), status("10.0.0.1:1"), status("10.0.0.1:2"), status("[::1]:1"), status("pipe"), status("pipe"),
	})
}

// TestAddressesAreForgotten: those of the whole Internet do not fill the memory.
func TestAddressesAreForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: map[rcapi.Group]int{LimitAddress: 1}})
		for i := range 3 * addressesKept {
			time.Sleep(time.Second)
			a.h.from.admit(fmt.Sprintf("10.0.%d.%d:1", i/256, i%256), time.Now())
		}
		assert.LessOrEqual(t, len(a.h.from.buckets), addressesKept)
		assert.True(t, a.h.from.admit("10.0.11.255:1", time.Now()).refused, "not those that matter")
	})
}

func TestUnlimitedLiftsAll(t *testing.T) {
	h, err := NewHandler(Config{Limits: Unlimited()})
	require.NoError(t, err)
	for name, l := range h.Limits() {
		assert.Zero(t, l.Calls, name)
	}
	for want, cfg := range map[int]Config{
		7: {Subscriptions: 7, Limits: Unlimited()}, 0: {Subscriptions: -1}, 30: {}, 8: {Limits: map[rcapi.Group]int{LimitSubscriptions: 8}},
	} {
		h, err := NewHandler(cfg)
		require.NoError(t, err)
		assert.Equal(t, want, h.Limits()[LimitSubscriptions].Calls)
	}
}

func TestLimitsThatCannotBe(t *testing.T) {
	_, err := NewHandler(Config{
		Penalty: time.Millisecond, Windows: map[rcapi.Group]time.Duration{"Feather": time.Second, rcapi.Heavy: -time.Second, LimitSubscriptions: time.Second},
		Limits: map[rcapi.Group]int{"Lead": 1, LimitSMS: -1},
	})
	for _, want := range []string{`Windows has "Feather"`, "Windows of Heavy is -1s", `Windows has "Subscriptions"`, `Limits has "Lead"`, "-1 for SMS", "Penalty is 1ms"} {
		assert.ErrorContains(t, err, want)
	}
}

func TestSetLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{})
		a.times(3, getOwn)
		require.NoError(t, a.h.SetLimit("light", Limit{Calls: 2}))
		assert.Equal(t, Limit{2, time.Minute, time.Minute}, a.h.Limits()[rcapi.Light])
		got := a.call(getOwn)
		assert.Equal(t, "1", got.header.Get("X-Rate-Limit-Remaining"), "it begins afresh")
		assert.Equal(t, "2", got.header.Get("X-Rate-Limit-Limit"))
		a.times(2, getOwn)
		assert.Equal(t, 429, a.last().Status)
		require.NoError(t, a.h.SetLimit(rcapi.Light, Limit{Calls: 2, Window: time.Second, Penalty: 3 * time.Second}))
		assert.Equal(t, 200, a.call(getOwn).status, "a penalty is forgotten")
		require.NoError(t, a.h.SetLimit(LimitSubscriptions, Limit{Calls: 3, Window: time.Second}))
		assert.Equal(t, Limit{Calls: 3}, a.h.Limits()[LimitSubscriptions], "it has no window")

		for want, set := range map[string]Limit{"of -1 calls": {Calls: -1}, "1ms": {Window: time.Millisecond}, "-1s": {Penalty: -time.Second}} {
			assert.ErrorContains(t, a.h.SetLimit(rcapi.Heavy, set), want)
		}
		assert.ErrorContains(t, a.h.SetLimit("Feather", Limit{}), "Feather")
		assert.Equal(t, 10, a.h.Limits()[rcapi.Heavy].Calls)
	})
}

func TestSubscriptionsAreLimited(t *testing.T) {
	for _, cfg := range []Config{{Subscriptions: 2}, {Limits: map[rcapi.Group]int{LimitSubscriptions: 2}}} {
		a := newApp(t, cfg)
		subscribe := func() answer {
			return a.call("POST /restapi/v1.0/subscription", viaWebhook)
		}
		for range 2 {
			require.Equal(t, 200, subscribe().status)
		}
		got := subscribe()
		assert.Equal(t, 403, got.status)
		assert.Equal(t, "SUB-505", got.codes(t)[0])
		require.NoError(t, a.h.SetLimit(LimitSubscriptions, Limit{}))
		assert.Equal(t, 200, subscribe().status, "switched off")
		a.h.Reset()
		assert.Equal(t, 403, subscribe().status, "as the config says")
	}
}
