package calls

import (
	"math"
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Maximum and default page sizes of the analytics operations. Source: the specification.
const (
	aggregationMost = 200
	timelineMost    = 20
	pointsMost      = 1000 // of a timeline: a request for more is refused
)

// analytics is the domain of call counts and durations. They are computed from the call log, so the calls that an app
// makes are included.
func analytics() world.Domain {
	return world.Domain{Handlers: map[string]world.Handler{
		"analyticsCallsAggregationFetch": aggregate,
		"analyticsCallsTimelineFetch":    timeline,
	}}
}

// aggregate replies with one total for each group.
func aggregate(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	a, p := newAnalysis(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	return replyGroups(w, q, a, aggregationMost, func(calls []call) world.Object { return a.measured(calls) })
}

// timeline replies with a total for each interval of each group.
func timeline(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	a, p := newAnalysis(w, q)
	if p != nil {
		return world.Reply{}, p
	}
	times := a.points(q.Query.Get("interval"))
	if len(times) > pointsMost {
		return world.Reply{}, world.Invalid("interval", q.Query.Get("interval"))
	}
	return replyGroups(w, q, a, timelineMost, func(calls []call) world.Object {
		during := make([][]call, len(times))
		for _, c := range calls {
			i, exactly := slices.BinarySearchFunc(times, c.began, time.Time.Compare)
			if !exactly {
				i--
			}
			if i >= 0 {
				during[i] = append(during[i], c)
			}
		}
		points := make([]world.Object, 0, len(times))
		for i, at := range times {
			point := a.measured(during[i])
			point["time"] = at
			points = append(points, point)
		}
		return world.Object{"points": points}
	})
}

// call holds the properties of a call that analytics use.
type call struct {
	extension string
	numbers   []string
	began     time.Time
	seconds   float64
	inbound   bool
	internal  bool
	result    string
}

// analysis is a parsed analytics request, with the calls in its time range that pass its filters.
type analysis struct {
	by       string
	keys     []string
	zone     *time.Location
	from, to time.Time
	calls    []call
	counters map[string]any
	timers   map[string]any
}

func newAnalysis(w *world.World, q *world.Request) (analysis, *world.Problem) {
	body := q.Object()
	grouping, settings, options := world.Child(body, "grouping"), world.Child(body, "timeSettings"),
		world.Child(body, "responseOptions")
	a := analysis{
		by: world.Text(grouping, "groupBy"), keys: world.Texts(grouping, "keys"), zone: time.UTC,
		counters: world.Child(options, "counters"), timers: world.Child(options, "timers"),
	}
	if a.by == "" {
		a.by = "Users" // the members of a group are users
		if of := world.Text(grouping, "groupByMembers"); of == "Queue" {
			a.keys = membersOfQueues(w, a.keys)
		}
	}
	// An unknown time zone counts as UTC, because the available zones depend on the machine.
	if zone, err := time.LoadLocation(world.Text(settings, "timeZone")); err == nil &&
		world.Text(settings, "timeZone") != "Local" {
		a.zone = zone
	}
	during := world.Child(settings, "timeRange")
	for name, at := range map[string]*time.Time{"timeFrom": &a.from, "timeTo": &a.to} {
		var ok bool
		if *at, ok = world.ParseTime(world.Text(during, name)); !ok {
			return a, world.Invalid("timeSettings.timeRange."+name, world.Text(during, name))
		}
	}
	if a.to.Before(a.from) {
		return a, world.Invalid("timeSettings.timeRange.timeTo", world.Text(during, "timeTo"))
	}
	settleCalls(w, q.At)
	filters := world.Child(body, "callFilters")
	for _, t := range finished(w) {
		if c := newCall(t); !c.began.Before(a.from) && !c.began.After(a.to) && c.passes(filters) {
			a.calls = append(a.calls, c)
		}
	}
	return a, nil
}

// membersOfQueues returns the ids of the users in the given queues; an empty list means all queues.
func membersOfQueues(w *world.World, queues []string) []string {
	out := []string{""} // matches no user: with no members, the list must not be empty, which would select all users
	for _, m := range w.All(people.KindMember) {
		if len(queues) == 0 || slices.Contains(queues, m.Parent("groupId")) {
			out = append(out, m.ID)
		}
	}
	return out
}

func newCall(t *world.Resource) call {
	c := call{extension: t.Parent("extensionId"), inbound: t.Doc["direction"] == "Inbound",
		result: world.Text(t.Doc, "result")}
	c.began, _ = t.Doc["startTime"].(time.Time)
	c.seconds, _ = world.Float(t.Doc["duration"])
	from, to := world.Child(t.Doc, "from"), world.Child(t.Doc, "to")
	c.internal = world.Text(from, "extensionId") != "" && world.Text(to, "extensionId") != ""
	c.numbers = []string{world.Text(from, "phoneNumber"), world.Text(to, "phoneNumber")}
	return c
}

// passes reports whether a call matches the filters for direction, origin, duration and called number. Other filters
// are ignored.
func (c call) passes(filters world.Object) bool {
	for name, own := range map[string]string{"directions": c.direction(), "origins": c.origin()} {
		if wanted := world.Texts(filters, name); len(wanted) > 0 &&
			!slices.ContainsFunc(wanted, func(v string) bool { return strings.EqualFold(v, own) }) {
			return false
		}
	}
	if wanted := world.Texts(filters, "calledNumbers"); len(wanted) > 0 && !slices.Contains(wanted, c.numbers[1]) {
		return false
	}
	length := world.Child(filters, "callDuration")
	if least, ok := world.Float(length["minSeconds"]); ok && c.seconds < least {
		return false
	}
	most, ok := world.Float(length["maxSeconds"])
	return !ok || c.seconds <= most
}

func (c call) direction() string {
	if c.inbound {
		return "inbound"
	}
	return "outbound"
}

func (c call) origin() string {
	if c.internal {
		return "internal"
	}
	return "external"
}

func (c call) answered() bool { return c.seconds > 0 }

// group is one entry of the reply: a user, queue, number or the company, and the calls that count for it.
type group struct {
	key  string
	info world.Object
	has  func(call) bool
}

// groups returns the groups that the request selects. The emulator has no IVRs, shared lines, sites or departments.
func groups(w *world.World, a analysis) []group {
	var out []group
	switch a.by {
	case "Company":
		out = append(out, group{w.Config.AccountID, world.Object{"name": "Example"}, func(call) bool { return true }})
	case "Users":
		for _, t := range w.All(world.KindExtension) {
			if people.IsUser(t) {
				out = append(out, group{t.ID, world.Pick(t.Doc, "name", "extensionNumber"),
					func(c call) bool { return c.extension == t.ID }})
			}
		}
	case "Queues":
		for _, t := range w.All(people.KindQueue) {
			out = append(out, group{t.ID, world.Pick(t.Doc, "name", "extensionNumber"),
				func(c call) bool { return c.extension == t.ID }})
		}
	case "CompanyNumbers":
		for _, t := range w.All(people.KindNumber) {
			number := world.Text(t.Doc, "phoneNumber")
			out = append(out, group{number, world.Object{"name": number},
				func(c call) bool { return slices.Contains(c.numbers, number) }})
		}
	}
	return slices.DeleteFunc(out, func(g group) bool { return len(a.keys) > 0 && !slices.Contains(a.keys, g.key) })
}

// replyGroups replies with one page of the groups.
func replyGroups(w *world.World, q *world.Request, a analysis, most int, tell func([]call) world.Object) (world.Reply,
	*world.Problem) {
	all := groups(w, a)
	page, p := world.PageParam(q.Query, "page", 1, world.MaxPage)
	if p != nil {
		return world.Reply{}, p
	}
	per, p := world.PageParam(q.Query, "perPage", most, most)
	if p != nil {
		return world.Reply{}, p
	}
	records := []world.Object{}
	first := min((page-1)*per, len(all))
	for _, g := range all[first:min(first+per, len(all))] {
		o := tell(slices.DeleteFunc(slices.Clone(a.calls), func(c call) bool { return !g.has(c) }))
		o["key"], o["info"] = g.key, g.info
		records = append(records, o)
	}
	pages := int(math.Max(1, math.Ceil(float64(len(all))/float64(per))))
	return w.Reply(q, world.Object{
		"paging": world.Object{"page": page, "perPage": per, "totalPages": pages, "totalElements": len(all)},
		"data":   world.Object{"groupedBy": a.by, "records": records},
	}, q.Path), nil
}

// points returns the start of each interval in the time range, in the time zone of the request.
func (a analysis) points(interval string) []time.Time {
	var out []time.Time
	at := a.from.In(a.zone)
	year, month, day := at.Date()
	switch interval {
	case "Hour":
		at = time.Date(year, month, day, at.Hour(), 0, 0, 0, a.zone)
	case "Week":
		at = time.Date(year, month, day-(int(at.Weekday())+6)%7, 0, 0, 0, 0, a.zone)
	case "Month":
		at = time.Date(year, month, 1, 0, 0, 0, 0, a.zone)
	default:
		at = time.Date(year, month, day, 0, 0, 0, 0, a.zone)
	}
	for ; at.Before(a.to) && len(out) <= pointsMost; at = following(at, interval) {
		out = append(out, at)
	}
	return out
}

// following returns the start of the next interval.
func following(at time.Time, interval string) time.Time {
	switch interval {
	case "Hour":
		return at.Add(time.Hour)
	case "Week":
		return at.AddDate(0, 0, 7)
	case "Month":
		return at.AddDate(0, 1, 0)
	}
	return at.AddDate(0, 0, 1)
}
