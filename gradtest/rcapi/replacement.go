package rcapi

import (
	"strings"
	"sync"
)

// Replacement returns the operation that an app of edition e uses instead of o: the successor of an operation that is
// gone, or the predecessor of one that is too new. The zero Edition is the newest. ok is false if o is in the edition
// itself, or if nothing there does the same. Source: names and paths of the editions, and the guide's pages about the
// migration from Glip to Team Messaging and from Meetings to Video.
func (o Operation) Replacement(e Edition) (r Operation, ok bool) {
	if e == "" {
		e = Newest
	}
	if _, ok := o.At(e); ok {
		return Operation{}, false
	}
	if next := o.successor(); next != nil {
		if at, ok := next.At(e); ok {
			return at, true
		}
	}
	for _, old := range o.predecessors() {
		if at, ok := old.At(e); ok {
			return at, true
		}
	}
	return Operation{}, false
}

// predecessors lists, by the id of an operation, those that it replaced, in the order of the table. It is made on first
// use: a verdict asks for each endpoint that an edition lacks, and verdicts are taken before each booking of a call.
var (
	predecessors     map[string][]*Operation
	predecessorsOnce sync.Once
)

func (o Operation) predecessors() []*Operation {
	predecessorsOnce.Do(func() {
		predecessors = make(map[string][]*Operation)
		for _, old := range table {
			if next := old.successor(); next != nil {
				predecessors[next.ID] = append(predecessors[next.ID], old)
			}
		}
	})
	return predecessors[o.ID]
}

// successor returns the operation that replaced o; nil: none, or none needed.
func (o *Operation) successor() *Operation {
	if o.editions == 0 || o.editions&Newest.bit() != 0 {
		return nil
	}
	for i := range replaced {
		if replaced[i].old.ID == o.ID {
			return replaced[i].by
		}
	}
	for _, moved := range [...]struct{ from, to string }{
		{"/restapi/v1.0/glip/", "/team-messaging/v1/"},
		{"/a2p-sms/batch", "/a2p-sms/batches"},
		{"/scim/", "/scim/v2/"},
		{"/ringout", "/ring-out"},
	} {
		if before, after, ok := strings.Cut(o.Path, moved.from); ok {
			next := platform().match(o.Method, before+moved.to+after)
			if next != nil && next.editions&Newest.bit() != 0 {
				return next
			}
		}
	}
	return nil
}

// replaced lists the operations whose successors have another method or path.
var replaced = [...]struct{ old, by *Operation }{
	{&ListGlipGroups, &ListGlipChatsNew},
	{&ReadGlipGroup, &ReadGlipChatNew},
	{&CreateGlipGroup, &CreateGlipTeamNew},
	{&AssignGlipGroupMembers, &AddGlipTeamMembersNew},
	{&ListGlipGroupPosts, &ReadGlipPostsNew},
	{&CreateGlipGroupPost, &CreateGlipPostNew},
	{&ListGlipPosts, &ReadGlipPostsNew},
	{&CreatePost, &CreateGlipPostNew},
	{&UpdateGlipPostText, &PatchGlipPostNew},
	{&CreateGlipCard, &CreateGlipAdaptiveCardNew},
	{&ReadGlipCard, &GetGlipAdaptiveCardNew},
	{&UpdateGlipCard, &UpdateGlipAdaptiveCardNew},
	{&DeleteGlipCard, &DeleteGlipAdaptiveCardNew},
	{&CreateMeeting, &CreateBridge},
	{&ReadMeeting, &GetBridge},
	{&UpdateMeeting, &UpdateBridge},
	{&PatchMeeting, &UpdateBridge},
	{&DeleteMeeting, &DeleteBridge},
	{&ReadMeetingInvitation, &GetBridge},
	{&ReadMeetingServiceInfo, &GetDefaultBridge},
	{&ListMeetings, &ListVideoMeetings},
	{&ReadAccountMeeting, &GetVideoMeeting},
	{&ReadAssistedUsers, &RcvListDelegators},
	{&ListUserMeetingRecordings, &GetExtensionRecordings},
	{&ListAccountMeetingRecordings, &GetAccountRecordings},
	{&ReadMessageStoreReportArchiveContent, &ReadMessageStoreReportArchive},
}
