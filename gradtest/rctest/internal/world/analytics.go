package world

import (
	"math"
	"slices"
	"strings"
	"time"
)

// Most and usual lengths of a page of analytics. Source: the specification.
const (
	aggregationMost = 200
	timelineMost    = 20
	pointsMost      = 1000 // of a timeline: a finer one is refused
)

// analytics is the part of the world about numbers of calls and their lengths. They are counted from the call log: who has
// called is in them.
func analytics() domain {
	return domain{actions: map[string]action{
		"analyticsCallsAggregationFetch": aggregate,
		"analyticsCallsTimelineFetch":    timeline,
	}}
}

// aggregate answers with one sum for each group.
func aggregate(w *World, q *Request) (Reply, *Problem) {
	a, p := w.newAnalysis(q)
	if p != nil {
		return Reply{}, p
	}
	return w.replyGroups(q, a, aggregationMost, func(calls []call) Object { return a.measured(calls) })
}

// timeline answers with a sum for each interval of each group.
func timeline(w *World, q *Request) (Reply, *Problem) {
	a, p := w.newAnalysis(q)
	if p != nil {
		return Reply{}, p
	}
	times := a.points(q.Query.Get("interval"))
	if len(times) > pointsMost {
		return Reply{}, invalid("interval", q.Query.Get("interval"))
	}
	return w.replyGroups(q, a, timelineMost, func(calls []call) Object {
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
		points := make([]Object, 0, len(times))
		for i, at := range times {
			point := a.measured(during[i])
			point["time"] = at
			points = append(points, point)
		}
		return Object{"points": points}
	})
}

// call is a call as analytics see it.
type call struct {
	extension string
	numbers   []string
	began     time.Time
	seconds   float64
	inbound   bool
	internal  bool
	result    string
}

// analysis is what a request asks for.
type analysis struct {
	by       string
	keys     []string
	zone     *time.Location
	from, to time.Time
	calls    []call
	counters map[string]any
	timers   map[string]any
}

func (w *World) newAnalysis(q *Request) (analysis, *Problem) {
	body := q.body()
	grouping, settings, options := object(body, "grouping"), object(body, "timeSettings"), object(body, "responseOptions")
	a := analysis{
		by: text(grouping, "groupBy"), keys: texts(grouping, "keys"), zone: time.UTC,
		counters: object(options, "counters"), timers: object(options, "timers"),
	}
	if a.by == "" {
		a.by = "Users" // the members of a group are users
		if of := text(grouping, "groupByMembers"); of == "Queue" {
			a.keys = w.membersOfQueues(a.keys)
		}
	}
	// A name that this machine does not know is taken for UTC: which zones there are depends on the machine.
	if zone, err := time.LoadLocation(text(settings, "timeZone")); err == nil && text(settings, "timeZone") != "Local" {
		a.zone = zone
	}
	during := object(settings, "timeRange")
	for name, at := range map[string]*time.Time{"timeFrom": &a.from, "timeTo": &a.to} {
		var ok bool
		if *at, ok = momentOf(text(during, name)); !ok {
			return a, invalid("timeSettings.timeRange."+name, text(during, name))
		}
	}
	if a.to.Before(a.from) {
		return a, invalid("timeSettings.timeRange.timeTo", text(during, "timeTo"))
	}
	w.settleCalls(q.At)
	filters := object(body, "callFilters")
	for _, t := range w.all(kindCall) {
		if c := newCall(t); !c.began.Before(a.from) && !c.began.After(a.to) && c.passes(filters) {
			a.calls = append(a.calls, c)
		}
	}
	return a, nil
}

// membersOfQueues are the users who are in queues; no queues are all.
func (w *World) membersOfQueues(queues []string) []string {
	out := []string{""} // no user has this key: nobody in a queue is nobody at all
	for _, m := range w.all(kindMember) {
		if len(queues) == 0 || slices.Contains(queues, m.within("groupId")) {
			out = append(out, m.id)
		}
	}
	return out
}

func newCall(t *thing) call {
	c := call{extension: t.within("extensionId"), inbound: t.doc["direction"] == "Inbound", result: text(t.doc, "result")}
	c.began, _ = t.doc["startTime"].(time.Time)
	c.seconds, _ = number64(t.doc["duration"])
	from, to := object(t.doc, "from"), object(t.doc, "to")
	c.internal = text(from, "extensionId") != "" && text(to, "extensionId") != ""
	c.numbers = []string{text(from, "phoneNumber"), text(to, "phoneNumber")}
	return c
}

// passes holds a call against the filters of direction, origin, length and number; others are not looked at.
func (c call) passes(filters Object) bool {
	for name, own := range map[string]string{"directions": c.direction(), "origins": c.origin()} {
		if wanted := texts(filters, name); len(wanted) > 0 && !slices.ContainsFunc(wanted, func(v string) bool { return strings.EqualFold(v, own) }) {
			return false
		}
	}
	if wanted := texts(filters, "calledNumbers"); len(wanted) > 0 && !slices.Contains(wanted, c.numbers[1]) {
		return false
	}
	length := object(filters, "callDuration")
	if least, ok := number64(length["minSeconds"]); ok && c.seconds < least {
		return false
	}
	most, ok := number64(length["maxSeconds"])
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

// group is what numbers are told of.
type group struct {
	key  string
	info Object
	has  func(call) bool
}

// groups are those that the request asks for. Of IVRs, shared lines, sites and departments there are none in the world.
func (w *World) groups(a analysis) []group {
	var out []group
	switch a.by {
	case "Company":
		out = append(out, group{w.cfg.AccountID, Object{"name": "Example"}, func(call) bool { return true }})
	case "Users":
		for _, t := range w.all(kindExtension) {
			if isUser(t) {
				out = append(out, group{t.id, picked(t.doc, "name", "extensionNumber"), func(c call) bool { return c.extension == t.id }})
			}
		}
	case "Queues":
		for _, t := range w.all(kindQueue) {
			out = append(out, group{t.id, picked(t.doc, "name", "extensionNumber"), func(c call) bool { return c.extension == t.id }})
		}
	case "CompanyNumbers":
		for _, t := range w.all(kindNumber) {
			number := text(t.doc, "phoneNumber")
			out = append(out, group{number, Object{"name": number}, func(c call) bool { return slices.Contains(c.numbers, number) }})
		}
	}
	return slices.DeleteFunc(out, func(g group) bool { return len(a.keys) > 0 && !slices.Contains(a.keys, g.key) })
}

// replyGroups answers with a page of the groups.
func (w *World) replyGroups(q *Request, a analysis, most int, tell func([]call) Object) (Reply, *Problem) {
	all := w.groups(a)
	page, p := number(q.Query, "page", 1, pageMost)
	if p != nil {
		return Reply{}, p
	}
	per, p := number(q.Query, "perPage", most, most)
	if p != nil {
		return Reply{}, p
	}
	records := []Object{}
	first := min((page-1)*per, len(all))
	for _, g := range all[first:min(first+per, len(all))] {
		o := tell(slices.DeleteFunc(slices.Clone(a.calls), func(c call) bool { return !g.has(c) }))
		o["key"], o["info"] = g.key, g.info
		records = append(records, o)
	}
	pages := int(math.Max(1, math.Ceil(float64(len(all))/float64(per))))
	return w.reply(q, Object{
		"paging": Object{"page": page, "perPage": per, "totalPages": pages, "totalElements": len(all)},
		"data":   Object{"groupedBy": a.by, "records": records},
	}, q.Path), nil
}

// points are the beginnings of the intervals of the range, in its zone.
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

// following is the beginning of the next interval.
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
