package rctest

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReminders counts the reminders of a subscription that ends after 100 s: at 40, 55, 70 and 85 s.
func TestReminders(t *testing.T) {
	const body = `{"eventFilters":["/restapi/v1.0/subscription/~?threshold=60&interval=15"],"expiresIn":100,"deliveryMode":{"transportType":"WebHook","address":"https://hook.example/x"}}`
	sent := func(a *app) int { return len(a.h.Deliveries()) }
	t.Run("by the clock", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			a := newApp(t, Config{Limits: Unlimited()})
			id := a.call("POST /restapi/v1.0/subscription", body).json(t)["id"].(string)
			for _, step := range []struct {
				wait time.Duration
				want int
			}{{39 * time.Second, 0}, {2 * time.Second, 1}, {15 * time.Second, 2}, {43 * time.Second, 4}, {time.Hour, 4}} {
				time.Sleep(step.wait)
				synctest.Wait()
				assert.Equal(t, step.want, sent(a))
			}
			assert.Contains(t, string(a.h.Deliveries()[0].Body), `"event":"/restapi/v1.0/subscription/~?threshold=60\u0026interval=15"`)
			assert.Contains(t, string(a.h.Deliveries()[0].Body), id)
		})
	})
	t.Run("renewed", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			a := newApp(t, Config{Limits: Unlimited()})
			id := a.call("POST /restapi/v1.0/subscription", body).json(t)["id"].(string)
			time.Sleep(41 * time.Second)
			require.Equal(t, 200, a.call("PUT /restapi/v1.0/subscription/"+id).status, "without a body")
			time.Sleep(time.Minute)
			synctest.Wait()
			assert.Equal(t, 1, sent(a))
		})
	})
	t.Run("by Advance", func(t *testing.T) {
		a := newApp(t, Config{Limits: Unlimited()})
		require.Equal(t, 200, a.call("POST /restapi/v1.0/subscription", body).status)
		a.h.Advance(41 * time.Second)
		assert.Eventually(t, func() bool { return sent(a) == 1 }, time.Second, time.Millisecond)
	})
}
