// Package domains lists the families of operations that the emulator implements beyond what the catalogue describes.
package domains

import (
	"slices"
	"sync"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/ai"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/calls"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/chat"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/meetings"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/messages"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/scim"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// All returns every domain, in the order in which a new world is seeded. People come first because the others refer to
// them.
func All() []world.Domain {
	return slices.Concat(
		people.Domains(), messages.Domains(), chat.Domains(), scim.Domains(), meetings.Domains(), ai.Domains(),
		calls.Domains(),
	)
}

// Plans returns the plans of the whole catalogue with all domains. They are made once per process.
var Plans = sync.OnceValue(func() *world.Plans { return world.NewPlans(All()...) })
