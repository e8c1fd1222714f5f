package rcauth

import (
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOneProcessTriesAToken: the others wait for how the platform receives it.
func TestOneProcessTriesAToken(t *testing.T) {
	for _, tt := range []struct {
		name               string
		accepted, rejected bool
		turn, replaced     bool // of the second process
		after              time.Duration
		requests           int32
	}{
		{"accepted", true, false, false, false, 2 * time.Second, 1},
		{"rejected", false, true, false, true, 2 * time.Second, 2},
		{"not known", false, false, true, false, 2 * time.Second, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "token.json")
			synctest.Test(t, func(t *testing.T) {
				var i issuer
				_, err := i.process(t, file).Token()
				require.NoError(t, err)
				first, second := i.process(t, file), i.process(t, file) // they find it in the file
				token, err := first.Token()
				require.NoError(t, err)
				same, err := second.Token()
				require.NoError(t, err)

				finish, replaced := first.Prove(t.Context(), token)
				require.NotNil(t, finish)
				assert.False(t, replaced)
				start := time.Now()
				time.AfterFunc(2*time.Second, func() { finish(tt.accepted, tt.rejected) })
				theirs, replaced := second.Prove(t.Context(), same)
				assert.Equal(t, tt.turn, theirs != nil)
				assert.Equal(t, tt.replaced, replaced)
				assert.InDelta(t, tt.after, time.Since(start), float64(100*time.Millisecond))
				if theirs != nil {
					theirs(true, false)
				}
				for _, s := range []*source{first, second} {
					now, err := s.Token()
					require.NoError(t, err)
					assert.Equal(t, tt.replaced, now.AccessToken != token.AccessToken)
				}
				assert.Equal(t, tt.requests, i.requests.Load(), "renewed once at most")
			})
		})
	}
}

func TestATurnEndsByItself(t *testing.T) {
	file := filepath.Join(t.TempDir(), "token.json")
	synctest.Test(t, func(t *testing.T) {
		var i issuer
		first, second := i.process(t, file), i.process(t, file)
		token, err := first.Token()
		require.NoError(t, err)
		same, err := second.Token()
		require.NoError(t, err)
		finish, _ := first.Prove(t.Context(), token)
		start := time.Now()
		theirs, _ := second.Prove(t.Context(), same)
		require.NotNil(t, theirs)
		assert.InDelta(t, held, time.Since(start), float64(100*time.Millisecond))
		theirs(true, false)
		finish(false, true) // too late to keep the others
		assert.False(t, first.Reject(token), "it was requested just now")
	})
}

// TestANewTokenIsReplacedOnce: a token that was accepted can be revoked within its first minute, but two programs that
// end each other's sessions must not go on for ever.
func TestANewTokenIsReplacedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, n := counted(t.Context(), lasting(time.Hour))
		token, err := s.Token()
		require.NoError(t, err)
		finish, _ := s.Prove(t.Context(), token)
		finish(true, false)
		assert.True(t, s.Reject(token))
		s.accept(token, time.Now())
		s.proven = true
		assert.False(t, s.Reject(token), "the second in a minute")
		time.Sleep(newTokenAge)
		assert.True(t, s.Reject(token))
		assert.Equal(t, 1, *n)
	})
}
