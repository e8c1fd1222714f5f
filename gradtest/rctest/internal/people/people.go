package people

import (
	"slices"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// mainNumber is the company's.
const mainNumber = "+16505550100"

// people is the domain of the account and its extensions.
func people() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			"/restapi/v1.0/account/{accountId}/extension": world.KindExtension,
			"/restapi/v2/accounts/{accountId}/extensions": world.KindExtension,
			"/rcvideo/v1/account/{accountId}/extension":   world.KindExtension,
			"/rcvideo/v1/accounts/{accountId}/extensions": world.KindExtension,
			"/rcvideo/v2/account/{accountId}/extension":   world.KindExtension,
			directoryEntries: world.KindExtension,
		},
		OnCreate: map[string]world.CreateHook{"createExtension": CompleteExtension},
		OnUpdate: map[string]world.UpdateHook{"updateExtension": updateExtension},
		Lists: map[string]world.Lister{
			"listExtensions":         listExtensions,
			"listDirectoryEntries":   listDirectory,
			"searchDirectoryEntries": listDirectory,
		},
		Handlers: map[string]world.Handler{
			"readDirectoryEntry": readDirectoryEntry,
			"bulkDeleteUsersV2":  removeExtensions,
		},
		Owned: []string{world.KindExtension},
		Seed:  seedPeople,
	}
}

// seedPeople adds an extension for everybody who is in the config, and tells what the account is like.
func seedPeople(w *world.World) {
	accountPath := "/restapi/v1.0/account/" + w.Config.AccountID
	var first world.Object
	for _, p := range w.Config.Users {
		uri := accountPath + "/extension/" + p.ID
		name := strings.TrimSpace(p.FirstName + " " + p.LastName)
		t := w.Add(&world.Resource{Kind: world.KindExtension, ID: p.ID, Doc: world.Object{
			"uri": uri, "extensionNumber": p.Number, "name": name,
			"type": "User", "status": "Enabled", "setupWizardState": "Completed", "hidden": false,
			"contact": world.Object{"firstName": p.FirstName, "lastName": p.LastName, "email": p.Email,
				"businessPhone": p.Phone},
			"account": world.Object{"id": w.Config.AccountID, "uri": accountPath},
			"regionalSettings": world.Object{
				"homeCountry": country("1"), "timezone": timezone("58"), "timeFormat": "12h",
				"language":         world.Object{"id": "1033", "localeCode": "en-US", "name": "English (United States)"},
				"greetingLanguage": world.Object{"id": "1033", "localeCode": "en-US", "name": "English (United States)"},
				"formattingLocale": world.Object{"id": "1033", "localeCode": "en-US", "name": "English (United States)"},
			},
			"serviceFeatures": serviceFeatures(),
			"permissions": world.Object{"admin": world.Object{"enabled": first == nil},
				"internationalCalling": world.Object{"enabled": false}},
		}}, w.Config.Now)
		if first == nil {
			first = t.Doc
		}
	}
	if first == nil {
		return
	}
	w.SeedSetting("/restapi/v1.0/account/{accountId}", world.Object{
		"id": w.Config.AccountID, "uri": accountPath, "mainNumber": mainNumber, "status": "Confirmed",
		"setupWizardState": "Completed",
		"operator": world.Object{"id": first["id"], "uri": first["uri"], "extensionNumber": first["extensionNumber"],
			"name": first["name"]},
		"serviceInfo":      world.Object{"uri": accountPath + "/service-info", "servicePlanName": "Emulator"},
		"regionalSettings": first["regionalSettings"],
	})
}

// serviceFeatures are what a user may use. The reason is there for what is off alone, as the specification has it.
func serviceFeatures() []world.Object {
	var all []world.Object
	for _, name := range []string{"CallForwarding", "CallSwitch", "Conferencing", "DND", "DeveloperPortal", "Fax",
		"FaxReceiving", "MMS", "OnDemandCallRecording", "Pager", "PagerReceiving", "Presence", "RingOut", "SMS",
		"SMSReceiving", "TelephonySessions", "VideoConferencing", "VoipCalling", "Voicemail", "WebPhone"} {
		all = append(all, world.Object{"featureName": name, "enabled": true})
	}
	return append(all, world.Object{"featureName": "InternationalCalling", "enabled": false, "reason": "AccountLimitation"})
}

// listExtensions leaves out those whose status or type is not asked for.
func listExtensions(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	emails := q.Query["email"]
	return slices.DeleteFunc(w.List(world.KindExtension), func(t *world.Resource) bool {
		if len(emails) > 0 && !slices.ContainsFunc(emails, func(e string) bool {
			return world.Matches(e,
				world.Text(world.Child(t.Doc, "contact"), "email"))
		}) {
			return true
		}
		return !t.Meets(q)
	}), nil
}

// CompleteExtension gives a new extension its number, unless the request names a free one.
func CompleteExtension(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	number := world.Text(t.Doc, "extensionNumber")
	if number == "" {
		for n := 101; ; n++ {
			if number = strconv.Itoa(n); byNumber(w, number) == nil {
				break
			}
		}
	}
	if byNumber(w, number) != nil {
		return world.InUse("extensionNumber", number)
	}
	contact := world.Child(t.Doc, "contact")
	if world.Text(t.Doc, "name") == "" {
		t.Doc["name"] = strings.TrimSpace(world.Text(contact, "firstName") + " " + world.Text(contact, "lastName"))
	}
	delete(t.Doc, "password")
	delete(t.Doc, "ivrPin")
	t.Doc["extensionNumber"] = number
	world.SetDefault(t.Doc, "type", "User")
	world.SetDefault(t.Doc, "status", "NotActivated")
	world.SetDefault(t.Doc, "setupWizardState", "NotStarted")
	world.SetDefault(t.Doc, "hidden", false)
	t.Doc["account"] = world.Object{"id": w.Config.AccountID, "uri": "/restapi/v1.0/account/" + w.Config.AccountID}
	return nil
}

// updateExtension keeps secrets out and numbers apart.
func updateExtension(w *world.World, q *world.Request, members world.Object) *world.Problem {
	delete(members, "password")
	delete(members, "ivrPin")
	delete(members, "callerIdNumber")
	number := world.Text(members, "extensionNumber")
	if other := byNumber(w, number); other != nil && other != q.Resource {
		return world.InUse("extensionNumber", number)
	}
	if contact := world.Child(members, "contact"); contact != nil && world.Text(members, "name") == "" {
		now := world.Child(q.Resource.Doc, "contact")
		name := func(key string) string {
			if v, ok := contact[key].(string); ok {
				return v
			}
			return world.Text(now, key)
		}
		members["name"] = strings.TrimSpace(name("firstName") + " " + name("lastName"))
	}
	w.Notify(q.At, q.Path, world.Object{"extensionId": q.Resource.ID, "eventType": "Update", "ownerId": q.User})
	return nil
}

// byNumber finds an extension by its short number.
func byNumber(w *world.World, number string) *world.Resource {
	if number == "" {
		return nil
	}
	for _, t := range w.All(world.KindExtension) {
		if world.Text(t.Doc, "extensionNumber") == number {
			return t
		}
	}
	return nil
}

// Reference is how other resources speak of an extension.
func Reference(t *world.Resource) world.Object {
	return world.Object{"id": t.ID, "uri": t.Doc["uri"], "extensionNumber": t.Doc["extensionNumber"],
		"name": t.Doc["name"]}
}

// removeExtensions removes those that the body names and tells what became of each.
func removeExtensions(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	var records []world.Object
	for _, r := range world.Children(q.Object(), "records") {
		id, _ := world.Scalar(r["id"])
		t := w.Get(world.KindExtension, id)
		if t == nil {
			records = append(records, world.Object{"id": id, "successful": false, "errors": []world.Object{
				world.NotFound("id", id).Errors[0].Object(),
			}})
			continue
		}
		w.Remove(t, q.At)
		w.RemoveUnder(world.NewParam("extensionId", id), q.At)
		records = append(records, world.Object{"id": id, "successful": true})
	}
	return w.Reply(q, world.Object{"records": records}, q.Path), nil
}

func IsUser(t *world.Resource) bool {
	return slices.Contains([]string{"User", "DigitalUser", "VirtualUser", "Room"}, world.Text(t.Doc, "type"))
}

func Domains() []world.Domain {
	return []world.Domain{people(), numbers(), contacts(), bulkTasks(), devices(), queues(), rules(), dictionaries(), permissions(),
		settings()}
}
