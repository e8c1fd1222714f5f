package world

import (
	"slices"
	"strings"
)

// actors says who may act for another extension of the account, by its id in the path. Of operations that are in
// neither list no source says anything: they are open to every user.
var actors = []struct {
	operations string // ids, separated by spaces
	admin      bool   // an administrator may, which is the first user
	source     string
}{
	{"createSMSMessage createMMS createFaxMessage createInternalTextMessage", false,
		"community.ringcentral.com, article of the staff on CMN-419: each sender needs credentials of their own"},
	{"readUserCallLog readUserCallRecord listMessages readMessage updateMessage deleteMessage deleteMessageByFilter " +
		"syncMessages listForwardingNumbers readForwardingNumber updateUserProfileImage", true,
		"error codes of the edition of 2021, which have CMN-419 here too"},
}

// mayAct refuses a request for another extension that the user may not make.
func (w *World) mayAct(p *Plan, q *Request) *Problem {
	extension := q.Param("extensionId")
	if extension == "" || extension == q.User || len(w.Config.Users) == 0 {
		return nil
	}
	for _, a := range actors {
		if !slices.Contains(strings.Fields(a.operations), p.op.ID) || a.admin && q.User == w.Config.Users[0].ID {
			continue
		}
		permission := p.op.Permission
		return problemOtherExtension.New(permission).with("permissionName", permission)
	}
	return nil
}
