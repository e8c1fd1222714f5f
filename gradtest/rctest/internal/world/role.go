package world

import (
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// role is what an operation does, according to its method, template and response.
type role int

const (
	roleAction        role = iota // something of its own: the answer is made up, after the thing it is done to
	roleList                      // things
	roleCreate                    // a thing
	roleRead                      // a thing
	roleUpdate                    // a thing
	roleRemove                    // a thing
	roleReadSetting               // an object that has no id: there is one wherever it is
	roleUpdateSetting             //
	roleRemoveSetting             // brings it back to what it was
	roleDownload                  // content
)

// handler returns the default handler of a role.
func (r role) handler() Handler {
	switch r {
	case roleList:
		return HandleList
	case roleCreate:
		return HandleCreate
	case roleRead:
		return HandleRead
	case roleUpdate:
		return HandleUpdate
	case roleRemove:
		return HandleRemove
	case roleReadSetting:
		return HandleReadSetting
	case roleUpdateSetting:
		return handleUpdateSetting
	case roleRemoveSetting:
		return handleRemoveSetting
	case roleDownload:
		return handleDownload
	}
	return handleDefault
}

// roleOf determines the role, and the structure of a list.
func roleOf(p *Plan) role {
	if p.answer == nil && p.contentType != "" && p.op.Method == http.MethodGet {
		return roleDownload
	}
	if p.named() {
		switch p.op.Method {
		case http.MethodGet:
			return roleRead
		case http.MethodPut, http.MethodPatch:
			return roleUpdate
		case http.MethodDelete:
			return roleRemove
		}
		return roleAction
	}
	list, isList := newListShape(p.answer)
	switch p.op.Method {
	case http.MethodGet:
		// A list that is replaced as a whole is one object, not many resources.
		if isList && !hasOperation(http.MethodPut, p.op.Path) {
			p.listShape = list
			return roleList
		}
		return roleReadSetting
	case http.MethodPut, http.MethodPatch:
		if hasOperation(http.MethodGet, p.op.Path) {
			return roleUpdateSetting
		}
	case http.MethodDelete:
		if hasOperation(http.MethodPut, p.op.Path) {
			return roleRemoveSetting
		}
	case http.MethodPost:
		if isList && (strings.HasSuffix(p.op.Path, "/search") || strings.HasSuffix(p.op.Path, "/.search")) {
			p.listShape = list
			return roleList
		}
		if isCollection(p.op.Path, p.kind) {
			return roleCreate
		}
	}
	return roleAction
}

func hasOperation(method, template string) bool {
	for op := range rcapi.All() {
		if op.Method == method && op.Path == template {
			return true
		}
	}
	return false
}

// isCollection reports whether the template has resources under it: there are operations on single ones, or a domain
// says that they are visible elsewhere.
func isCollection(template, kind string) bool {
	if kind != template {
		return true
	}
	for op := range rcapi.All() {
		rest, ok := strings.CutPrefix(op.Path, template+"/{")
		if ok && strings.IndexByte(rest, '}') == len(rest)-1 {
			return true
		}
	}
	return false
}
