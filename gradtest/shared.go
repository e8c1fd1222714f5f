package gradtest

import (
	"context"
	"iter"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcauth"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// sharedStore is a store for several machines, with the limits and the token that go with it.
type sharedStore interface {
	ledger.Store
	Gate(map[string]window.Limit) window.Gate
	Cabinet(user string) rcauth.Cabinet
	Path() string
	Close() error
}

// news yields what has been appended to a store since it was called last.
type news = func(context.Context) iter.Seq2[ledger.Record, error]

// follow is what tells of what other processes add to the store; nil: it cannot tell.
func (w *world) follow(ctx context.Context, since time.Time) (news, error) {
	switch s := w.store.(type) {
	case *ledger.Dir:
		f, err := s.Follow(ctx, since)
		if err != nil {
			return nil, err
		}
		return f.News, nil
	case interface {
		Follow(context.Context, time.Time) (news, error)
	}:
		return s.Follow(ctx, since)
	}
	return nil, nil
}
