package world

import "time"

// messages is the part of the world about mailboxes: SMS, MMS, fax, internal messages and voicemail. See also
// [World.ReceiveSMS] and its like for what others send.
//
// Every message is delivered; statuses follow from the time that has passed, and nobody is told of them. There are no
// shared mailboxes, no other countries for SMS, and nothing expires. Documents are passed on as they came: faxes are not
// rendered, and pages are counted by the files.
func messages() domain {
	const extension = "/restapi/v1.0/account/{accountId}/extension/{extensionId}"
	return domain{
		kinds: map[string]string{
			extension + "/message-store":                     kindMessage,
			extension + "/message-sync":                      kindMessage,
			extension + "/sms":                               kindMessage,
			extension + "/mms":                               kindMessage,
			extension + "/fax":                               kindMessage,
			extension + "/company-pager":                     kindMessage,
			extension + "/message-store/{messageId}/content": kindAttachment,
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"listMessages": listMessages,
		},
		actions: map[string]action{
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
		own:   []string{kindMessage, kindAttachment, kindPurged},
		start: startMessages,
	}
}

// startMessages gives the first user a mailbox that somebody has used in the last hours.
func startMessages(w *World) {
	if w.cfg.Bare || len(w.cfg.Users) == 0 {
		return
	}
	first, _ := w.member(w.cfg.Users[0].ID)
	ago := func(minutes int) time.Time { return w.cfg.Now.Add(-time.Duration(minutes) * time.Minute) }
	outside := func(number string) party { return party{number: number} }
	w.put(ago(290), first.extension, "Inbound", draft{
		kind: typeFax, from: outside("+16505550163"), to: []party{first},
		files: []attached{{File: File{Name: "fax.pdf", Type: "application/pdf", Content: blankPage()}, kind: "RenderedDocument"}},
		more:  Object{"faxPageCount": 1, "faxResolution": "High"},
	})
	w.put(ago(200), first.extension, "Inbound", voicemail(outside("+16505550162"), first, sample("audio/mpeg"), 7))
	if len(w.cfg.Users) > 1 {
		second, _ := w.member(w.cfg.Users[1].ID)
		w.put(ago(150), first.extension, "Inbound", draft{kind: typePager, from: second, to: []party{first}, text: "Lunch at noon?"})
	}
	for i, text := range []string{"Hello", "Is this a good time to call?", "Please call me back"} {
		w.put(ago(120-30*i), first.extension, "Inbound", draft{
			kind: typeSMS, from: outside("+16505550161"), to: []party{first}, text: text,
		})
	}
}

func messageDomains() []domain {
	return []domain{
		messages(), messageTemplates(), messageStore(), smsRecipients(), smsConsents(), a2p(), messageThreads(), smsRegistration(),
	}
}
