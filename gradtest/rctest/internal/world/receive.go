package world

import (
	"strings"
	"time"
)

// InboundSMS is a text message that somebody else sends.
type InboundSMS struct {
	From  string   // E.164
	To    []string // E.164; the first one is a number of the account. Several make a group message
	Text  string
	Media []File // with media it is an MMS
}

// InboundVoicemail is a message that a caller leaves.
type InboundVoicemail struct {
	From, To      string // E.164
	Audio         File   // empty: a short silence
	Seconds       int    // length; zero: as much as the size of the audio suggests
	Transcription string // empty: there is none
}

// InboundFax is a fax that somebody else sends.
type InboundFax struct {
	From, To string // E.164
	Document File   // empty: one blank page
	Pages    int    // zero: one
}

// ReceiveSMS puts a message that somebody else sends into the mailbox of each recipient who is of the account, tells
// subscribers, and returns the first one's message. Numbers must be such as a phone shows them, and the first recipient
// must be of the account.
func (w *World) ReceiveSMS(at time.Time, m InboundSMS) (Object, *Problem) {
	return w.Perform(at, func() (Object, *Problem) {
		if p := fewEnough(len(m.To)); p != nil {
			return nil, p
		}
		switch {
		case m.Text == "" && len(m.Media) == 0:
			return nil, missing("text")
		case units(m.Text) > smsTextMost:
			return nil, tooLong("text", smsTextMost)
		}
		d := draft{kind: typeSMS, text: m.Text}
		var p *Problem
		if d.from, d.to, p = w.outsiders(m.From, m.To...); p != nil {
			return nil, p
		}
		if d.files, p = mmsAttachments(m.Media); p != nil {
			return nil, p
		}
		if status := consentWord(m.Text); status != "" {
			w.consent(at, choice{m.To[0], m.From, status, "Recipient", coversNumber})
		}
		if m.To[0] == a2pNumber {
			return w.receiveA2P(at, m.From, a2pNumber, m.Text).doc, nil
		}
		if t := w.thread(m.To[0], m.From); t != nil {
			w.addThreadMessage(at, t, "Inbound", m.Text, d.files, "")
		}
		return w.arrive(at, d).doc, nil
	})
}

// consentWord is what a text says that is one of the words by which carriers let people choose; empty: it is another text.
func consentWord(s string) string {
	switch strings.ToUpper(strings.TrimSpace(s)) {
	case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT":
		return "OptOut"
	case "START", "UNSTOP", "YES":
		return "OptIn"
	}
	return ""
}

// ReceiveVoicemail leaves a voicemail for the extension that has the number.
func (w *World) ReceiveVoicemail(at time.Time, m InboundVoicemail) (Object, *Problem) {
	return w.Perform(at, func() (Object, *Problem) {
		from, to, p := w.toMailbox(m.From, m.To)
		if p != nil {
			return nil, p
		}
		audio := m.Audio
		if len(audio.Content) == 0 {
			audio = sample("audio/mpeg")
		}
		if audio.Type == "" {
			audio.Type = "audio/mpeg"
		}
		seconds := m.Seconds
		if seconds <= 0 {
			seconds = max(1, len(audio.Content)/bytesPerSecond)
		}
		d := voicemail(from, to[0], audio, seconds)
		if m.Transcription != "" {
			d.more["vmTranscriptionStatus"] = "Completed"
			d.files = append(d.files, attached{File: File{Type: "text/plain", Content: []byte(m.Transcription)}, kind: "AudioTranscription"})
		}
		return w.arrive(at, d).doc, nil
	})
}

// ReceiveFax delivers a fax to the extension that has the number.
func (w *World) ReceiveFax(at time.Time, m InboundFax) (Object, *Problem) {
	return w.Perform(at, func() (Object, *Problem) {
		from, to, p := w.toMailbox(m.From, m.To)
		if p != nil {
			return nil, p
		}
		document := m.Document
		if len(document.Content) == 0 {
			document = File{Name: "fax.pdf", Type: "application/pdf", Content: blankPage()}
		}
		files, p := faxFiles([]File{document})
		if p != nil {
			return nil, p
		}
		files[0].kind = "RenderedDocument"
		return w.arrive(at, draft{
			kind: typeFax, from: from, to: to, files: files,
			more: Object{"faxPageCount": max(1, m.Pages), "faxResolution": "High"},
		}).doc, nil
	})
}

// arrive puts a draft into the mailboxes of those of its recipients who are of the account.
func (w *World) arrive(at time.Time, d draft) *thing {
	var first *thing
	for _, to := range d.to {
		if to.extension == "" {
			continue
		}
		if t := w.put(at, to.extension, "Inbound", d); first == nil {
			first = t
		}
	}
	return first
}

// outsiders are the parties of what comes from outside.
func (w *World) outsiders(from string, to ...string) (party, []party, *Problem) {
	if from == "" {
		return party{}, nil, missing("from")
	}
	if !isE164(from) {
		return party{}, nil, invalid("from", from)
	}
	out := make([]party, 0, len(to))
	for _, number := range to {
		if number == "" {
			return party{}, nil, missing("to")
		}
		if !isE164(number) {
			return party{}, nil, invalid("to", number)
		}
		out = append(out, w.caller(number))
	}
	if out[0].extension == "" && to[0] != a2pNumber {
		return party{}, nil, unknown("to", to[0])
	}
	return w.caller(from), out, nil
}

// toMailbox are the parties of what an extension alone can get: the number of high-volume SMS has no mailbox.
func (w *World) toMailbox(from, to string) (party, []party, *Problem) {
	sender, all, p := w.outsiders(from, to)
	if p == nil && all[0].extension == "" {
		p = unknown("to", to)
	}
	return sender, all, p
}

// bytesPerSecond of audio of 128 kbit/s.
const bytesPerSecond = 16000

func voicemail(from, to party, audio File, seconds int) draft {
	return draft{
		kind: typeVoicemail, from: from, to: []party{to},
		files: []attached{{File: audio, kind: "AudioRecording", duration: seconds}},
		more:  Object{"vmTranscriptionStatus": "NotAvailable"},
	}
}

// blankPage is the smallest PDF document of one page.
func blankPage() []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
}
