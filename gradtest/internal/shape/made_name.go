package shape

import (
	"strings"
	"unicode"
)

var (
	firstNames = []string{"Ada", "Grace", "Edsger", "Barbara", "Donald", "Frances", "Alan", "Radia", "Ken", "Hedy"}
	lastNames  = []string{"Adams", "Baker", "Clark", "Davis", "Evans", "Foster", "Green", "Hughes", "Irving", "Jones"}
)

func pick(list []string, h uint64) string { return list[h%uint64(len(list))] }

// byName generates a string that suits the name of the member.
func (w *writer) byName(at path, h uint64) string {
	name := at.last()
	lower := strings.ToLower(name)
	has := func(word string) bool { return strings.Contains(lower, word) }
	switch {
	case lower == "value" && at.parent() == "phoneNumbers":
		return "+1650555" + digits(h, 4)
	case hasSuffixFold(name, "extensionnumber") || lower == "extension" || lower == "pin":
		return digits(h, 3)
	case has("phonenumber") || hasSuffixFold(name, "phone") || lower == "mobile" || lower == "callerid" ||
		has("fax") && has("number"):
		return "+1650555" + digits(h, 4)
	case has("email"), lower == "value" && at.parent() == "emails":
		return w.email(h)
	case lower == "location" && at.parent() == "meta", lower == "value" && at.parent() == "photos",
		hasSuffixFold(name, "uri"), hasSuffixFold(name, "url"), lower == "href":
		return w.address(at)
	case hasSuffixFold(name, "id"), hasSuffixFold(name, "ids"), lower == "etag":
		return w.id(at, h)
	case has("password"), has("secret"):
		return "********"
	case has("token"):
		return "made-" + digits(h, 12)
	case has("firstname"), lower == "givenname":
		return pick(firstNames, h)
	case has("lastname"), lower == "familyname":
		return pick(lastNames, h)
	case lower == "displayname", lower == "fullname", lower == "name" && isPerson(at.parent()):
		return pick(firstNames, h) + " " + pick(lastNames, h>>8)
	case lower == "name":
		return words(at.parent())
	case has("company"):
		return "Example Ltd"
	case lower == "state", lower == "stateisocode":
		return "CA"
	case has("isocode"), lower == "country", lower == "countrycode":
		return "US"
	case lower == "location":
		return "Belmont, CA"
	case has("city"):
		return "Belmont"
	case has("street"), has("address"):
		return digits(h, 3) + " Main Street"
	case has("zip"), has("postal"):
		return "94002"
	case has("locale"), has("language"):
		return "en-US"
	case has("timezone"):
		return "America/Los_Angeles"
	case hasSuffixFold(name, "currency"), has("currency") && has("code"):
		return "USD"
	case has("areacode"):
		return "650"
	case has("callingcode"):
		return "1"
	case has("version"):
		return "1.0"
	case hasSuffixFold(name, "filename"):
		return "example.txt"
	case has("contenttype"):
		return "text/plain"
	case hasSuffixFold(name, "time"), hasSuffixFold(name, "date"):
		return w.timeByName(name, h).Format(PlatformTime)
	case has("code"), has("number"):
		return digits(h, 4)
	}
	return words(name)
}

func isPerson(parent string) bool {
	switch parent {
	case "", "extension", "from", "to", "contact", "owner", "user", "creator", "host", "member", "members":
		return true
	}
	return false
}

// words returns the name of a member as words: "usageType" becomes "Usage type".
func words(name string) string {
	if name == "" {
		return "text"
	}
	var b strings.Builder
	for i, r := range name {
		switch {
		case i == 0:
			b.WriteRune(unicode.ToUpper(r))
		case unicode.IsUpper(r):
			b.WriteByte(' ')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
