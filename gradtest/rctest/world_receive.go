package rctest

import (
	"fmt"
	"net/http"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// outsider is who calls and writes unless somebody is named: a contact of every user.
const outsider = "+16505550200"

// Media is content that comes with a message.
type Media struct {
	Name    string `json:"name,omitempty"`
	Type    string `json:"type,omitempty"` // content type
	Content []byte `json:"content,omitempty"`
}

// SMS is a message that somebody else sends to the account. With Media it is an MMS.
type SMS struct {
	From  string   `json:"from,omitempty"` // E.164; empty: +16505550200
	To    []string `json:"to,omitempty"`   // E.164, the first one a number of the account; empty: the first user's
	Text  string   `json:"text,omitempty"`
	Media []Media  `json:"media,omitempty"`
}

// Voicemail is a message that a caller leaves.
type Voicemail struct {
	From          string        `json:"from,omitempty"` // E.164; empty: +16505550200
	To            string        `json:"to,omitempty"`   // E.164; empty: the first user's number
	Duration      time.Duration `json:"-"`              // zero: as much as the audio suggests
	Transcription string        `json:"transcription,omitempty"`
	Audio         Media         `json:"audio,omitzero"` // empty: a short silence
}

// Fax is a fax that somebody else sends.
type Fax struct {
	From     string `json:"from,omitempty"`    // E.164; empty: +16505550200
	To       string `json:"to,omitempty"`      // E.164; empty: the first user's number
	Pages    int    `json:"pages,omitempty"`   // zero: one
	Document Media  `json:"document,omitzero"` // empty: a blank page
}

// PhoneCall is a call that somebody else makes.
type PhoneCall struct {
	From     string        `json:"from,omitempty"`     // E.164; empty: +16505550200
	Name     string        `json:"name,omitempty"`     // of the caller
	To       string        `json:"to,omitempty"`       // E.164 or an extension's number; empty: the first user
	Answered bool          `json:"answered,omitempty"` // somebody takes it; otherwise it rings
	Lasts    time.Duration `json:"-"`                  // then it ends, a call that was not answered as a missed one; zero: it goes on until the app ends it
}

// ReceiveSMS lets somebody send a message. It stands in the mailbox when ReceiveSMS returns, and subscribers are told. It
// returns the message's id, and fails with the platform's code when the message could not be: a number that is none, a
// recipient who is not of the account.
func (h *Handler) ReceiveSMS(m SMS) (id string, err error) {
	if len(m.To) == 0 {
		m.To = []string{h.user.number}
	}
	in := world.InboundSMS{From: orOutsider(m.From), To: m.To, Text: m.Text}
	for _, f := range m.Media {
		in.Media = append(in.Media, f.file())
	}
	return received(h.world.ReceiveSMS(h.clock.now(), in))
}

// ReceiveVoicemail lets somebody leave a voicemail, and returns its id. Errors as of [Handler.ReceiveSMS].
func (h *Handler) ReceiveVoicemail(m Voicemail) (id string, err error) {
	return received(h.world.ReceiveVoicemail(h.clock.now(), world.InboundVoicemail{
		From: orOutsider(m.From), To: h.orUser(m.To), Audio: m.Audio.file(), Seconds: int(m.Duration / time.Second), Transcription: m.Transcription,
	}))
}

// ReceiveFax lets somebody send a fax, and returns its id. Errors as of [Handler.ReceiveSMS].
func (h *Handler) ReceiveFax(m Fax) (id string, err error) {
	return received(h.world.ReceiveFax(h.clock.now(), world.InboundFax{
		From: orOutsider(m.From), To: h.orUser(m.To), Document: m.Document.file(), Pages: m.Pages,
	}))
}

// ReceiveCall lets somebody call, and returns the id of the telephony session, by which the app can answer, hold, record
// and end it. Time passes for calls when somebody looks at them: by [Handler.Advance] a long call is over at once. Errors
// as of [Handler.ReceiveSMS].
func (h *Handler) ReceiveCall(c PhoneCall) (session string, err error) {
	return received(h.world.ReceiveCall(h.clock.now(), world.Incoming{
		From: orOutsider(c.From), Name: c.Name, To: c.To, Answered: c.Answered, Lasts: c.Lasts,
	}))
}

func (f Media) file() world.File { return world.File{Name: f.Name, Type: f.Type, Content: f.Content} }

func orOutsider(number string) string {
	if number == "" {
		return outsider
	}
	return number
}

func (h *Handler) orUser(number string) string {
	if number == "" {
		return h.user.number
	}
	return number
}

// received is the id of what has come.
func received(o world.Object, p *world.Problem) (string, error) {
	if p != nil {
		e := p.Errors[0]
		return "", fmt.Errorf("rctest: second party: %s (%s): mend what comes in", e.Code, e.Message)
	}
	id, _ := o["id"].(string)
	return id, nil
}

// receiveEndpoints let somebody else act.
func receiveEndpoints() []endpoint {
	return []endpoint{
		{"POST", "/emulator/v1/inbound/sms", `somebody sends an SMS: {"from": "+16505550200", "to": ["+16505550101"], "text": "hi"}; all members have defaults but the text`, inbound(func(h *Handler, m *SMS) (string, error) { return h.ReceiveSMS(*m) })},
		{"POST", "/emulator/v1/inbound/voicemail", `somebody leaves a voicemail: {"duration": "20s", "transcription": "call me"}`, inbound(func(h *Handler, m *struct {
			Voicemail
			Duration span `json:"duration"`
		}) (string, error) {
			m.Voicemail.Duration = time.Duration(m.Duration)
			return h.ReceiveVoicemail(m.Voicemail)
		})},
		{"POST", "/emulator/v1/inbound/fax", `somebody sends a fax: {"pages": 2}`, inbound(func(h *Handler, m *Fax) (string, error) { return h.ReceiveFax(*m) })},
		{"POST", "/emulator/v1/inbound/call", `somebody calls: {"lasts": "20s"} is missed, {"answered": true, "lasts": "1m"} is taken, without lasts it rings until the app ends it`, inbound(func(h *Handler, m *struct {
			PhoneCall
			Lasts span `json:"lasts"`
		}) (string, error) {
			m.PhoneCall.Lasts = time.Duration(m.Lasts)
			return h.ReceiveCall(m.PhoneCall)
		})},
		{"GET", "/emulator/v1/deliveries", "the latest notifications sent to webhooks", jsonEndpoint(getDeliveries)},
	}
}

// inbound reads what comes in, and answers with its id.
func inbound[T any](receive func(*Handler, *T) (string, error)) func(*Handler, http.ResponseWriter, *http.Request) {
	return jsonEndpoint(func(h *Handler, _ *http.Request, body []byte) (any, error) {
		var m T
		if len(body) > 0 {
			if err := strictJSON(body, &m); err != nil {
				return nil, fmt.Errorf("inbound: %w", err)
			}
		}
		id, err := receive(h, &m)
		if err != nil {
			return nil, err
		}
		return map[string]string{"id": id}, nil
	})
}

func getDeliveries(h *Handler, _ *http.Request, _ []byte) (any, error) {
	type row struct {
		Time         time.Time `json:"time"`
		Address      string    `json:"address"`
		Subscription string    `json:"subscription"`
		Status       int       `json:"status,omitempty"`
		Error        string    `json:"error,omitempty"`
		Body         string    `json:"body"`
	}
	rows := []row{}
	for _, d := range h.Deliveries() {
		rows = append(rows, row{d.Time, d.Address, d.Subscription, d.Status, d.Error, string(d.Body)})
	}
	return map[string]any{"deliveries": rows}, nil
}
