package people

import (
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const dictionaryPath = "/restapi/v1.0/dictionary/"

// Entries of the dictionaries: a few of each, in the platform's form. Its ids are in no source; apps should look them
// up.
var (
	countryRows = [][5]string{ // id, name, ISO code, calling code, sold
		{"1", "United States", "US", "1", "true"}, {"39", "Canada", "CA", "1", "true"},
		{"224", "United Kingdom", "GB", "44", "true"},
		{"75", "France", "FR", "33", "true"}, {"82", "Germany", "DE", "49", "true"}, {"14", "Australia", "AU", "61", "true"},
		{"109", "Japan", "JP", "81", "false"}, {"101", "India", "IN", "91", "false"},
	}
	languageRows = [][4]string{ // id, name, locale, ISO code
		{"1033", "English (United States)", "en-US", "en"}, {"2057", "English (United Kingdom)", "en-GB", "en"},
		{"3084", "French (Canada)", "fr-CA", "fr"},
		{"1036", "French (France)", "fr-FR", "fr"}, {"1031", "German (Germany)", "de-DE", "de"},
		{"3082", "Spanish (Spain)", "es-ES", "es"},
		{"1041", "Japanese", "ja-JP", "ja"},
	}
	timezoneRows = [][4]string{ // id, name, description, minutes from UTC
		{"58", "US/Pacific", "Pacific Time (US & Canada)", "-480"},
		{"60", "US/Mountain", "Mountain Time (US & Canada)", "-420"},
		{"61", "US/Central", "Central Time (US & Canada)", "-360"},
		{"65", "US/Eastern", "Eastern Time (US & Canada)", "-300"},
		{"90", "GMT", "Greenwich Mean Time", "0"}, {"96", "Europe/Berlin", "Amsterdam, Berlin, Bern, Rome", "60"},
	}
	stateRows = [][3]string{ // id, name, ISO code
		{"6", "California", "CA"}, {"33", "New York", "NY"}, {"44", "Texas", "TX"}, {"48", "Washington", "WA"},
		{"10", "Florida", "FL"},
	}
)

// brand is the id of the account's brand.
const brand = "1210"

// dictionaries is the domain of read-only reference data.
func dictionaries() world.Domain {
	return world.Domain{
		Lists: map[string]world.Lister{"listStates": listStates},
		Handlers: map[string]world.Handler{
			"parsePhoneNumber":   parseNumbers,
			"parsePhoneNumberV2": parseNumbersV2,
		},
		Owned: []string{dictionaryPath + "country", dictionaryPath + "language", dictionaryPath + "timezone",
			dictionaryPath + "state", dictionaryPath + "brand"},
		Seed: seedDictionaries,
	}
}

func seedDictionaries(w *world.World) {
	add := func(name string, doc world.Object) {
		id := world.Text(doc, "id")
		w.Add(&world.Resource{Kind: dictionaryPath + name, ID: id, Doc: doc}, w.Config.Now)
	}
	add("brand", world.Object{"id": brand, "name": "RingCentral"})
	for _, r := range countryRows {
		doc := country(r[0])
		sold := r[4] == "true"
		doc["emergencyCalling"], doc["numberSelling"], doc["loginAllowed"], doc["signupAllowed"],
			doc["freeSoftphoneLine"] = sold, sold, true, sold, false
		add("country", doc)
	}
	for _, r := range languageRows {
		add("language", world.Object{"id": r[0], "uri": dictionaryPath + "language/" + r[0], "name": r[1], "localeCode": r[2],
			"isoCode":  r[3],
			"greeting": true, "formattingLocale": true, "ui": true})
	}
	for _, r := range timezoneRows {
		add("timezone", timezone(r[0]))
	}
	for _, r := range stateRows {
		add("state", world.Object{"id": r[0], "uri": dictionaryPath + "state/" + r[0], "name": r[1], "isoCode": r[2],
			"country": world.Object{"id": "1", "uri": dictionaryPath + "country/1"}})
	}
}

// country is a country as other resources speak of it; an unknown id has only that.
func country(id string) world.Object {
	for _, r := range countryRows {
		if r[0] == id {
			return world.Object{"id": id, "uri": dictionaryPath + "country/" + id, "name": r[1], "isoCode": r[2],
				"callingCode": r[3]}
		}
	}
	return world.Object{"id": id}
}

func timezone(id string) world.Object {
	for _, r := range timezoneRows {
		if r[0] == id {
			return world.Object{"id": id, "uri": dictionaryPath + "timezone/" + id, "name": r[1], "description": r[2],
				"bias": r[3]}
		}
	}
	return world.Object{"id": id}
}

// listStates are those of one country.
func listStates(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	id := q.Query.Get("countryId")
	if id != "" && id != "1" && !strings.EqualFold(q.Query.Get("allCountries"), "true") {
		return nil, nil
	}
	return w.List(q.Kind()), nil
}
