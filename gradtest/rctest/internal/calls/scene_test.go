package calls

import (
	"slices"
	"sync"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

// plans has this package's domains and those of people, which the others refer to.
var plans = sync.OnceValue(func() *world.Plans { return world.NewPlans(slices.Concat(people.Domains(), Domains())...) })

func newScene(tb testing.TB, changes ...func(*world.Config)) *worldtest.Scene {
	tb.Helper()
	return worldtest.New(tb, plans(), changes...)
}
