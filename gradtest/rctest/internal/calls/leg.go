package calls

import "github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"

// legMembers are the members that a leg has of its call.
var legMembers = []string{"extension", "telephonySessionId", "partyId", "transport", "from", "to", "type", "direction",
	"message", "action", "result", "startTime", "duration", "durationMs", "recording", "internalType"}

// legs returns the legs of a call: the master leg is the call itself. A RingOut call has a second one, to the user's
// own phone, which the platform calls first. A recorded or forwarded call has no more of them in the emulator.
func legs(call world.Object) []world.Object {
	master := world.Pick(call, legMembers...)
	master["master"], master["legType"], master["billing"] = true, "Accept", noCost()
	if call["direction"] == "Outbound" {
		master["legType"] = "SipToPstnMetered"
	}
	if call["action"] != "RingOut Web" {
		return []world.Object{master}
	}
	master["legType"] = "RingOutWebToSubscriber"
	caller := world.Pick(call, legMembers...)
	caller["master"], caller["legType"], caller["to"] = false, "RingOutWebToCaller", call["from"]
	caller["billing"] = noCost()
	return []world.Object{master, caller}
}

// noCost is the billing of a call: the emulator charges nothing.
func noCost() world.Object { return world.Object{"costIncluded": 0.0, "costPurchased": 0.0} }
