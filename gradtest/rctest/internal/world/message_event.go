package world

import (
	"encoding/json"
	"time"
)

// tellOfMessage tells subscribers of a change in a mailbox. The bodies are those of MessageEvent, InstantMessageEvent,
// VoicemailMessageEvent and of the fax event, which has the members of the message. Sources: the specification's schemas
// of these names, and the guide's pages on event filters.
func (w *World) tellOfMessage(at time.Time, t *thing, isNew bool) {
	extension := t.within("extensionId")
	path := w.cfg.address(extension)
	kind, direction := text(t.doc, "type"), text(t.doc, "direction")
	told := kind
	if kind == typeVoicemail {
		told = "Voicemail"
	}
	change := Object{"type": told}
	if isNew {
		change["newCount"], change["newMessageIds"] = 1, []any{json.Number(t.id)}
	} else {
		change["updatedCount"] = 1
	}
	of := []Param{{"type", told}, {"direction", direction}}
	w.tell(at, path+"/message-store", Object{
		"accountId": w.cfg.AccountID, "extensionId": extension, "lastUpdated": at, "changes": []Object{change},
	}, of...)
	if !isNew || direction != "Inbound" {
		return
	}
	body := Object{}
	for _, name := range []string{
		"to", "from", "type", "creationTime", "lastModifiedTime", "readStatus", "priority", "attachments", "direction",
		"availability", "subject", "messageStatus", "conversationId", "conversation", "vmTranscriptionStatus", "faxPageCount", "faxResolution",
	} {
		if v, ok := t.doc[name]; ok {
			body[name] = v
		}
	}
	body["id"] = t.id
	switch kind {
	case typeSMS:
		w.tell(at, path+"/message-store/instant", body, of...)
	case typeVoicemail:
		body["id"], body["type"] = json.Number(t.id), told
		w.tell(at, path+"/voicemail", body, of...)
	case typeFax:
		w.tell(at, path+"/fax", body, of...)
	}
}
