package people

import (
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// settings is the domain of settings with default values.
func settings() world.Domain {
	v2 := "/restapi/v2/accounts/{accountId}"
	return world.Domain{
		Handlers: map[string]world.Handler{"updateUserBusinessHours": updateHours, "updateCompanyBusinessHours": updateHours},
		Settings: map[string]world.SettingFunc{
			world.AccountPath + "/business-hours": func(*world.World,
				*world.Request) world.Object {
				return weekdays()
			},
			world.ExtensionPath + "/business-hours": func(*world.World,
				*world.Request) world.Object {
				return weekdays()
			},
			world.AccountPath + "/business-address":        businessAddress,
			world.AccountPath + "/service-info":            serviceInfo,
			v2 + "/regional-settings":                      regional,
			world.ExtensionPath + "/caller-id":             callerID,
			world.ExtensionPath + "/conferencing":          conferencing,
			world.ExtensionPath + "/notification-settings": notifying,
		},
	}
}

// weekdays is Monday to Friday, nine to six.
func weekdays() world.Object {
	ranges := world.Object{}
	for _, day := range []string{"monday", "tuesday", "wednesday", "thursday", "friday"} {
		ranges[day] = []world.Object{{"from": "09:00", "to": "18:00"}}
	}
	return world.Object{"schedule": world.Object{"weeklyRanges": ranges}}
}

// updateHours puts another week in the place of this one: a day that is not named has no hours any more, and a week
// without days is open all the time.
func updateHours(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if schedule, ok := q.Object()["schedule"].(world.Object); ok {
		w.Setting(q).Doc["schedule"] = schedule
		w.Invalidate()
	}
	return world.HandleReadSetting(w, q)
}

func businessAddress(*world.World, *world.Request) world.Object {
	return world.Object{
		"company": "Example", "email": "office@example.com", "mainSiteName": "Main Site",
		"businessAddress": world.Object{"country": "United States", "state": "CA", "city": "Belmont",
			"street": "20 Example Street", "zip": "94002"},
	}
}

func serviceInfo(*world.World, *world.Request) world.Object {
	var features []world.Object
	for _, name := range []string{
		"CallForwarding", "CallPark", "CallSwitch", "Conferencing", "DND", "DeveloperPortal", "Fax", "FaxReceiving", "MMS",
		"OnDemandCallRecording", "Pager",
		"PagerReceiving", "Presence", "RCTeams", "RingOut", "SMS", "SMSReceiving", "TelephonySessions", "WebPhone",
	} {
		features = append(features, world.Object{"featureName": name, "enabled": true})
	}
	return world.Object{
		"servicePlanName": "Emulator", "serviceFeatures": features, "contractedCountry": country("1"),
		"servicePlan": world.Object{"id": "1", "name": "Emulator", "edition": "Advanced"},
		"billingPlan": world.Object{"id": "1", "name": "Monthly", "durationUnit": "Month", "duration": 1, "type": "Regular",
			"includedPhoneLines": 10},
		"brand": world.Object{"id": brand, "name": "RingCentral", "homeCountry": country("1")},
		"limits": world.Object{"freeSoftPhoneLinesPerExtension": 3, "meetingSize": 100,
			"maxMonitoredExtensionsPerUser": 100, "maxExtensionNumberLength": 6, "extensionNumberLength": 3,
			"shortExtensionNumberLength": 3, "cloudRecordingStorage": 100},
	}
}

// regional is what the account itself has.
func regional(w *world.World, _ *world.Request) world.Object {
	if t := w.Get("setting "+world.AccountPath, ""); t != nil {
		return world.Pick(world.Child(t.Doc, "regionalSettings"), "homeCountry", "timezone", "language", "greetingLanguage",
			"formattingLocale", "timeFormat")
	}
	return world.Object{"homeCountry": country("1"), "timezone": timezone("58"), "timeFormat": "12h"}
}

// callerID shows the user's own number, or else the company's.
func callerID(w *world.World, q *world.Request) world.Object {
	number := phoneOf(w, q.Extension())
	if number == "" {
		number = mainNumber
	}
	shown := world.Object{"type": "PhoneNumber", "phoneInfo": world.Object{"phoneNumber": number}}
	for _, n := range w.All(KindNumber) {
		if world.Text(n.Doc, "phoneNumber") == number {
			shown["phoneInfo"] = world.Object{"id": n.ID, "uri": "/restapi/v1.0/account/" + w.Config.AccountID +
				"/phone-number/" + n.ID, "phoneNumber": number}
		}
	}
	var features []world.Object
	for _, name := range []string{"RingOut", "RingMe", "CallFlip", "FaxNumber", "AdditionalSoftphone", "Alternate",
		"CommonPhone", "MobileApp", "Delegated"} {
		features = append(features, world.Object{"feature": name, "callerId": shown})
	}
	return world.Object{"byDevice": []world.Object{}, "byFeature": features, "extensionNameForOutboundCalls": true,
		"extensionNumberForInternalCalls": false}
}

func conferencing(*world.World, *world.Request) world.Object {
	return world.Object{
		"phoneNumber": "+16505550190", "hostCode": "472001", "participantCode": "472002", "mode": "Private",
		"allowJoinBeforeHost": false,
		"supportUri":          "https://support.example.com/", "tapToJoinUri": "https://meet.example.com/472002",
		"phoneNumbers": []world.Object{{"country": country("1"), "default": true, "hasGreeting": true,
			"location": "Belmont, CA", "phoneNumber": "+16505550190"}},
	}
}

// notifying is the default: notify the user by e-mail of what was missed.
func notifying(w *world.World, q *world.Request) world.Object {
	byMail := func(yes bool) world.Object { return world.Object{"notifyByEmail": yes, "notifyBySms": false} }
	faxes, mails := byMail(true), byMail(true)
	faxes["includeAttachment"], faxes["markAsRead"] = true, false
	mails["includeAttachment"], mails["includeTranscription"], mails["markAsRead"] = true, false, false
	o := world.Object{
		"advancedMode": false, "voicemails": mails, "inboundFaxes": faxes, "outboundFaxes": byMail(false),
		"inboundTexts": byMail(false), "missedCalls": byMail(true),
		"smsPhoneNumbers": []string{}, "emailAddresses": []string{}, "includeManagers": false,
	}
	if e := w.Get(world.KindExtension, q.Extension()); e != nil {
		if email := world.Text(world.Child(e.Doc, "contact"), "email"); email != "" {
			o["emailAddresses"] = []string{email}
		}
	}
	return o
}
