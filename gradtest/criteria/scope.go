package criteria

import "github.com/graduationkit/ringcentral/gradtest/rcapi"

// exercisable reports whether any call can exercise the scope: one of the catalogue, or one that the app declares
// beyond it.
func (b *evidence) exercisable(s rcapi.Scope) bool {
	if s.Exercisable() {
		return true
	}
	for _, t := range b.tallies {
		if t.op.Exercises(s) {
			return true
		}
	}
	return false
}
