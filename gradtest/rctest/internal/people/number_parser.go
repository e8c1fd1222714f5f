package people

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// parsed is a phone number taken apart. The parser knows the calling codes of the dictionary's countries, and how
// numbers of North America are written; others are given back as they are.
type parsed struct {
	original string
	country  [5]string // empty: not known
	national string    // digits after the calling code
	special  bool      // too short for a number of a country: 911, an extension
}

// parseNumber reads a number as people write it; home is the ISO code of the country that a number without one is of.
func parseNumber(original, home string) parsed {
	p := parsed{original: original}
	var digits strings.Builder
	for _, r := range original {
		if r >= '0' && r <= '9' {
			digits.WriteRune(r)
		}
	}
	all := digits.String()
	if strings.HasPrefix(strings.TrimSpace(original), "+") || len(all) > 10 && all[0] != '0' {
		for _, r := range countryRows {
			if rest, ok := strings.CutPrefix(all, r[3]); ok && len(rest) >= 6 {
				p.country, p.national = r, rest
				return p
			}
		}
		p.national = all
		return p
	}
	if len(all) < 7 {
		p.special, p.national = true, all
		return p
	}
	p.country, p.national = countryRows[0], all
	for _, r := range countryRows {
		if strings.EqualFold(r[2], home) {
			p.country = r
		}
	}
	if p.country[3] != "1" {
		p.national = strings.TrimPrefix(all, "0")
	}
	return p
}

func (p parsed) e164() string { return "+" + p.country[3] + p.national }

// formats are the number as it is written within its country and from abroad.
func (p parsed) formats() (national, international string) {
	if n := p.national; p.country[3] == "1" && len(n) == 10 {
		return "(" + n[:3] + ") " + n[3:6] + "-" + n[6:], "+1 (" + n[:3] + ") " + n[3:6] + "-" + n[6:]
	}
	return p.national, "+" + p.country[3] + " " + p.national
}

func (p parsed) areaCode() string {
	if p.country[3] == "1" && len(p.national) == 10 {
		return p.national[:3]
	}
	return ""
}

func (p parsed) tollFree() bool {
	switch p.areaCode() {
	case "800", "833", "844", "855", "866", "877", "888":
		return true
	}
	return false
}

// parseNumbers is the parser of v1.0.
func parseNumbers(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	home := q.Query.Get("homeCountry")
	if home == "" {
		home = "US"
	}
	numbers := []world.Object{}
	for _, s := range world.Texts(q.Object(), "originalStrings") {
		p := parseNumber(s, home)
		o := world.Object{"originalString": s, "special": p.special, "tollFree": p.tollFree(), "dialable": p.national,
			"normalized": p.national}
		if !p.special && p.country[0] != "" {
			national, international := p.formats()
			o["e164"], o["dialable"], o["normalized"] = p.e164(), p.e164(), strings.TrimPrefix(p.e164(), "+")
			o["formattedNational"], o["formattedInternational"] = national, international
			o["country"] = country(p.country[0])
			if area := p.areaCode(); area != "" {
				o["areaCode"], o["subscriberNumber"] = area, p.national[3:]
			}
		}
		numbers = append(numbers, o)
	}
	from := parseNumber("0000000", home)
	return w.Reply(q, world.Object{"uri": q.Path, "homeCountry": country(from.country[0]), "phoneNumbers": numbers},
		q.Path), nil
}

// parseNumbersV2 is the parser of v2.
func parseNumbersV2(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	home := world.Text(world.Child(world.Child(q.Object(), "context"), "country"), "isoCode")
	if home == "" {
		home = "US"
	}
	results := []world.Object{}
	for _, s := range world.Texts(q.Object(), "originalStrings") {
		p := parseNumber(s, home)
		details, formats := world.Object{"status": "Possible"}, []world.Object{}
		if !p.special && p.country[0] != "" {
			category := "Regular"
			if p.tollFree() {
				category = "TollFree"
			}
			national, international := p.formats()
			details = world.Object{"status": "Valid", "subscriberNumber": p.national,
				"country": world.Object{"isoCode": p.country[2], "name": p.country[1], "callingCode": p.country[3]}}
			if area := p.areaCode(); area != "" {
				details["areaCode"], details["subscriberNumber"] = area, p.national[3:]
			}
			formats = []world.Object{{"category": category, "e164": p.e164(), "national": national,
				"international": international, "dialable": p.e164()}}
		}
		results = append(results, world.Object{"numberDetails": details, "formats": formats})
	}
	from := parseNumber("0000000", home)
	return w.Reply(q, world.Object{
		"context": world.Object{"country": world.Object{"isoCode": from.country[2], "name": from.country[1],
			"callingCode": from.country[3]}},
		"results": results,
	}, q.Path), nil
}
