package target

import (
	"github.com/graduationkit/ringcentral/gradtest/internal/limits"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// emulatorLimits returns the platform's limits over the embedded emulator's short window.
func emulatorLimits() map[string]window.Limit {
	all := limits.Documented()
	for group, l := range all {
		l.Per, l.Penalty = emulatorWindow, emulatorWindow
		all[group] = l
	}
	return all
}
