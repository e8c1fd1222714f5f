package rctest

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestCallsThatSpanAnEdge makes calls that take 10 s and judges when the edge of a window lies between request and
// response: the app used the endpoint until the response; a success, and traffic that dilutes errors, is as old as the
// request; an error is as young as its response.
func TestCallsThatSpanAnEdge(t *testing.T) {
	type seen struct{ successes, used, authErrors, calls int }
	const took = 10 * time.Second
	at := func(d time.Duration) time.Duration { return d }
	for _, c := range []struct {
		name    string
		errors  bool
		request time.Duration // since the first midnight
		judged  time.Duration
		want    seen
	}{
		{"success, 48 h after the request", false, at(25 * time.Hour), at(73 * time.Hour), seen{used: 1}},
		{"success, just before", false, at(25 * time.Hour), at(73*time.Hour - 1), seen{used: 1, calls: 1}},
		{"success, just before 48 h after the response", false, at(25 * time.Hour), at(73*time.Hour + took - 1), seen{used: 1}},
		{"success, 48 h after the response", false, at(25 * time.Hour), at(73*time.Hour + took), seen{}},
		{"error, 48 h after the request", true, at(25 * time.Hour), at(73 * time.Hour), seen{used: 1, authErrors: 1, calls: 1}},
		{"error, 48 h after the response", true, at(25 * time.Hour), at(73*time.Hour + took), seen{}},
		{"success over midnight, the next day", false, at(24*time.Hour - took/2), at(47 * time.Hour), seen{successes: 1, used: 1, calls: 1}},
		{"success over midnight, two days later", false, at(24*time.Hour - took/2), at(48 * time.Hour), seen{used: 1, calls: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // the bubble begins at 00:00 UTC
				a := newStranger(t, Config{Limits: Unlimited()})
				time.Sleep(c.request - time.Hour/2)
				if !c.errors {
					a.login()
				}
				time.Sleep(time.Hour / 2)
				a.fail(Fault{Operation: "listTimezones", Delay: took})
				a.call(timezone)
				time.Sleep(c.judged - c.request - took)
				v := a.h.Verdict()
				api := v.Shares[2] // 48 h, without authorization requests
				assert.Equal(t, c.want, seen{v.Successes, len(v.PerOperation), api.Errors, api.Calls})
			})
		})
	}
}
