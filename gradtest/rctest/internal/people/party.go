package people

import (
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Party is one end of a message.
type Party struct {
	Number      string // E.164; empty: known by the extension alone
	Extension   string // id; empty: outside the account
	ShortNumber string // number of the extension
	Name        string
}

// AsPhone returns the JSON representation of a party of an SMS, fax or voicemail.
func (p Party) AsPhone() world.Object {
	o := world.Object{"phoneNumber": p.Number}
	if p.Number == "" {
		o = p.AsExtension()
	}
	if p.Name != "" {
		o["name"] = p.Name
	}
	return o
}

// AsExtension returns the JSON representation of a party of an internal message.
func (p Party) AsExtension() world.Object {
	return world.Object{"extensionId": p.Extension, "extensionNumber": p.ShortNumber, "name": p.Name}
}

// Key identifies a party.
func (p Party) Key() string {
	if p.Number != "" {
		return p.Number
	}
	return p.Extension
}

// MemberOf is an extension of the account as a party; false: there is none.
func MemberOf(w *world.World, extensionID string) (Party, bool) {
	t := w.Get(world.KindExtension, extensionID)
	if t == nil {
		return Party{}, false
	}
	p := Party{Extension: t.ID, ShortNumber: world.Text(t.Doc, "extensionNumber"), Name: world.Text(t.Doc, "name")}
	if p.Name == "" {
		contact := world.Child(t.Doc, "contact")
		p.Name = strings.TrimSpace(world.Text(contact, "firstName") + " " + world.Text(contact, "lastName"))
	}
	for _, n := range OwnNumbers(w) {
		if n.Extension == extensionID {
			p.Number = n.Phone
			break
		}
	}
	return p, true
}

// MemberByShortNumber is the extension that has a short number.
func MemberByShortNumber(w *world.World, short string) (Party, bool) {
	for _, t := range w.All(world.KindExtension) {
		if world.Text(t.Doc, "extensionNumber") == short {
			return MemberOf(w, t.ID)
		}
	}
	return Party{}, false
}

// CallerOf returns the party with a phone number.
func CallerOf(w *world.World, phone string) Party {
	phone = E164(phone)
	for _, n := range OwnNumbers(w) {
		if n.Phone == phone {
			p, _ := MemberOf(w, n.Extension)
			p.Number = phone
			return p
		}
	}
	return Party{Number: phone}
}

// OwnNumber is a phone number of the account.
type OwnNumber struct {
	Phone     string
	Extension string // id of the extension that has it; empty: the company's
	SMS       bool   // may be the sender of SMS
}

// OwnNumbers are the phone numbers that extensions have.
func OwnNumbers(w *world.World) []OwnNumber {
	var all []OwnNumber
	for _, t := range w.All(KindNumber) {
		if owner := t.Parent("extensionId"); owner != "" {
			all = append(all, OwnNumber{world.Text(t.Doc, "phoneNumber"), owner,
				slices.Contains(world.Texts(t.Doc, "features"), "SmsSender")})
		}
	}
	return all
}

// E164 returns a phone number as the platform keeps it, with its plus. A number may come without: ten digits are one of
// the account's country, which is the United States; eleven or more begin with a country. Other texts are unchanged.
// Source: the guide's samples have numbers with and without plus.
func E164(s string) string {
	s = strings.TrimSpace(s) // a plus that a client has not escaped in a query
	switch {
	case !IsDigits(s) || len(s) < 10:
		return s
	case len(s) == 10:
		return "+1" + s
	}
	return "+" + s
}

// E164s returns the phone numbers of a list or of a query, in which commas may separate them.
func E164s(values []string) []string {
	var out []string
	for _, v := range values {
		for s := range strings.SplitSeq(v, ",") {
			out = append(out, E164(s))
		}
	}
	return out
}

// IsE164 reports whether a text is a phone number with its plus, of 8 to 15 digits.
func IsE164(s string) bool {
	digits, ok := strings.CutPrefix(s, "+")
	return ok && len(digits) >= 8 && len(digits) <= 15 && IsDigits(digits) && digits[0] != '0'
}

func IsDigits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
