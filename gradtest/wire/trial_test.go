package wire

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOneCallGoesFirst: the others leave when its answer shows that the token is accepted.
func TestOneCallGoesFirst(t *testing.T) {
	for _, tt := range []struct {
		name     string
		first    accepted
		code     string
		takes    time.Duration
		left     int           // calls that may leave
		at       time.Duration // when the last of them left
		rejected int           // calls that may not
	}{
		{"accepted", yes, "", 50 * time.Millisecond, 10, 50 * time.Millisecond, 0},
		{"rejected", no, "OAU-213", 50 * time.Millisecond, 1, 0, 9},
		{"refused without a code", doubted, "", 50 * time.Millisecond, 1, 0, 9},
		{"refused by a fault", doubted, faultCode, 50 * time.Millisecond, 10, 450 * time.Millisecond, 0},
		{"no answer", unknown, "", 50 * time.Millisecond, 10, 450 * time.Millisecond, 0},
		{"an answer that takes long", yes, "", 3 * time.Second, 10, 3 * time.Second, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var trials Trials
				var mu sync.Mutex
				var calls sync.WaitGroup
				left, rejected, last, start := 0, 0, time.Duration(0), time.Now()
				for range 10 {
					calls.Go(func() {
						p, err := trials.enter(t.Context(), tokenKey{1})
						mu.Lock()
						if err != nil {
							rejected++
							assert.Equal(t, &RejectedError{Code: codeOr(tt.code)}, err)
							mu.Unlock()
							return
						}
						left++
						last = time.Since(start)
						mu.Unlock()
						p.leaving()
						time.Sleep(tt.takes)
						p.end(tt.first, tt.code)
					})
				}
				calls.Wait()
				assert.Equal(t, tt.left, left)
				assert.Equal(t, tt.rejected, rejected)
				assert.Equal(t, tt.at, last)
			})
		})
	}
}

func codeOr(code string) string {
	if code == "" {
		return unspecified
	}
	return code
}

// TestCallsInFlightAreLimited: a further call leaves when one has ended, or when it has waited long enough.
func TestCallsInFlightAreLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var trials Trials
		trials.Limit(2)
		enter := func() *pass {
			p, err := trials.enter(t.Context(), tokenKey{1})
			require.NoError(t, err)
			return p
		}
		enter().end(yes, "")
		first, second := enter(), enter()
		start := time.Now()
		time.AfterFunc(300*time.Millisecond, func() { first.end(yes, "") })
		third := enter()
		assert.Equal(t, 300*time.Millisecond, time.Since(start))
		start = time.Now()
		time.AfterFunc(time.Second, func() { second.end(yes, ""); third.end(yes, "") })
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() { enter(); assert.Equal(t, time.Second, time.Since(start)) })
		}
		both.Wait()
		start = time.Now()
		time.AfterFunc(1500*time.Millisecond, func() { // as if the answer of another call had come
			trials.mu.Lock()
			defer trials.mu.Unlock()
			trials.tokens[tokenKey{1}].accepted = time.Now()
		})
		enter()
		assert.Equal(t, trialPatience, time.Since(start), "calls that hang do not hold up the rest")
		trials.Limit(0)
		start = time.Now()
		enter()
		assert.Zero(t, time.Since(start))
	})
}

func TestAcceptanceAges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var trials Trials
		enter := func() *pass {
			p, err := trials.enter(t.Context(), tokenKey{1})
			require.NoError(t, err)
			return p
		}
		p := enter()
		assert.True(t, p.first)
		p.end(yes, "")
		time.Sleep(trusted - time.Millisecond)
		assert.False(t, enter().first)
		time.Sleep(time.Millisecond)
		p = enter()
		assert.True(t, p.first, "the token may have been revoked meanwhile")
		p.leaving()

		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := trials.enter(ctx, tokenKey{1})
		assert.ErrorIs(t, err, context.Canceled, "the one that waits leaves when its context ends")
		time.Sleep(time.Minute)
		assert.True(t, enter().first, "an endpoint that hangs does not hold up the others for ever")
	})
}

func TestTrialsForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var trials Trials
		for i := range 3 * keptTokens {
			p, err := trials.enter(t.Context(), tokenKey{byte(i)})
			require.NoError(t, err)
			p.end(yes, "")
			time.Sleep(time.Millisecond)
		}
		assert.Len(t, trials.tokens, keptTokens)
	})
}

func TestReception(t *testing.T) {
	for _, tt := range []struct {
		status int
		code   string
		fault  bool
		want   accepted
	}{
		{200, "", false, yes}, {204, "", false, yes}, {400, "CMN-101", false, yes}, {403, "CMN-401", false, yes}, {404, "", false, yes},
		{401, "OAU-128", false, no}, {401, "OAU-213", false, no}, {401, "TokenInvalid", false, no}, {401, "", false, doubted},
		{401, "OAU-128", true, doubted}, {401, "CMN-405", false, yes}, {401, "OAU-151", false, yes},
		{429, "", false, unknown}, {500, "", false, unknown}, {302, "", false, unknown},
	} {
		assert.Equal(t, tt.want, reception(tt.status, tt.code, tt.fault), "%d %s", tt.status, tt.code)
	}
}
