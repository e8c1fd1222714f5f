package criteria

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func canonical(s rcapi.Scope) rcapi.Scope {
	switch s {
	case "Glip":
		return "TeamMessaging"
	case "A2P SMS":
		return "A2PSMS"
	}
	return s
}

func inCatalogue(s rcapi.Scope) bool { return s != "Voicemail" && s != "Meetings" }

func isOAuth(op rcapi.Operation) bool {
	return op.Group == rcapi.Auth || strings.HasPrefix(op.Path, "/restapi/oauth/")
}

func lookup(id string) (rcapi.Operation, bool) { return rcapi.Operation{}, false }
