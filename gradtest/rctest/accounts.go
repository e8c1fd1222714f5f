package rctest

import (
	"strconv"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// The user's name and number within the account.
const (
	firstName       = "Robin"
	lastName        = "Example"
	userName        = firstName + " " + lastName
	email           = "robin@example.com"
	extensionNumber = "101"
)

// accounts is the part of the platform about the account, its extensions and its numbers.
func accounts() domain {
	return domain{
		fields: map[string]func(*exchange, *text, thing){
			rcapi.ReadAccountInfo.ID:          accountFields,
			rcapi.ReadExtension.ID:            extensionFields,
			rcapi.UpdateExtension.ID:          extensionFields,
			rcapi.ReadUserPresenceStatus.ID:   presenceFields,
			rcapi.UpdateUserPresenceStatus.ID: presenceFields,
		},
		records: map[string]records{
			rcapi.ListExtensionPhoneNumbers.ID: {count: 2, write: phoneNumber, id: phoneNumberID},
			rcapi.ListAccountPhoneNumbers.ID:   {count: 2, write: phoneNumber, id: phoneNumberID},
			rcapi.ListExtensions.ID:            {count: 3, write: extensionRecord, id: extensionAt},
			rcapi.ListContacts.ID:              {count: 2, write: contact},
		},
	}
}

func accountFields(x *exchange, t *text, it thing) {
	t.string("mainNumber", mainNumber)
	t.string("status", "Confirmed")
	t.string("setupWizardState", "Completed")
	t.object("serviceInfo")
	t.joined("uri", x.base(), it.uri, "/service-info")
	t.string("servicePlanName", "Emulator")
	t.end()
	t.object("operator")
	t.joined("uri", x.base(), it.uri, "/extension/", extensionID)
	t.id("id", extensionID, true)
	t.string("extensionNumber", extensionNumber)
	t.end()
}

func extensionFields(x *exchange, t *text, it thing) {
	t.string("extensionNumber", extensionNumberOf(it.id))
	t.string("name", userName)
	t.string("status", "Enabled")
	t.string("type", "User")
	t.string("setupWizardState", "Completed")
	t.object("contact")
	t.string("firstName", firstName)
	t.string("lastName", lastName)
	t.string("email", email)
	t.end()
	t.object("account")
	t.joined("uri", x.base(), "/restapi/v1.0/account/", accountID)
	t.string("id", accountID)
	t.end()
	t.object("regionalSettings")
	t.object("homeCountry")
	t.string("id", "1")
	t.string("name", "United States")
	t.string("isoCode", "US")
	t.string("callingCode", "1")
	t.end()
	t.object("language")
	t.string("id", "1033")
	t.string("localeCode", "en-US")
	t.end()
	t.end()
}

// extensionAt is the id of one of the account's extensions; the first is the user's own.
func extensionAt(i int) string {
	first, _ := strconv.Atoi(extensionID)
	return strconv.Itoa(first + i)
}

func extensionNumberOf(id string) string {
	for i := range 3 {
		if extensionAt(i) == id {
			return strconv.Itoa(101 + i)
		}
	}
	return extensionNumber
}

func extensionRecord(_ *exchange, t *text, it thing, i int) {
	t.string("extensionNumber", extensionNumberOf(it.id))
	t.string("name", userName+[]string{"", " II", " III"}[i])
	t.string("status", "Enabled")
	t.string("type", "User")
}

func phoneNumberID(i int) string { return strconv.Itoa(1_162_820_004 + i) }

// phoneNumber writes the company's main number, or the user's own, which can send messages.
func phoneNumber(x *exchange, t *text, _ thing, i int) {
	number, usage := mainNumber, "MainCompanyNumber"
	if i == 1 {
		number, usage = ownNumber, "DirectNumber"
	}
	t.string("phoneNumber", number)
	t.string("usageType", usage)
	t.string("type", "VoiceFax")
	t.string("paymentType", "Local")
	t.string("status", "Normal")
	if i == 1 {
		t.strings("features", "SmsSender", "MmsSender", "CallerId")
		t.object("extension")
		t.id("id", extensionID, true)
		t.joined("uri", x.base(), "/restapi/v1.0/account/", accountID, "/extension/", extensionID)
		t.string("extensionNumber", extensionNumber)
		t.end()
	} else {
		t.strings("features", "CallerId")
	}
	t.object("country")
	t.string("id", "1")
	t.string("name", "United States")
	t.end()
}

func presenceFields(x *exchange, t *text, _ thing) {
	t.object("extension")
	t.id("id", extensionID, true)
	t.joined("uri", x.base(), "/restapi/v1.0/account/", accountID, "/extension/", extensionID)
	t.string("extensionNumber", extensionNumber)
	t.end()
	t.string("presenceStatus", "Available")
	t.string("telephonyStatus", "NoCall")
	t.string("userStatus", "Available")
	t.string("dndStatus", "TakeAllCalls")
}

func contact(_ *exchange, t *text, _ thing, i int) {
	t.string("firstName", "Contact")
	t.string("lastName", strconv.Itoa(i+1))
	t.string("availability", "Alive")
	t.string("businessPhone", "+1650555020"+strconv.Itoa(i))
}
