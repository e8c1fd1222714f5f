package world

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestPanicLeavesNoLock(t *testing.T) {
	s := newScene(t)
	p := domains().newPlan(rcapi.ListTimezones)
	p.act = func(*World, *Request) (Reply, *Problem) { panic("mistake") }
	assert.Panics(t, func() { _, _ = s.world.Serve(p, &Request{Path: rcapi.ListTimezones.Path, At: s.at, User: testUser}) })
	assert.True(t, s.world.mu.TryLock())
	s.world.mu.Unlock()
}
