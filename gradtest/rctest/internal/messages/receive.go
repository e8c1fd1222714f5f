package messages

import (
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// InboundSMS is a text message to the account.
type InboundSMS struct {
	From  string   // E.164
	To    []string // E.164; the first one is a number of the account. Several make a group message
	Text  string
	Media []world.File // with media it is an MMS
}

// InboundVoicemail is a message that a caller leaves.
type InboundVoicemail struct {
	From, To      string     // E.164
	Audio         world.File // empty: a short silence
	Seconds       int        // length; zero: as much as the size of the audio suggests
	Transcription string     // empty: there is none
}

// InboundFax is a fax to the account.
type InboundFax struct {
	From, To string     // E.164
	Document world.File // empty: one blank page
	Pages    int        // zero: one
}

// ReceiveSMS puts an inbound message into the mailbox of each recipient in the account, notifies subscribers, and
// returns the message of the first recipient. Numbers must have the form in which a phone shows them, and the first
// recipient must belong to the account.
func ReceiveSMS(w *world.World, at time.Time, m InboundSMS) (world.Object, *world.Problem) {
	return w.Perform(at, func() (world.Object, *world.Problem) {
		if p := fewEnough(len(m.To)); p != nil {
			return nil, p
		}
		switch {
		case m.Text == "" && len(m.Media) == 0:
			return nil, world.Missing("text")
		case units(m.Text) > smsTextMost:
			return nil, tooLong("text", smsTextMost)
		}
		d := draft{kind: typeSMS, text: m.Text}
		var p *world.Problem
		if d.from, d.to, p = outsiders(w, m.From, m.To...); p != nil {
			return nil, p
		}
		if d.files, p = mmsAttachments(m.Media); p != nil {
			return nil, p
		}
		if status := consentWord(m.Text); status != "" {
			consent(w, at, choice{m.To[0], m.From, status, "Recipient", coversNumber})
		}
		if m.To[0] == a2pNumber {
			return receiveA2P(w, at, m.From, a2pNumber, m.Text).Doc, nil
		}
		if t := thread(w, m.To[0], m.From); t != nil {
			addThreadMessage(w, at, t, "Inbound", m.Text, d.files, "")
		}
		return arrive(w, at, d).Doc, nil
	})
}

// consentWord is what a text says that is one of the words by which carriers let people choose; empty: it is another
// text.
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
func ReceiveVoicemail(w *world.World, at time.Time, m InboundVoicemail) (world.Object, *world.Problem) {
	return w.Perform(at, func() (world.Object, *world.Problem) {
		from, to, p := toMailbox(w, m.From, m.To)
		if p != nil {
			return nil, p
		}
		audio := m.Audio
		if len(audio.Content) == 0 {
			audio = world.SampleFile("audio/mpeg")
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
			d.files = append(d.files, attached{File: world.File{Type: "text/plain", Content: []byte(m.Transcription)},
				kind: "AudioTranscription"})
		}
		return arrive(w, at, d).Doc, nil
	})
}

// ReceiveFax delivers a fax to the extension that has the number.
func ReceiveFax(w *world.World, at time.Time, m InboundFax) (world.Object, *world.Problem) {
	return w.Perform(at, func() (world.Object, *world.Problem) {
		from, to, p := toMailbox(w, m.From, m.To)
		if p != nil {
			return nil, p
		}
		document := m.Document
		if len(document.Content) == 0 {
			document = world.File{Name: "fax.pdf", Type: "application/pdf", Content: blankPage()}
		}
		files, p := faxFiles([]world.File{document})
		if p != nil {
			return nil, p
		}
		files[0].kind = "RenderedDocument"
		return arrive(w, at, draft{
			kind: typeFax, from: from, to: to, files: files,
			more: world.Object{"faxPageCount": max(1, m.Pages), "faxResolution": "High"},
		}).Doc, nil
	})
}

// arrive puts a draft into the mailboxes of those of its recipients who are of the account.
func arrive(w *world.World, at time.Time, d draft) *world.Resource {
	var first *world.Resource
	for _, to := range d.to {
		if to.Extension == "" {
			continue
		}
		if t := put(w, at, to.Extension, "Inbound", d); first == nil {
			first = t
		}
	}
	return first
}

// outsiders are the parties of what comes from outside.
func outsiders(w *world.World, from string, to ...string) (people.Party, []people.Party, *world.Problem) {
	if from == "" {
		return people.Party{}, nil, world.Missing("from")
	}
	if from = people.E164(from); !people.IsE164(from) {
		return people.Party{}, nil, world.Invalid("from", from)
	}
	out := make([]people.Party, 0, len(to))
	for _, number := range to {
		if number == "" {
			return people.Party{}, nil, world.Missing("to")
		}
		if number = people.E164(number); !people.IsE164(number) {
			return people.Party{}, nil, world.Invalid("to", number)
		}
		out = append(out, people.CallerOf(w, number))
	}
	if out[0].Extension == "" && out[0].Number != a2pNumber {
		return people.Party{}, nil, world.NotFound("to", to[0])
	}
	return people.CallerOf(w, from), out, nil
}

// toMailbox are the parties of what an extension alone can get: the number of high-volume SMS has no mailbox.
func toMailbox(w *world.World, from, to string) (people.Party, []people.Party, *world.Problem) {
	sender, all, p := outsiders(w, from, to)
	if p == nil && all[0].Extension == "" {
		p = world.NotFound("to", to)
	}
	return sender, all, p
}

// bytesPerSecond of audio of 128 kbit/s.
const bytesPerSecond = 16000

func voicemail(from, to people.Party, audio world.File, seconds int) draft {
	return draft{
		kind: typeVoicemail, from: from, to: []people.Party{to},
		files: []attached{{File: audio, kind: "AudioRecording", duration: seconds}},
		more:  world.Object{"vmTranscriptionStatus": "NotAvailable"},
	}
}

// blankPage is the smallest PDF document of one page.
func blankPage() []byte {
	return []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
}
