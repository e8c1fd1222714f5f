package messages

import (
	"net/http"
	"strconv"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// The problems of messages, one row each.
var (
	problemCountry       = world.DefineProblem(http.StatusForbidden, "MSG-240", "International SMS is not available")
	problemNumberFeature = world.DefineProblem(http.StatusForbidden, "MSG-242",
		"The requested feature is not available: the number lacks SmsSender")
	problemNumber = world.DefineProblem(http.StatusBadRequest, "MSG-245",
		"The specified phone number is not one of the %s's")
	problemToExtension = world.DefineProblem(http.StatusBadRequest, "MSG-246",
		"Sending SMS to an extension number is not available")
	problemToShortNumber = world.DefineProblem(http.StatusBadRequest, "MSG-247",
		"Sending SMS to short numbers is not available")
	problemNumberOwner = world.DefineProblem(http.StatusForbidden, "MSG-304", "Phone number doesn't belong to extension")

	problemSenderID = world.DefineProblem(http.StatusBadRequest, "MSG-331",
		"Sender's extension is not the one that sends")
	problemSenderNumber = world.DefineProblem(http.StatusBadRequest, "MSG-332",
		"Sender's extension number is not that of the one that sends")
	problemSyncToken = world.DefineProblem(http.StatusBadRequest, "MSG-333",
		"Synchronization token is not valid: a full synchronization is required")

	problemFilesTooLarge = world.DefineProblem(http.StatusBadRequest, "MSG-338",
		"Attachments are larger than %d bytes in all")
	problemMediaType   = world.DefineProblem(http.StatusUnsupportedMediaType, "MSG-348", "Media type is not supported")
	problemFaxNotJSON  = world.DefineProblem(http.StatusBadRequest, "MSG-349", "Fax envelope is no JSON object")
	problemFaxEnvelope = world.DefineProblem(http.StatusBadRequest, "MSG-350", "Fax envelope is missing")
	problemFaxNoFile   = world.DefineProblem(http.StatusBadRequest, "MSG-351", "Fax has no attachment")
	problemRecipients  = world.DefineProblem(http.StatusBadRequest, "MSG-381", "At most %d recipients are allowed")
	problemTemplates   = world.DefineProblem(http.StatusBadRequest, "CMN-101",
		"There are %d templates already: delete one first")
)

// codeRecipientOptOut is the error code of a message that is not delivered because its recipient has opted out.
const codeRecipientOptOut = "SMS-RC-413"

// tooLong refuses a text of more than most characters.
func tooLong(name string, most int) *world.Problem {
	return world.InvalidBecause(name, "", "at most "+strconv.Itoa(most)+" characters are allowed")
}
