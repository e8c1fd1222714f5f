package messages

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// messages is the domain of mailboxes: SMS, MMS, fax, internal messages and voicemail. See also
// [ReceiveSMS], [ReceiveFax] and [ReceiveVoicemail] for inbound messages.
//
// Every message is delivered. Its status depends on the time that has passed; a status change sends no notification.
// There are no shared mailboxes, no other countries for SMS, and nothing expires. Documents are passed on unchanged:
// faxes are not rendered, and each file, and the cover page, counts as one page.
func messages() world.Domain {
	const extension = "/restapi/v1.0/account/{accountId}/extension/{extensionId}"
	return world.Domain{
		Kinds: map[string]string{
			extension + "/message-store":                     kindMessage,
			extension + "/message-sync":                      kindMessage,
			extension + "/sms":                               kindMessage,
			extension + "/mms":                               kindMessage,
			extension + "/fax":                               kindMessage,
			extension + "/company-pager":                     kindMessage,
			extension + "/message-store/{messageId}/content": kindAttachment,
		},
		Lists: map[string]world.Lister{
			"listMessages": listMessages,
		},
		Handlers: map[string]world.Handler{
			"createSMSMessage":          sendSMS,
			"createMMS":                 sendSMS,
			"createFaxMessage":          sendFax,
			"createInternalTextMessage": sendPager,
			"readMessage":               readMessage,
			"updateMessage":             updateMessage,
			"patchMessage":              updateMessage,
			"deleteMessage":             deleteMessage,
			"deleteMessageByFilter":     deleteMessages,
			"syncMessages":              syncMessages,
			"readMessageContent":        readContent,
		},
		Owned: []string{kindMessage, kindAttachment, kindPurged},
		Seed:  seedMessages,
	}
}

// seedMessages gives the first user a mailbox with messages from the last few hours.
func seedMessages(w *world.World) {
	if w.Config.Bare || len(w.Config.Users) == 0 {
		return
	}
	first, _ := people.MemberOf(w, w.Config.Users[0].ID)
	ago := func(minutes int) time.Time { return w.Config.Now.Add(-time.Duration(minutes) * time.Minute) }
	outside := func(number string) people.Party { return people.Party{Number: number} }
	put(w, ago(290), first.Extension, "Inbound", draft{
		kind: typeFax, from: outside("+16505550163"), to: []people.Party{first},
		files: []attached{{File: world.File{Name: "fax.pdf", Type: "application/pdf", Content: blankPage()},
			kind: "RenderedDocument"}},
		more: world.Object{"faxPageCount": 1, "faxResolution": "High"},
	})
	put(w, ago(200), first.Extension, "Inbound", voicemail(outside("+16505550162"), first, world.SampleFile("audio/mpeg"),
		7))
	if len(w.Config.Users) > 1 {
		second, _ := people.MemberOf(w, w.Config.Users[1].ID)
		put(w, ago(150), first.Extension, "Inbound", draft{kind: typePager, from: second, to: []people.Party{first},
			text: "Lunch at noon?"})
	}
	for i, text := range []string{"Hello", "Is this a good time to call?", "Please call me back"} {
		put(w, ago(120-30*i), first.Extension, "Inbound", draft{
			kind: typeSMS, from: outside("+16505550161"), to: []people.Party{first}, text: text,
		})
	}
}

func Domains() []world.Domain {
	return []world.Domain{
		messages(), messageTemplates(), messageStore(), smsRecipients(), smsConsents(), a2p(), messageThreads(),
		smsRegistration(),
	}
}
