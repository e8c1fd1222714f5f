// Package limits builds the limits that a gate starts from: the platform's documented ones, and changes to them.
package limits

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Documented returns the default limits of all groups of [rcapi.Groups], by header name. A group that is not in it has
// the limit of Heavy, the tightest of the groups that API calls share. The map is the caller's.
func Documented() map[string]window.Limit { return With(nil) }

// With returns the documented limits with changes laid over them, by group name in any case. A group that is in
// neither has the limit that Heavy has then, unless changes has one for the empty name. The map is the caller's.
func With(changes map[string]window.Limit) map[string]window.Limit {
	all := make(map[string]window.Limit)
	for _, g := range rcapi.Groups() {
		all[g.Header] = window.Limit{Calls: g.Calls, Per: g.Window, Penalty: g.Penalty}
	}
	for name, l := range changes {
		all[strings.ToLower(strings.TrimSpace(name))] = l
	}
	if _, ok := all[window.Unlisted]; !ok {
		all[window.Unlisted] = all[rcapi.Heavy.Header()]
	}
	return all
}
