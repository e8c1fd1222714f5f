package ledger

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDeathWhileOthersWait: a call that already waits for the slot of a living session goes on soon after it died.
func TestDeathWhileOthersWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := open(t, t.TempDir())
		dying := process(t, d.Path())
		require.NoError(t, dying.Gate(few(1)).Admit(t.Context(), claim("a")))
		start := time.Now()
		time.AfterFunc(5*time.Second, func() { assert.NoError(t, dying.Close()) })

		require.NoError(t, d.Gate(few(1)).Admit(t.Context(), claim("b")))
		assert.InDelta(t, 5*time.Second+arrival+time.Minute, time.Since(start), float64(lifeInterval+2*reviewInterval))
	})
}

func TestLife(t *testing.T) {
	f := open(t, t.TempDir()).shared
	p, err := f.announce(t.Context())
	require.NoError(t, err)
	assert.Equal(t, Alive, f.life(p.owner))
	require.NoError(t, p.end())
	assert.Equal(t, Dead, f.life(p.owner))
	for _, odd := range []string{"", "never there", "../lock", "."} {
		assert.Equal(t, Dead, f.life(odd), odd)
	}
}
