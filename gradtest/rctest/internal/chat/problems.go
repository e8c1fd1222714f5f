package chat

import (
	"net/http"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// maxMembers is the number of members that a conversation may have.
const maxMembers = 15

var problemTooManyMembers = world.DefineProblem(http.StatusBadRequest, "CMN-101",
	"A conversation has at most %d members: make a team")

// notMember refuses a user who can see the chat but is no member of it.
func notMember(chat *world.Resource) *world.Problem {
	return world.NotPermitted("Chat " + chat.ID + " is one of others: join it first")
}

// archived refuses to write to an archived team.
func archived(team *world.Resource) *world.Problem {
	return world.NotAllowedNow("Team " + team.ID + " is archived: unarchive it first")
}
