package world_test

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/domains"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func newScene(tb testing.TB, changes ...func(*world.Config)) *worldtest.Scene {
	tb.Helper()
	return worldtest.New(tb, domains.Plans(), changes...)
}
