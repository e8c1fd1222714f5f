package calls

import (
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// breakdown is one way to tell calls apart: into parts, of which a call is in some.
type breakdown struct {
	parts []string
	of    func(a analysis, c call) []string
}

// breakdowns are those that the request can name, without the ends that only requests have.
var breakdowns = map[string]breakdown{
	"callsByDirection": {[]string{"inbound", "outbound"}, func(_ analysis,
		c call) []string {
		return []string{c.direction()}
	}},
	"callsByOrigin": {[]string{"internal", "external"}, func(_ analysis,
		c call) []string {
		return []string{c.origin()}
	}},
	"callsByResponse": {[]string{"answered", "notAnswered", "connected", "notConnected"},
		func(_ analysis, c call) []string { return []string{c.response()} }},
	"callsByResult": {[]string{"completed", "abandoned", "voicemail", "missed", "accepted", "unknown", "transferred",
		"pickedUp", "answeredElsewhere", "forwarded"},
		func(_ analysis, c call) []string { return []string{c.outcome()} }},
	"callsByEndingParty": {[]string{"caller", "callee", "system"},
		func(analysis, call) []string { return []string{"caller"} }},
	"callsByCompanyHours": {[]string{"businessHours", "afterHours"}, hoursOf},
	"callsByQueueHours":   {[]string{"businessHours", "afterHours"}, hoursOf},
	"callsByQueueSla":     {[]string{"inSla", "outOfSla"}, func(analysis, call) []string { return []string{"inSla"} }},
	"callsByType": {[]string{"direct", "fromQueue", "parkRetrieval", "transferred", "outbound", "overflow",
		"queueCallPickup"}, func(_ analysis, c call) []string {
		if c.inbound {
			return []string{"direct"}
		}
		return []string{"outbound"}
	}},
	"callsSegments": {[]string{"ringing", "liveTalk", "hold", "park", "transfer", "ivrPrompt", "voicemail", "vmGreeting",
		"setup", "forwarding"}, func(_ analysis, c call) []string {
		if c.answered() {
			return []string{"liveTalk"}
		}
		return nil
	}},
}

func (c call) response() string {
	yes, no := "connected", "notConnected"
	if c.inbound {
		yes, no = "answered", "notAnswered"
	}
	if c.answered() {
		return yes
	}
	return no
}

func (c call) outcome() string {
	switch strings.ToLower(c.result) {
	case "call connected":
		return "completed"
	case "accepted":
		return "accepted"
	case "missed":
		return "missed"
	case "voicemail":
		return "voicemail"
	}
	return "unknown"
}

// hoursOf tells business hours from others: Monday to Friday, nine to six, as they are at the start.
func hoursOf(a analysis, c call) []string {
	at := c.began.In(a.zone)
	if day := at.Weekday(); day == time.Saturday || day == time.Sunday || at.Hour() < 9 || at.Hour() >= 18 {
		return []string{"afterHours"}
	}
	return []string{"businessHours"}
}

// measured is what is asked for, of some calls.
func (a analysis) measured(calls []call) world.Object {
	out := world.Object{}
	for name, asked := range map[string]map[string]any{"counters": a.counters, "timers": a.timers} {
		got := world.Object{}
		for option, how := range asked {
			if how == false {
				continue
			}
			got[shown(option)] = a.measure(shown(option), name == "timers", aggregation(how), calls)
		}
		if len(got) > 0 {
			out[name] = got
		}
	}
	return out
}

// shown is the name that the answer has for what the request asks.
func shown(option string) string {
	if option == "callsByActions" {
		return "callsActions"
	}
	return strings.Replace(option, "Duration", "", 1)
}

// aggregation is how to make one number of several; a timeline always sums up.
func aggregation(how any) string {
	if o, ok := how.(world.Object); ok {
		return world.Text(o, "aggregationType")
	}
	return "Sum"
}

// measure is one member of the answer. What the world knows nothing of (actions, opportunities of queues) is left to be made
// up.
func (a analysis) measure(name string, timer bool, how string, calls []call) world.Object {
	unit := "Instances"
	if timer {
		unit = "Seconds"
	}
	if how == "Percent" {
		unit = "Percent"
	}
	out := world.Object{"valueType": unit}
	if name == "allCalls" {
		out["values"] = reduced(how, timer, calls, calls)
		return out
	}
	b, ok := breakdowns[name]
	if !ok {
		return out
	}
	values := world.Object{}
	for _, part := range b.parts {
		in := slices.DeleteFunc(slices.Clone(calls), func(c call) bool { return !slices.Contains(b.of(a, c), part) })
		values[part] = reduced(how, timer, in, calls)
	}
	out["values"] = values
	return out
}

// reduced makes one number of calls: of their lengths, or of how many there are. A part is in percent of all.
func reduced(how string, timer bool, calls, all []call) float64 {
	sum := func(calls []call) (n, most, least float64) {
		for i, c := range calls {
			v := 1.0
			if timer {
				v = c.seconds
			}
			n, most = n+v, max(most, v)
			if i == 0 || v < least {
				least = v
			}
		}
		return n, most, least
	}
	n, most, least := sum(calls)
	switch how {
	case "Average":
		if timer && len(calls) > 0 {
			return n / float64(len(calls))
		}
	case "Max":
		if timer {
			return most
		}
	case "Min":
		if timer {
			return least
		}
	case "Percent":
		total, _, _ := sum(all)
		if total == 0 {
			return 0
		}
		return 100 * n / total
	}
	return n
}
