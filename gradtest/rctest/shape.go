package rctest

import (
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// shape is the form of an operation's successful answer.
type shape struct {
	status  int
	members string // of a list: the name of the array
	style   style  // of a list
	media   string // of a download: the type of its content
	noun    string // last literal segment of the path
	numeric bool   // ids are numbers
	creates bool   // makes a thing, which gets an id of its own
	uuid    bool   // ids of things made are UUIDs
	idParam string // names the thing that is spoken of; empty: the user or the account
	kept    string // last segment of the address where things made are found; empty: where they were posted
	fields  func(*exchange, *text, thing)
	records records
	check   func(*exchange, []byte) *problem // of the request's body
}

// home is the path that a thing made is found under.
func (s *shape) home(path string) string {
	if s.kept == "" {
		return path
	}
	return path[:strings.LastIndexByte(path, '/')+1] + s.kept
}

// style is how a list is cut into pages.
type style int

const (
	byPage  style = iota // page and perPage: paging and navigation
	byToken              // pageToken and perPage: paging
	byChat               // recordCount and pageToken: navigation
	bySync               // syncType and syncToken: syncInfo
)

// newShape goes by the operation's method, path and name. What it takes for an object and is none has members that the
// real answer lacks, which clients ignore.
func newShape(op rcapi.Operation, status int) *shape {
	s := &shape{status: status, noun: noun(op.Path), idParam: idParam(op), members: members(op), style: styleOf(op)}
	s.creates = op.Method == http.MethodPost && (status == http.StatusCreated || s.idParam == "")
	s.numeric = numeric(op.Path, s.noun)
	return s
}

// answer is how a success of this shape is written.
func (s *shape) answer(op rcapi.Operation) func(*exchange, *shape) *problem {
	switch {
	case s.status == http.StatusNoContent:
		return replyEmpty
	case s.media != "":
		return replyMedia
	case strings.HasPrefix(op.Path, "/scim/"):
		return replySCIM
	case op.ID == rcapi.CreateGlipFileNew.ID:
		return replyFiles
	case s.members != "":
		return replyList
	}
	return replyObject
}

// members is the name of the array that a list has, as far as the operation's name gives it away.
func members(op rcapi.Operation) string {
	name := strings.ToLower(op.ID)
	switch {
	case op.Method == http.MethodGet && (strings.HasPrefix(name, "list") || strings.Contains(name, "sync")),
		op.Method == http.MethodGet && strings.HasPrefix(name, "mthlist"),
		op.Method == http.MethodGet && strings.HasPrefix(name, "rcw") && strings.Contains(name, "list"),
		op.Method == http.MethodPost && strings.Contains(name, "search"):
		return "records"
	}
	return ""
}

func styleOf(op rcapi.Operation) style {
	name := strings.ToLower(op.ID)
	switch {
	case strings.HasPrefix(op.Path, "/team-messaging/"):
		return byChat
	case strings.Contains(name, "sync"):
		return bySync
	case strings.HasPrefix(op.Path, "/restapi/v1.0/") && !strings.Contains(op.Path, "/a2p-sms/") && !strings.Contains(op.Path, "/message-threads"):
		return byPage
	}
	return byToken
}

// idParam is the parameter that names the thing an operation is about: the last one beside account and extension.
func idParam(op rcapi.Operation) string {
	for i := len(op.PathParams) - 1; i >= 0; i-- {
		if p := op.PathParams[i]; p != "accountId" && p != "extensionId" {
			return p
		}
	}
	return ""
}

// noun is the last literal segment of a path.
func noun(path string) string {
	last := ""
	for segment := range strings.SplitSeq(path[1:], "/") {
		if segment != "" && segment[0] != '{' {
			last = segment
		}
	}
	return last
}

// numeric reports whether the ids are numbers in JSON: so in the older parts of v1.0, and nowhere else.
func numeric(path, noun string) bool {
	if !strings.HasPrefix(path, "/restapi/v1.0/") {
		return false
	}
	switch noun {
	case "account", "extension", "contact", "address-book-sync", "favorite", "phone-number", "sms", "mms", "fax", "company-pager",
		"message-store", "message-sync", "sms-registration-brands", "campaigns":
		return true
	case "members":
		return !strings.Contains(path, "/call-monitoring-groups/")
	case "messages":
		return strings.Contains(path, "/a2p-sms/")
	}
	return false
}
