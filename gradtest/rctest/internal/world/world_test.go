package world_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/domains"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestPanicLeavesNoLock(t *testing.T) {
	s := newScene(t)
	p := domains.Plans().PlanWith(rcapi.ListTimezones, func(*world.World, *world.Request) (world.Reply,
		*world.Problem) {
		panic("mistake")
	})
	assert.Panics(t, func() {
		_, _ = s.World.Serve(p, &world.Request{Path: rcapi.ListTimezones.Path, At: s.At, User: worldtest.User})
	})
	assert.True(t, s.World.Unlocked())
}
