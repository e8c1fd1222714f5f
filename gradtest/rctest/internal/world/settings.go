package world

// settings is the part of the world about what is set before anybody has set anything.
func settings() domain {
	v2 := "/restapi/v2/accounts/{accountId}"
	return domain{
		actions: map[string]action{"updateUserBusinessHours": updateHours, "updateCompanyBusinessHours": updateHours},
		settings: map[string]func(*World, *Request) Object{
			accountPath + "/business-hours":          func(*World, *Request) Object { return weekdays() },
			extensionPath + "/business-hours":        func(*World, *Request) Object { return weekdays() },
			accountPath + "/business-address":        businessAddress,
			accountPath + "/service-info":            serviceInfo,
			v2 + "/regional-settings":                regional,
			extensionPath + "/caller-id":             callerID,
			extensionPath + "/conferencing":          conferencing,
			extensionPath + "/notification-settings": notifying,
		},
	}
}

// weekdays is Monday to Friday, nine to six.
func weekdays() Object {
	ranges := Object{}
	for _, day := range []string{"monday", "tuesday", "wednesday", "thursday", "friday"} {
		ranges[day] = []Object{{"from": "09:00", "to": "18:00"}}
	}
	return Object{"schedule": Object{"weeklyRanges": ranges}}
}

// updateHours puts another week in the place of this one: a day that is not named has no hours any more, and a week
// without days is open all the time.
func updateHours(w *World, q *Request) (Reply, *Problem) {
	if schedule, ok := q.body()["schedule"].(Object); ok {
		w.setting(q).doc["schedule"] = schedule
		w.changed()
	}
	return readSetting(w, q)
}

func businessAddress(*World, *Request) Object {
	return Object{
		"company": "Example", "email": "office@example.com", "mainSiteName": "Main Site",
		"businessAddress": Object{"country": "United States", "state": "CA", "city": "Belmont", "street": "20 Example Street", "zip": "94002"},
	}
}

func serviceInfo(*World, *Request) Object {
	var features []Object
	for _, name := range []string{
		"CallForwarding", "CallPark", "CallSwitch", "Conferencing", "DND", "DeveloperPortal", "Fax", "FaxReceiving", "MMS", "OnDemandCallRecording", "Pager",
		"PagerReceiving", "Presence", "RCTeams", "RingOut", "SMS", "SMSReceiving", "TelephonySessions", "WebPhone",
	} {
		features = append(features, Object{"featureName": name, "enabled": true})
	}
	return Object{
		"servicePlanName": "Emulator", "serviceFeatures": features, "contractedCountry": country("1"),
		"servicePlan": Object{"id": "1", "name": "Emulator", "edition": "Advanced"},
		"billingPlan": Object{"id": "1", "name": "Monthly", "durationUnit": "Month", "duration": 1, "type": "Regular", "includedPhoneLines": 10},
		"brand":       Object{"id": "1210", "name": "RingCentral", "homeCountry": country("1")},
		"limits":      Object{"freeSoftPhoneLinesPerExtension": 3, "meetingSize": 100, "maxMonitoredExtensionsPerUser": 100, "maxExtensionNumberLength": 6, "extensionNumberLength": 3, "shortExtensionNumberLength": 3, "cloudRecordingStorage": 100},
	}
}

// regional is what the account itself has.
func regional(w *World, _ *Request) Object {
	if t := w.get("setting "+accountPath, ""); t != nil {
		return picked(object(t.doc, "regionalSettings"), "homeCountry", "timezone", "language", "greetingLanguage", "formattingLocale", "timeFormat")
	}
	return Object{"homeCountry": country("1"), "timezone": timezone("58"), "timeFormat": "12h"}
}

// callerID shows the user's own number, or else the company's.
func callerID(w *World, q *Request) Object {
	number := w.phoneOf(q.extension())
	if number == "" {
		number = mainNumber
	}
	shown := Object{"type": "PhoneNumber", "phoneInfo": Object{"phoneNumber": number}}
	for _, n := range w.all(kindNumber) {
		if text(n.doc, "phoneNumber") == number {
			shown["phoneInfo"] = Object{"id": n.id, "uri": "/restapi/v1.0/account/" + w.cfg.AccountID + "/phone-number/" + n.id, "phoneNumber": number}
		}
	}
	var features []Object
	for _, name := range []string{"RingOut", "RingMe", "CallFlip", "FaxNumber", "AdditionalSoftphone", "Alternate", "CommonPhone", "MobileApp", "Delegated"} {
		features = append(features, Object{"feature": name, "callerId": shown})
	}
	return Object{"byDevice": []Object{}, "byFeature": features, "extensionNameForOutboundCalls": true, "extensionNumberForInternalCalls": false}
}

func conferencing(*World, *Request) Object {
	return Object{
		"phoneNumber": "+16505550190", "hostCode": "472001", "participantCode": "472002", "mode": "Private", "allowJoinBeforeHost": false,
		"supportUri": "https://support.example.com/", "tapToJoinUri": "https://meet.example.com/472002",
		"phoneNumbers": []Object{{"country": country("1"), "default": true, "hasGreeting": true, "location": "Belmont, CA", "phoneNumber": "+16505550190"}},
	}
}

// notifying tells by e-mail of what was missed.
func notifying(w *World, q *Request) Object {
	byMail := func(yes bool) Object { return Object{"notifyByEmail": yes, "notifyBySms": false} }
	faxes, mails := byMail(true), byMail(true)
	faxes["includeAttachment"], faxes["markAsRead"] = true, false
	mails["includeAttachment"], mails["includeTranscription"], mails["markAsRead"] = true, false, false
	o := Object{
		"advancedMode": false, "voicemails": mails, "inboundFaxes": faxes, "outboundFaxes": byMail(false), "inboundTexts": byMail(false), "missedCalls": byMail(true),
		"smsPhoneNumbers": []string{}, "emailAddresses": []string{}, "includeManagers": false,
	}
	if e := w.get(kindExtension, q.extension()); e != nil {
		if email := text(object(e.doc, "contact"), "email"); email != "" {
			o["emailAddresses"] = []string{email}
		}
	}
	return o
}
