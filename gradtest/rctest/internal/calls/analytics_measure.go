package calls

import (
	"slices"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// breakdown is one way to classify calls. A call belongs to zero or more of the parts.
type breakdown struct {
	parts []string
	of    func(a analysis, c call) []string
}

// breakdowns maps the name of each breakdown in a reply to its definition. See shown for the names in requests.
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

// hoursOf classifies a call by business hours: Monday to Friday, 9:00 to 18:00, the hours of the initial world.
func hoursOf(a analysis, c call) []string {
	at := c.began.In(a.zone)
	if day := at.Weekday(); day == time.Saturday || day == time.Sunday || at.Hour() < 9 || at.Hour() >= 18 {
		return []string{"afterHours"}
	}
	return []string{"businessHours"}
}

// measured returns the requested counters and timers for the given calls.
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

// shown returns the reply's name for an option of the request.
func shown(option string) string {
	if option == "callsByActions" {
		return "callsActions"
	}
	return strings.Replace(option, "Duration", "", 1)
}

// aggregation returns the aggregation type of an option. A timeline always uses Sum.
func aggregation(how any) string {
	if o, ok := how.(world.Object); ok {
		return world.Text(o, "aggregationType")
	}
	return "Sum"
}

// measure returns one counter or timer of the reply. It sets no values for data that the emulator does not model
// (actions, queue opportunities); these are generated from the schema.
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
