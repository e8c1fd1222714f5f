package target

import (
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Limits returns the documented limits of all groups.
func Limits() map[string]window.Limit {
	all := window.Defaults()
	for _, l := range rcapi.Limits() {
		if l.Custom {
			all[l.Bucket] = window.Limit{Calls: l.Calls, Per: l.Per, Penalty: l.Per}
		}
	}
	return all
}

// emulatorLimits returns the platform's limits over the embedded emulator's short window.
func emulatorLimits() map[string]window.Limit {
	all := Limits()
	for group, l := range all {
		l.Per, l.Penalty = emulatorWindow, emulatorWindow
		all[group] = l
	}
	return all
}
