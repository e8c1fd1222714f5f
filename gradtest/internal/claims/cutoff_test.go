package claims_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/claims"
	"github.com/graduationkit/ringcentral/gradtest/internal/engine"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// cutOff is a store whose claims cannot be read any more once it is cut.
type cutOff struct {
	*ledger.Memory
	cut bool
}

type cutClaims struct {
	ledger.Claims
	store *cutOff
}

func (s *cutOff) Claims(ctx context.Context, since time.Time) (ledger.Claims, error) {
	c, err := s.Memory.Claims(ctx, since)
	return cutClaims{c, s}, err
}

func (c cutClaims) Read(ctx context.Context, use func(ledger.View)) error {
	if c.store.cut {
		return errors.Join(ledger.ErrUnavailable)
	}
	return c.Claims.Read(ctx, use)
}

// TestAChangeIsNotSentBlindly: a session that cannot see whether others have taken it for gone makes no change: they
// may have made it.
func TestAChangeIsNotSentBlindly(t *testing.T) {
	for _, op := range []rcapi.Operation{rcapi.ReadExtension, rcapi.CreateSMSMessage} {
		synctest.Test(t, func(t *testing.T) {
			store := &cutOff{Memory: ledger.NewMemory()}
			s, err := claims.Open(t.Context(), claims.SessionConfig{
				Store: store, Since: time.Now().Add(-time.Hour), Plan: declared(op), Limit: func(string) int { return 10 },
			})
			require.NoError(t, err)
			defer s.Close()
			d, err := s.Next(t.Context(), []engine.Offer{{Name: op.ID}}, func(string) int { return 1 })
			require.NoError(t, err)
			require.Len(t, d.Begin, 1)
			assert.True(t, s.Needed(t.Context(), d.Begin[0].Claim))
			store.cut = true
			assert.Equal(t, op.Reads(), s.Needed(t.Context(), d.Begin[0].Claim), op.ID)
		})
	}
}
