package world

import "strings"

// featuresOff are members that belong to a feature that is off in the emulated account, or to a state that seeded
// resources are not in. They are not filled in. Source: descriptions in the specification.
var featuresOff = map[string]string{
	"site": "multi-site", "siteAccess": "multi-site", "siteCode": "multi-site", "costCenter": "cost centers",
	"partnerId": "partners", "references": "partners", "brandId": "partners",
	"customFields": "custom fields", "departments": "departments", "callQueueInfo": "of queues alone",
	"alertTimer": "of queues alone", "statusInfo": "of disabled extensions", "subType": "of some types of extensions",
	"serviceFeatures": "listed by hand", "extensionNumbers": "further numbers", "temporaryNumber": "porting",
	"vanityPattern": "search", "contactCenterProvider": "contact center", "delegate": "delegation",
	"delegationType": "delegation", "deleted": "of deleted records", "message": "of voicemail and fax",
	"transferTarget": "transfers", "transferee": "transfers", "recording": "of recorded calls",
	"shortRecording": "of recorded calls", "metadataCategories": "conversation intelligence", "reason": "of failures",
	"reasonDescription": "of failures", "dialerPhoneNumber": "dialer", "dialedPhoneNumber": "dialer",
	"hotDeskDevice": "hot desks", "shipping": "of ordered devices", "boxBillingId": "of ordered devices",
	"billingStatement": "billing", "billingCode": "billing", "inCompanyNet": "location updates",
	"lastLocationReportTime": "location updates", "unconditionalForwarding": "forwarding", "missedCall": "voicemail off",
	"transfer": "of rules that transfer", "sharedLines": "shared lines", "queue": "of queues alone",
	"longSummary": "insights", "shortSummary": "insights", "summary": "insights", "keywords": "insights",
	"transcriptions": "transcription", "notes": "notes", "password": "secret", "federated": "federation",
	"federatedName": "federation", "integration": "contact center", "id": "set already", "uri": "set already",
	"weeklyRanges": "hours other than all", "ranges": "hours other than all",
	"targetServicePlan": "change of the plan", "device": "of calls by a device",
}

// completed are the kinds of seeded resources to which the documented members are added that a domain has not set, and
// with which real accounts answer too. What a client makes keeps only what it was made with.
var completed = []string{KindExtension, "devices", "phone numbers", "calls", "contacts", "bridges", "meetings",
	"/restapi/v1.0/account/{accountId}/answering-rule", ExtensionPath + "/answering-rule"}

// markSeeded marks the resources that complete completes.
func (w *World) markSeeded() {
	if w.Config.Bare {
		return
	}
	for name, k := range w.kinds {
		if isCompleted(name) {
			for _, t := range k.all {
				t.incomplete = true
			}
		}
	}
}

// complete adds generated members to a seeded resource before a client sees it for the first time. Doing it then keeps
// the start fast.
func (w *World) complete(t *Resource) {
	if !t.incomplete {
		return
	}
	t.incomplete = false
	if made, ok := w.maker.Make(w.plans.formOf(t.Kind).item, t.ID, true).(Object); ok {
		fillIn(t.Doc, made, "")
	}
}

func isCompleted(kind string) bool {
	for _, name := range completed {
		if name == kind {
			return true
		}
	}
	return strings.HasPrefix(kind, "webinars") || strings.HasPrefix(kind, "sessions of webinars")
}

// fillIn adds the members of made that o lacks, unless they belong to a feature that is off.
func fillIn(o, made Object, parent string) {
	for name, v := range made {
		own, has := o[name]
		in, isObject := v.(Object)
		below, ok := own.(Object)
		off := featuresOff[name] != "" && (parent == "" || name != "id" && name != "uri")
		switch {
		case off:
		case has && isObject && ok:
			fillIn(below, in, name)
		case has:
		case isObject:
			clean := Object{}
			fillIn(clean, in, name)
			if len(clean) > 0 {
				o[name] = clean
			}
		default:
			o[name] = withoutOff(v)
		}
	}
}

// withoutOff removes the members of features that are off from the objects of a list.
func withoutOff(v any) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	for i, in := range list {
		if o, ok := in.(Object); ok {
			clean := Object{}
			fillIn(clean, o, "item")
			list[i] = clean
		}
	}
	return list
}
