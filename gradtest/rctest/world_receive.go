package rctest

import (
	"fmt"
	"net/http"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/calls"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/messages"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// outsider is the default sender and caller: a contact of every user.
const outsider = "+16505550200"

// Media is an attachment.
type Media struct {
	Name    string `json:"name,omitempty"`
	Type    string `json:"type,omitempty"` // content type
	Content []byte `json:"content,omitempty"`
}

// SMS is a message from outside to the account. With Media it is an MMS.
type SMS struct {
	From  string   `json:"from,omitempty"` // E.164; empty: +16505550200
	To    []string `json:"to,omitempty"`   // E.164; the first must be a number of the account; empty: the first user's
	Text  string   `json:"text,omitempty"`
	Media []Media  `json:"media,omitempty"`
}

// Voicemail is a voice message from outside.
type Voicemail struct {
	From          string        `json:"from,omitempty"` // E.164; empty: +16505550200
	To            string        `json:"to,omitempty"`   // E.164; empty: the first user's number
	Duration      time.Duration `json:"-"`              // zero: estimated from the audio
	Transcription string        `json:"transcription,omitempty"`
	Audio         Media         `json:"audio,omitzero"` // empty: a short silence
}

// Fax is a fax from outside.
type Fax struct {
	From     string `json:"from,omitempty"`    // E.164; empty: +16505550200
	To       string `json:"to,omitempty"`      // E.164; empty: the first user's number
	Pages    int    `json:"pages,omitempty"`   // zero: one
	Document Media  `json:"document,omitzero"` // empty: a blank page
}

// PhoneCall is a call from outside.
type PhoneCall struct {
	From     string `json:"from,omitempty"`     // E.164; empty: +16505550200
	Name     string `json:"name,omitempty"`     // of the caller
	To       string `json:"to,omitempty"`       // E.164 or an extension's number; empty: the first user
	Answered bool   `json:"answered,omitempty"` // it is answered at once; otherwise it rings

	// Lasts is when the call ends; if it was not answered until then, it is a missed call. Zero: the app ends it.
	Lasts time.Duration `json:"-"`
}

// ReceiveSMS delivers a message from outside. It returns the message's id once the message is in the mailbox;
// subscribers are notified. The error carries the platform's error code, for example for an invalid number or a
// recipient that is not in the account.
func (h *Handler) ReceiveSMS(m SMS) (id string, err error) {
	if len(m.To) == 0 {
		m.To = []string{h.user.number}
	}
	in := messages.InboundSMS{From: orOutsider(m.From), To: m.To, Text: m.Text}
	for _, f := range m.Media {
		in.Media = append(in.Media, f.file())
	}
	return received(messages.ReceiveSMS(h.world, h.clock.now(), in))
}

// ReceiveVoicemail delivers a voicemail and returns its id. Errors are those of [Handler.ReceiveSMS].
func (h *Handler) ReceiveVoicemail(m Voicemail) (id string, err error) {
	return received(messages.ReceiveVoicemail(h.world, h.clock.now(), messages.InboundVoicemail{
		From: orOutsider(m.From), To: h.orUser(m.To), Audio: m.Audio.file(),
		Seconds: int(m.Duration / time.Second), Transcription: m.Transcription,
	}))
}

// ReceiveFax delivers a fax and returns its id. Errors are those of [Handler.ReceiveSMS].
func (h *Handler) ReceiveFax(m Fax) (id string, err error) {
	return received(messages.ReceiveFax(h.world, h.clock.now(), messages.InboundFax{
		From: orOutsider(m.From), To: h.orUser(m.To), Document: m.Document.file(), Pages: m.Pages,
	}))
}

// ReceiveCall starts a call from outside and returns the id of its telephony session, with which the app can answer,
// hold, record and end the call. The state of a call is brought up to date when it is read, so [Handler.Advance] ends a
// long call at once. Errors are those of [Handler.ReceiveSMS].
func (h *Handler) ReceiveCall(c PhoneCall) (session string, err error) {
	return received(calls.Receive(h.world, h.clock.now(), calls.Incoming{
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

// received returns the id of a delivered item.
func received(o world.Object, p *world.Problem) (string, error) {
	if p != nil {
		e := p.Errors[0]
		return "", fmt.Errorf("rctest: receive: %s (%s): fix the field that the message names", e.Code, e.Message)
	}
	id, _ := o["id"].(string)
	return id, nil
}

// receiveEndpoints deliver messages and calls from outside.
func receiveEndpoints() []endpoint {
	return []endpoint{
		{
			"POST", "/emulator/v1/inbound/sms",
			`delivers an SMS: {"from": "+16505550200", "to": ["+16505550101"], "text": "hi"}; only text has no default`,
			inbound(func(h *Handler, m *SMS) (string, error) { return h.ReceiveSMS(*m) }),
		},
		{
			"POST", "/emulator/v1/inbound/voicemail", `delivers a voicemail: {"duration": "20s", "transcription": "call me"}`,
			inbound(func(h *Handler, m *struct {
				Voicemail
				Duration span `json:"duration"`
			}) (string, error) {
				m.Voicemail.Duration = time.Duration(m.Duration)
				return h.ReceiveVoicemail(m.Voicemail)
			}),
		},
		{
			"POST", "/emulator/v1/inbound/fax", `delivers a fax: {"pages": 2}`,
			inbound(func(h *Handler, m *Fax) (string, error) { return h.ReceiveFax(*m) }),
		},
		{
			"POST", "/emulator/v1/inbound/call",
			`starts a call: {"lasts": "20s"} is missed, {"answered": true, "lasts": "1m"} answered; without lasts the app ends it`,
			inbound(func(h *Handler, m *struct {
				PhoneCall
				Lasts span `json:"lasts"`
			}) (string, error) {
				m.PhoneCall.Lasts = time.Duration(m.Lasts)
				return h.ReceiveCall(m.PhoneCall)
			}),
		},
		{"GET", "/emulator/v1/deliveries", "latest notifications sent to webhooks", jsonEndpoint(getDeliveries)},
	}
}

// inbound makes an endpoint that delivers the request's JSON and returns the id of what was delivered.
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
