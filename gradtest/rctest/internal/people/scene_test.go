package people

import (
	"sync"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// a2pNumber is a number of the company that the domain of A2P SMS adds.
const a2pNumber = "+16505550190"

func addA2PNumber(w *world.World) {
	AddNumber(w, 1_162_820_900, a2pNumber, "CompanyNumber", nil, []string{"A2PSmsSender"})
}

// plans has this package's domains, and the number that another one adds.
var plans = sync.OnceValue(func() *world.Plans {
	return world.NewPlans(append(Domains(),
		world.Domain{Seed: addA2PNumber})...)
})

func newScene(tb testing.TB, changes ...func(*world.Config)) *worldtest.Scene {
	tb.Helper()
	return worldtest.New(tb, plans(), changes...)
}
