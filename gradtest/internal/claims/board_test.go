package claims_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/internal/claims"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var start = time.Date(2026, 11, 5, 12, 0, 0, 0, time.UTC)

func newBoard(owner string, ops ...rcapi.Operation) *claims.Board {
	return claims.New(claims.Config{Owner: owner, Start: start, Plan: declared(ops...)})
}

// decide asks a board for calls of all operations and adds what it books.
func decide(b *claims.Board, now time.Time, life ledger.Life, id string, ops ...rcapi.Operation) claims.Decision {
	q := claims.Question{
		Room: func(string) int { return 10 }, Limit: func(string) int { return 10 },
		NewID: func() string { return id }, Life: func(string) ledger.Life { return life },
	}
	for _, op := range ops {
		q.Offers = append(q.Offers, claims.Offer{Name: op.ID})
	}
	d := b.Decide(now, q)
	b.Add(d.Records)
	return d
}

// TestClaimsOfTheGone: the claim of a session that is gone is taken over when nothing that it sent can reach the server
// any more, and not before: after two seconds, but for a change whose process may only be cut off from the store after
// the time-out of its call.
func TestClaimsOfTheGone(t *testing.T) {
	for _, tt := range []struct {
		name string
		op   rcapi.Operation
		life ledger.Life
		free time.Duration // zero: never
	}{
		{"a read of a session that is there", rcapi.ReadExtension, ledger.Alive, 0},
		{"a change of a session that is there", rcapi.CreateSMSMessage, ledger.Alive, 0},
		{"a read of a dead one", rcapi.ReadExtension, ledger.Dead, 2 * time.Second},
		{"a change of a dead one", rcapi.CreateSMSMessage, ledger.Dead, 2 * time.Second},
		{"a read of a silent one", rcapi.ReadExtension, ledger.Silent, 2 * time.Second},
		{"a change of a silent one", rcapi.CreateSMSMessage, ledger.Silent, 62 * time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			gone, other := newBoard("gone", tt.op), newBoard("other", tt.op)
			first := decide(gone, start, ledger.Alive, "first", tt.op)
			require.Len(t, first.Begin, 1, "a canary goes alone")
			other.Add(first.Records)
			require.True(t, gone.Needed(start, "first"))

			d := decide(other, start.Add(time.Second), tt.life, "second", tt.op)
			require.Empty(t, d.Begin, "the call may be on its way")
			require.True(t, d.Open)
			gone.Add(d.Records)
			assert.Equal(t, tt.free == 0, gone.Needed(start.Add(time.Second), "first"), "others count on it that it is not sent any more")
			if tt.free == 0 {
				assert.Empty(t, d.Records)
				assert.Empty(t, decide(other, start.Add(time.Hour), tt.life, "second", tt.op).Begin)
				return
			}
			free := start.Add(time.Second + tt.free)
			assert.False(t, d.Wake.IsZero() || d.Wake.After(free), "it asks again by then")
			require.Empty(t, decide(other, free.Add(-1), tt.life, "second", tt.op).Begin)
			d = decide(other, free, tt.life, "second", tt.op)
			require.Len(t, d.Begin, 1)
			gone.Add(d.Records)
			assert.False(t, gone.Needed(free, "first"))
			decide(gone, free, ledger.Alive, "third") // which forgets the claims that are over
			assert.False(t, gone.Needed(free, "first"), "a forgotten claim is not needed either")
			assert.True(t, other.Needed(free, "second"))
		})
	}
}
