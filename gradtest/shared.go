package gradtest

import (
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
