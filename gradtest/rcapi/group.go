package rcapi

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Group is a unit in which the platform limits the rate of calls, per user and app: a usage-plan group, or a limit that
// one service sets beside the usage plan.
//
// The platform may add groups, and its headers write them in lower case: compare the names of [Operation.Groups] and
// [Group.Header] rather than spellings. The zero Group means that the group is not known.
type Group string

// The groups. Adding one takes a constant here and a row in the table below.
const (
	NoThrottling Group = "NoThrottling" // not limited
	Light        Group = "Light"
	Medium       Group = "Medium"
	Heavy        Group = "Heavy"
	Auth         Group = "Auth"
	SMS          Group = "SMS" // a limit of the SMS service
	MMS          Group = "MMS" // a limit of the MMS service
)

// groups is the only list of groups, cheapest first. Every other figure and order is derived from it.
//
// Each row has its slice for [Operation.Groups] at hand, so that charging a call allocates nothing. The last name in
// charges is the group's own header name. The documented penalty of every group is as long as its window.
var groups = [...]struct {
	group   Group
	calls   int // 0: unlimited
	window  time.Duration
	charges []string
	path    string // of the POST requests that a service limits; empty: a usage-plan group
}{
	{NoThrottling, 0, time.Minute, []string{"nothrottling"}, ""},
	{Light, 50, time.Minute, []string{"light"}, ""},
	{MMS, 50, time.Minute, []string{"medium", "mms"}, "/restapi/v1.0/account/{accountId}/extension/{extensionId}/mms"},
	{Medium, 40, time.Minute, []string{"medium"}, ""},
	{SMS, 40, time.Minute, []string{"medium", "sms"}, "/restapi/v1.0/account/{accountId}/extension/{extensionId}/sms"},
	{Heavy, 10, time.Minute, []string{"heavy"}, ""},
	{Auth, 5, time.Minute, []string{"auth"}, ""},
}

// unknownCharges are the groups of a call whose group is not known. The platform once booked unknown addresses as
// Medium. A call that is missing from the group where the platform books it is how a 429 comes about, so it is
// charged to each group that it may be booked in.
var unknownCharges = []string{"heavy", "medium", "light"}

// GroupInfo describes a group and its documented default limit. An app's own figures can differ: the platform states
// them in the X-Rate-Limit headers of its answers.
type GroupInfo struct {
	Group   Group
	Header  string        // its name in the X-Rate-Limit-Group header and in Operation.Groups, in lower case
	Calls   int           // at most so many calls in a sliding window; 0: unlimited
	Window  time.Duration // length of the window
	Penalty time.Duration // how long the group is refused after a 429
	Service bool          // a service's own limit, which no header confirms; false: a usage-plan group
}

// Groups returns all groups, cheapest first. The slice is the caller's.
func Groups() []GroupInfo {
	out := make([]GroupInfo, len(groups))
	for i, g := range groups {
		out[i] = GroupInfo{
			Group: g.group, Header: g.charges[len(g.charges)-1],
			Calls: g.calls, Window: g.window, Penalty: g.window, Service: g.path != "",
		}
	}
	return out
}

// Cost ranks groups by how much a call costs: the tighter the limit, the higher. An unknown group costs most.
func (g Group) Cost() int {
	if i := g.index(); i >= 0 {
		return i
	}
	return len(groups)
}

// Header returns the name of g in the X-Rate-Limit-Group header and in [Operation.Groups]: g in lower case.
func (g Group) Header() string { return strings.ToLower(string(g)) }

// GoString returns g as Go source, such as rcapi.Light.
func (g Group) GoString() string {
	if i := g.index(); i >= 0 && groups[i].group == g {
		return "rcapi." + string(g)
	}
	return fmt.Sprintf("%q", string(g))
}

// Groups returns the header names of the groups that one call is charged to: its usage-plan group, then the limits of
// single services (SMS, MMS). Nil means that the operation is not limited.
//
// An operation whose group is not known, such as the zero Operation for a path that the catalogue lacks, is charged to
// heavy, medium and light: it is paced as the slowest of them, and fits wherever the platform books it. The slice is
// shared and must not be changed.
func (o Operation) Groups() []string {
	charges := o.Group.charges()
	if o.Method != "POST" {
		return charges
	}
	for i := range groups {
		s := &groups[i]
		switch {
		case s.path == "" || s.path != o.Path:
		case len(charges) == 1 && charges[0] == s.charges[0]:
			return s.charges
		default:
			return append(slices.Clip(charges), s.charges[len(s.charges)-1])
		}
	}
	return charges
}

func (g Group) charges() []string {
	if g == "" {
		return unknownCharges
	}
	i := g.index()
	switch {
	case i < 0:
		return []string{g.Header()}
	case groups[i].calls == 0:
		return nil
	}
	return groups[i].charges
}

// index finds the row of g, whose case does not matter; -1: none.
func (g Group) index() int {
	for i := range groups {
		if groups[i].group == g {
			return i
		}
	}
	for i := range groups {
		if strings.EqualFold(string(groups[i].group), string(g)) {
			return i
		}
	}
	return -1
}
