package world

import (
	"slices"
	"strings"
)

// party is one end of a message.
type party struct {
	number    string // E.164; empty: known by the extension alone
	extension string // id; empty: nobody of the account
	short     string // number of the extension
	name      string
}

// asPhone is how a party of SMS, fax or voicemail is told.
func (p party) asPhone() Object {
	o := Object{"phoneNumber": p.number}
	if p.number == "" {
		o = p.asExtension()
	}
	if p.name != "" {
		o["name"] = p.name
	}
	return o
}

// asExtension is how a party of an internal message is told.
func (p party) asExtension() Object {
	return Object{"extensionId": p.extension, "extensionNumber": p.short, "name": p.name}
}

// key tells parties apart.
func (p party) key() string {
	if p.number != "" {
		return p.number
	}
	return p.extension
}

// member is an extension of the account as a party; false: there is none.
func (w *World) member(extensionID string) (party, bool) {
	t := w.get(kindExtension, extensionID)
	if t == nil {
		return party{}, false
	}
	p := party{extension: t.id, short: text(t.doc, "extensionNumber"), name: text(t.doc, "name")}
	if p.name == "" {
		contact := object(t.doc, "contact")
		p.name = strings.TrimSpace(text(contact, "firstName") + " " + text(contact, "lastName"))
	}
	for _, n := range w.numbers() {
		if n.extension == extensionID {
			p.number = n.phone
			break
		}
	}
	return p, true
}

// memberByShort is the extension that has a short number.
func (w *World) memberByShort(short string) (party, bool) {
	for _, t := range w.all(kindExtension) {
		if text(t.doc, "extensionNumber") == short {
			return w.member(t.id)
		}
	}
	return party{}, false
}

// caller is whoever has a phone number.
func (w *World) caller(phone string) party {
	for _, n := range w.numbers() {
		if n.phone == phone {
			p, _ := w.member(n.extension)
			p.number = phone
			return p
		}
	}
	return party{number: phone}
}

// ownNumber is a phone number of the account.
type ownNumber struct {
	phone     string
	extension string // id of the extension that has it; empty: the company's
	sms       bool   // may be the sender of SMS
}

// numbers are the phone numbers that extensions have.
func (w *World) numbers() []ownNumber {
	var all []ownNumber
	for _, t := range w.all(kindNumber) {
		if owner := t.within("extensionId"); owner != "" {
			all = append(all, ownNumber{text(t.doc, "phoneNumber"), owner, slices.Contains(texts(t.doc, "features"), "SmsSender")})
		}
	}
	return all
}

// isE164 reports whether a text is a phone number with its plus, of 8 to 15 digits.
func isE164(s string) bool {
	digits, ok := strings.CutPrefix(s, "+")
	return ok && len(digits) >= 8 && len(digits) <= 15 && isDigits(digits) && digits[0] != '0'
}

func isDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
