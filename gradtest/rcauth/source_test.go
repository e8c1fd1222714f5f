package rcauth

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"
)

// counted returns a source whose n-th request returns f(n) after a second, and the number of requests.
func counted(ctx context.Context, f func(n int) (*oauth2.Token, error)) (*source, *int) {
	n := new(int)
	return newSource(ctx, nil, func(context.Context) (*oauth2.Token, error) {
		*n++
		time.Sleep(time.Second)
		return f(*n)
	}), n
}

func lasting(life time.Duration) func(int) (*oauth2.Token, error) {
	return func(int) (*oauth2.Token, error) {
		return &oauth2.Token{AccessToken: "x", Expiry: time.Now().Add(life)}, nil
	}
}

func TestTokensAreReplacedBeforeTheyExpire(t *testing.T) {
	for _, tt := range []struct{ life, margin time.Duration }{
		{time.Hour, time.Minute}, {10 * time.Minute, time.Minute}, {100 * time.Second, 10 * time.Second}, {10 * time.Second, time.Second},
	} {
		synctest.Test(t, func(t *testing.T) {
			s, n := counted(t.Context(), lasting(tt.life))
			_, err := s.Token()
			require.NoError(t, err)
			time.Sleep(tt.life - tt.margin - time.Nanosecond)
			token, err := s.Token()
			require.NoError(t, err)
			assert.Equal(t, 1, *n, "still good")
			assert.True(t, token.Expiry.After(time.Now().Add(tt.margin)))
			time.Sleep(time.Nanosecond)
			_, err = s.Token()
			require.NoError(t, err)
			assert.Equal(t, 2, *n)
		})
	}
	synctest.Test(t, func(t *testing.T) {
		s, n := counted(t.Context(), func(int) (*oauth2.Token, error) { return &oauth2.Token{AccessToken: "x"}, nil })
		for range 3 {
			_, err := s.Token()
			require.NoError(t, err)
			time.Sleep(1000 * time.Hour)
		}
		assert.Equal(t, 1, *n, "a token without an expiry stays")
	})
}

func TestOneRequestAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, n := counted(t.Context(), lasting(time.Hour))
		start := time.Now()
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				_, err := s.Token()
				assert.NoError(t, err)
			})
		}
		wg.Wait()
		assert.Equal(t, 1, *n)
		assert.Equal(t, time.Second, time.Since(start))
	})
}

func TestAFailureIsRememberedForAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := &Error{Status: 400, Code: "OAU-153"}
		s, n := counted(t.Context(), func(n int) (*oauth2.Token, error) {
			if n == 1 {
				return nil, refused
			}
			return lasting(time.Hour)(n)
		})
		var wg sync.WaitGroup
		for range 50 {
			wg.Go(func() {
				_, err := s.Token()
				assert.Same(t, refused, err)
			})
		}
		wg.Wait()
		assert.Equal(t, 1, *n)
		time.Sleep(60*time.Second - time.Nanosecond)
		_, err := s.Token()
		assert.Same(t, refused, err)
		time.Sleep(time.Nanosecond)
		_, err = s.Token()
		assert.NoError(t, err)
		assert.Equal(t, 2, *n)
	})
}

func TestAnOldTokenIsNotGivenOutAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, _ := counted(t.Context(), func(n int) (*oauth2.Token, error) {
			if n == 1 {
				return lasting(time.Hour)(n)
			}
			return nil, &Error{Status: 500}
		})
		_, err := s.Token()
		require.NoError(t, err)
		time.Sleep(time.Hour)
		token, err := s.Token()
		assert.Error(t, err)
		assert.Nil(t, token)
	})
}

func TestWaitersLeaveWhenTheContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		block := make(chan struct{})
		s, _ := counted(ctx, func(int) (*oauth2.Token, error) { <-block; return nil, errors.New("late") })
		go func() { _, _ = s.Token() }()
		synctest.Wait()
		var got error
		done := make(chan struct{})
		go func() { _, got = s.Token(); close(done) }()
		time.Sleep(5 * time.Second)
		cancel()
		<-done
		assert.ErrorIs(t, got, context.Canceled)
		close(block)
	})
}

func TestAPanicDoesNotBlockOtherCallers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, n := counted(t.Context(), func(n int) (*oauth2.Token, error) {
			if n == 1 {
				panic("transport")
			}
			return lasting(time.Hour)(n)
		})
		assert.Panics(t, func() { _, _ = s.Token() })
		_, err := s.Token()
		assert.NoError(t, err)
		assert.Equal(t, 2, *n)
	})
}
