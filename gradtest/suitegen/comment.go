package suitegen

import (
	"net/http"
	"slices"
	"strings"
)

// comments returns the comment lines of an endpoint: where the app calls it, and what a person must decide.
func comments(e *endpoint) string {
	var b strings.Builder
	if len(e.Sites) > 0 {
		wrap(&b, strings.Join(e.Sites, ", "))
	}
	for _, t := range todo(e) {
		wrap(&b, "TODO: "+t)
	}
	return b.String()
}

// todo returns what a person must decide before the suite runs on a real account.
func todo(e *endpoint) (all []string) {
	op := e.Op
	if e.paidBy != "" {
		return nil // the TODO is at that endpoint
	}
	if e.exempt != "" {
		return []string{"find " + strings.Join(op.Missing(nil), " and ") + " in Prepare, and remove Exempt."}
	}
	if op.Paid() {
		all = append(all, "costs money on a real account: "+paidMember(op.ID)+".")
	}
	for _, s := range e.ids {
		if s.fresh && s.op.Paid() {
			all = append(all, s.op.ID+" in Prepare costs money on a real account.")
		}
	}
	if e.pays != "" {
		all = append(all, "set Exempt of "+e.pays+": it needs no calls but these, and each costs money.")
	}
	if e.body != nil {
		for _, called := range e.body.calls() {
			if called.Paid() {
				all = append(all, called.ID+" in Prepare costs money on a real account.")
			}
		}
		if strings.Contains(e.body.json, hook) {
			all = append(all, "set deliveryMode.address to a public https address that answers with the Validation-Token.")
		}
	}
	if slices.Contains(op.RequiredQuery, "webhook") {
		all = append(all, "set the query parameter webhook to a public https address that takes the result.")
	}
	if e.takesFromUser() {
		all = append(all, "this removes data of the user or account, not something that the suite has made.")
	}
	if slices.Contains(replacing, op.ID) {
		all = append(all, "this changes numbers of the account, not something that the suite has made.")
	}
	if e.read.ID == "" && e.body != nil && !hasKnownBody(op) {
		if members := invented(e.body.json); len(members) > 0 {
			all = append(all, "set "+strings.Join(members, ", ")+" to what the account has; the emulator takes any.")
		}
	}
	return all
}

// replacing are operations that change what the account has and that no second call undoes.
var replacing = []string{"replacePhoneNumberV2"}

// takesFromUser reports whether a removal takes what is there, not what the suite has made.
func (e *endpoint) takesFromUser() bool {
	return e.Op.Method == http.MethodDelete && !slices.ContainsFunc(e.ids, func(s source) bool { return s.fresh })
}

// paidMember says what to decide about a paid call.
func paidMember(id string) string {
	switch {
	case strings.Contains(id, "RingOut"):
		return "set to.phoneNumber to a phone that may ring"
	case strings.Contains(id, "CallOut"):
		return "set to.phoneNumber to a phone that may ring, from.deviceId to the device that calls it"
	case strings.Contains(id, "Fax"):
		return "set to.phoneNumber to a fax machine that may print it"
	case strings.Contains(id, "A2P"):
		return "set messages.to to a phone that may receive it"
	}
	return "set to.phoneNumber to a phone that may receive it"
}

// commentWidth is the longest comment line, without its indentation.
const commentWidth = 100

// wrap writes a comment in lines of a bounded width.
func wrap(b *strings.Builder, text string) {
	line := "//"
	for word := range strings.FieldsSeq(text) {
		if len(line)+1+len(word) > commentWidth && line != "//" {
			b.WriteString(line + "\n")
			line = "//"
		}
		line += " " + word
	}
	b.WriteString(line + "\n")
}
