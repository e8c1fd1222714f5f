package messages

import (
	"encoding/json"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// notifyMessage tells subscribers of a change in a mailbox. The bodies are those of MessageEvent, InstantMessageEvent,
// VoicemailMessageEvent and of the fax event, which has the members of the message. Sources: the specification's
// schemas of these names, and the guide's pages on event filters.
func notifyMessage(w *world.World, at time.Time, t *world.Resource, isNew bool) {
	extension := t.Parent("extensionId")
	path := address(&w.Config, extension)
	kind, direction := world.Text(t.Doc, "type"), world.Text(t.Doc, "direction")
	eventType := kind
	if kind == typeVoicemail {
		eventType = "Voicemail"
	}
	change := world.Object{"type": eventType}
	if isNew {
		change["newCount"], change["newMessageIds"] = 1, []any{json.Number(t.ID)}
	} else {
		change["updatedCount"] = 1
	}
	of := []world.Param{world.NewParam("type", eventType), world.NewParam("direction", direction)}
	w.Notify(at, path+"/message-store", world.Object{
		"accountId": w.Config.AccountID, "extensionId": extension, "lastUpdated": at, "changes": []world.Object{change},
	}, of...)
	if !isNew || direction != "Inbound" {
		return
	}
	body := world.Object{}
	for _, name := range []string{
		"to", "from", "type", "creationTime", "lastModifiedTime", "readStatus", "priority", "attachments", "direction",
		"availability", "subject", "messageStatus", "conversationId", "conversation", "vmTranscriptionStatus", "faxPageCount",
		"faxResolution",
	} {
		if v, ok := t.Doc[name]; ok {
			body[name] = v
		}
	}
	body["id"] = t.ID
	switch kind {
	case typeSMS:
		w.Notify(at, path+"/message-store/instant", body, of...)
	case typeVoicemail:
		body["id"], body["type"] = json.Number(t.ID), eventType
		w.Notify(at, path+"/voicemail", body, of...)
	case typeFax:
		w.Notify(at, path+"/fax", body, of...)
	}
}
