package world

import (
	"net/http"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// role is what an operation does, as far as its method, its template and its answer tell.
type role int

const (
	acts           role = iota // something of its own: the answer is made up, after the thing it is done to
	lists                      // things
	makes                      // a thing
	reads                      // a thing
	updates                    // a thing
	removes                    // a thing
	readsSetting               // an object that has no id: there is one wherever it is
	updatesSetting             //
	removesSetting             // brings it back to what it was
	downloads                  // content
)

// action carries a role out.
func (r role) action() action {
	switch r {
	case lists:
		return replyList
	case makes:
		return create
	case reads:
		return read
	case updates:
		return update
	case removes:
		return remove
	case readsSetting:
		return readSetting
	case updatesSetting:
		return updateSetting
	case removesSetting:
		return removeSetting
	case downloads:
		return download
	}
	return act
}

// roleOf settles the role, and for a list what it is like.
func roleOf(p *Plan) role {
	if p.answer == nil && p.kindOfContent != "" && p.op.Method == http.MethodGet {
		return downloads
	}
	if p.named() {
		switch p.op.Method {
		case http.MethodGet:
			return reads
		case http.MethodPut, http.MethodPatch:
			return updates
		case http.MethodDelete:
			return removes
		}
		return acts
	}
	list, isList := newListing(p.answer)
	switch p.op.Method {
	case http.MethodGet:
		// A list that can be put as a whole is one object, not many things.
		if isList && !has(http.MethodPut, p.op.Path) {
			p.list = list
			return lists
		}
		return readsSetting
	case http.MethodPut, http.MethodPatch:
		if has(http.MethodGet, p.op.Path) {
			return updatesSetting
		}
	case http.MethodDelete:
		if has(http.MethodPut, p.op.Path) {
			return removesSetting
		}
	case http.MethodPost:
		if isList && (strings.HasSuffix(p.op.Path, "/search") || strings.HasSuffix(p.op.Path, "/.search")) {
			p.list = list
			return lists
		}
		if collects(p.op.Path, p.kind) {
			return makes
		}
	}
	return acts
}

func has(method, template string) bool {
	for op := range rcapi.All() {
		if op.Method == method && op.Path == template {
			return true
		}
	}
	return false
}

// collects reports whether things are found under the template: it has operations on single ones, or a domain says that
// they are found elsewhere.
func collects(template, kind string) bool {
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
