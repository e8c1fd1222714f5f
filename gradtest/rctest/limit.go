package rctest

import (
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// Limits that the platform has in addition to those of its usage-plan groups. They are keys of [Config.Limits] and
// [Config.Windows]. A call that exceeds one gets a 429 without X-Rate-Limit headers, and still uses quota of its
// group. No source says whether these limits have a penalty interval; here they have the same one as the groups.
const (
	LimitSMS     rcapi.Group = "SMS"     // messages that a user sends with CreateSMSMessage: 40 (MSG-305)
	LimitMMS     rcapi.Group = "MMS"     // messages that a user sends with CreateMMS: 50 (MSG-305)
	LimitAccount rcapi.Group = "Account" // calls with a token of the account, of all users; off unless set (CMN-302)
	LimitAddress rcapi.Group = "Address" // requests of any kind from one network address; off unless set (CMN-310)

	// LimitSubscriptions is the number of subscriptions that a user may have with the app at a time: 30 (403, SUB-505).
	// It has no window.
	LimitSubscriptions rcapi.Group = "Subscriptions"
)

// limitID is the index of a limit in limitTable and in every array that is kept per limit.
type limitID int

// The limits of a user come first, so that a user has an array of userLimits buckets.
const (
	limitLight limitID = iota
	limitMedium
	limitHeavy
	limitAuth
	limitSMS
	limitMMS
	limitAccount
	limitAddress
	limitSubscriptions

	limitCount = iota

	userLimits         = limitAccount
	noLimit    limitID = -1
)

// limitTable has every limit with the platform's documented number of calls per window; 0 is unlimited.
//
// The numbers are the emulator's own. Package rcapi has a table of the usage-plan groups too, from which the client
// side paces its calls. If both sides read one table, a wrong number in it would be invisible: the client would keep to
// it and the emulator would enforce it. Names of groups come from rcapi, for a name cannot be wrong in that way.
var limitTable = [limitCount]struct {
	name  rcapi.Group
	calls int
}{
	limitLight:         {rcapi.Light, 50},
	limitMedium:        {rcapi.Medium, 40},
	limitHeavy:         {rcapi.Heavy, 10},
	limitAuth:          {rcapi.Auth, 5},
	limitSMS:           {LimitSMS, 40},
	limitMMS:           {LimitMMS, 50},
	limitAccount:       {LimitAccount, 0},
	limitAddress:       {LimitAddress, 0},
	limitSubscriptions: {LimitSubscriptions, 30},
}

func (id limitID) name() rcapi.Group { return limitTable[id].name }

// limitNames lists the names of all limits, for error messages.
func limitNames() []rcapi.Group {
	names := make([]rcapi.Group, 0, limitCount)
	for _, l := range limitTable {
		names = append(names, l.name)
	}
	return names
}

// findLimit finds a limit by name, ignoring case. It returns noLimit for a name that is not in the table.
func findLimit(name rcapi.Group) limitID {
	return limitID(slices.IndexFunc(limitNames(), func(known rcapi.Group) bool {
		return strings.EqualFold(string(known), string(name))
	}))
}

// groupLimit is findLimit for the usage-plan groups alone.
func groupLimit(g rcapi.Group) limitID {
	if id := findLimit(g); id <= limitAuth {
		return id
	}
	return noLimit
}

// Unlimited is a value of [Config.Limits] that switches all limits off. Responses then have no rate headers.
func Unlimited() map[rcapi.Group]int {
	m := make(map[rcapi.Group]int, limitCount)
	for _, name := range limitNames() {
		m[name] = 0
	}
	return m
}

// Limit is what one limit allows.
type Limit struct {
	Calls   int           // in any window; 0: unlimited
	Window  time.Duration // whole seconds, like the header
	Penalty time.Duration // after a 429 all calls are refused until this long has passed without a request; whole seconds
}
