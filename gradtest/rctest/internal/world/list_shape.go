package world

import (
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// listShape is the structure of a list response.
type listShape struct {
	member  string       // name of the array
	record  *shape.Shape // of its members
	style   style
	isArray bool // the answer is an array, without anything around it
}

// style is the paging style of a list.
type style int

const (
	unpaged style = iota // not at all
	byPage               // page and perPage: paging, and mostly navigation
	byToken              // pageToken and perPage: paging
	byChat               // pageToken and recordCount: navigation
	bySync               // syncType and syncToken: syncInfo
	bySCIM               // startIndex and count
)

// exists reports whether the response is a list.
func (l listShape) exists() bool { return l.record != nil }

// newListShape finds the list in a response: an array of objects named records or Resources, or the only array of
// objects next to a paging object.
func newListShape(answer *shape.Shape) (listShape, bool) {
	if answer == nil {
		return listShape{}, false
	}
	if answer.Items != nil && answer.Items.Members != nil {
		return listShape{record: answer.Items, isArray: true}, true
	}
	var arrays []shape.Member
	for _, m := range answer.Members {
		if m.Shape != nil && m.Shape.Items != nil && (len(m.Shape.Items.Members) > 0 || len(m.Shape.Items.Alternatives) > 0) {
			arrays = append(arrays, m)
		}
	}
	l := listShape{style: styleOf(answer)}
	i := slices.IndexFunc(arrays, func(m shape.Member) bool { return m.Name == "records" || m.Name == "Resources" })
	if i < 0 && len(arrays) == 1 && l.style != unpaged {
		i = 0
	}
	if i < 0 {
		return listShape{}, false
	}
	l.member, l.record = arrays[i].Name, arrays[i].Shape.Items
	return l, true
}

func styleOf(answer *shape.Shape) style {
	navigation, hasNavigation := answer.Member("navigation")
	paging, hasPaging := answer.Member("paging")
	_, hasSync := answer.Member("syncInfo")
	_, hasTotal := answer.Member("totalResults")
	switch {
	case hasTotal:
		return bySCIM
	case hasSync:
		return bySync
	case hasNavigation && hasMember(navigation.Shape, "prevPageToken"):
		return byChat
	case hasPaging && (hasMember(paging.Shape, "pageToken") || hasMember(paging.Shape, "nextPageToken")):
		return byToken
	case hasPaging || hasNavigation:
		return byPage
	}
	return unpaged
}

func hasMember(s *shape.Shape, name string) bool {
	if s == nil {
		return false
	}
	_, ok := s.Member(name)
	return ok
}
