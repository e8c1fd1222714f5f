package world

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// mainNumber is the company's.
const mainNumber = "+16505550100"

// people is the part of the world about the account and its extensions.
func people() domain {
	return domain{
		kinds: map[string]string{
			"/restapi/v1.0/account/{accountId}/extension": kindExtension,
			"/restapi/v2/accounts/{accountId}/extensions": kindExtension,
			"/rcvideo/v1/account/{accountId}/extension":   kindExtension,
			"/rcvideo/v1/accounts/{accountId}/extensions": kindExtension,
			"/rcvideo/v2/account/{accountId}/extension":   kindExtension,
			directoryEntries: kindExtension,
		},
		created: map[string]func(*World, *Request, *thing) *Problem{"createExtension": createdExtension},
		updated: map[string]func(*World, *Request, Object) *Problem{"updateExtension": updatedExtension},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"listExtensions":         listExtensions,
			"listDirectoryEntries":   listDirectory,
			"searchDirectoryEntries": listDirectory,
		},
		actions: map[string]action{
			"readDirectoryEntry": readDirectoryEntry,
			"bulkDeleteUsersV2":  removeExtensions,
		},
		own:   []string{kindExtension},
		start: startPeople,
	}
}

// startPeople adds an extension for everybody who is in the config, and tells what the account is like.
func startPeople(w *World) {
	accountPath := "/restapi/v1.0/account/" + w.cfg.AccountID
	var first Object
	for _, p := range w.cfg.Users {
		uri := accountPath + "/extension/" + p.ID
		name := strings.TrimSpace(p.FirstName + " " + p.LastName)
		t := w.add(&thing{kind: kindExtension, id: p.ID, doc: Object{
			"uri": uri, "extensionNumber": p.Number, "name": name,
			"type": "User", "status": "Enabled", "setupWizardState": "Completed", "hidden": false,
			"contact": Object{"firstName": p.FirstName, "lastName": p.LastName, "email": p.Email, "businessPhone": p.Phone},
			"account": Object{"id": w.cfg.AccountID, "uri": accountPath},
			"regionalSettings": Object{
				"homeCountry": country("1"), "timezone": timezone("58"), "timeFormat": "12h",
				"language":         Object{"id": "1033", "localeCode": "en-US", "name": "English (United States)"},
				"greetingLanguage": Object{"id": "1033", "localeCode": "en-US", "name": "English (United States)"},
				"formattingLocale": Object{"id": "1033", "localeCode": "en-US", "name": "English (United States)"},
			},
			"permissions": Object{"admin": Object{"enabled": first == nil}, "internationalCalling": Object{"enabled": false}},
		}}, w.cfg.Now)
		if first == nil {
			first = t.doc
		}
	}
	if first == nil {
		return
	}
	w.startSetting("/restapi/v1.0/account/{accountId}", Object{
		"id": w.cfg.AccountID, "uri": accountPath, "mainNumber": mainNumber, "status": "Confirmed", "setupWizardState": "Completed",
		"operator":         Object{"id": first["id"], "uri": first["uri"], "extensionNumber": first["extensionNumber"], "name": first["name"]},
		"serviceInfo":      Object{"uri": accountPath + "/service-info", "servicePlanName": "Emulator"},
		"regionalSettings": first["regionalSettings"],
	})
}

// listExtensions leaves out those whose status or type is not asked for.
func listExtensions(w *World, q *Request) ([]*thing, *Problem) {
	emails := q.Query["email"]
	return slices.DeleteFunc(w.list(kindExtension), func(t *thing) bool {
		if len(emails) > 0 && !slices.ContainsFunc(emails, func(e string) bool { return wants(e, text(object(t.doc, "contact"), "email")) }) {
			return true
		}
		return !t.meets(q)
	}), nil
}

// createdExtension gives a new extension its number, unless the request names a free one.
func createdExtension(w *World, q *Request, t *thing) *Problem {
	number := text(t.doc, "extensionNumber")
	if number == "" {
		for n := 101; ; n++ {
			if number = strconv.Itoa(n); w.byNumber(number) == nil {
				break
			}
		}
	}
	if w.byNumber(number) != nil {
		return problem(http.StatusBadRequest, "CMN-406", "Parameter [extensionNumber] value is already in use",
			Attribute{"parameterName", "extensionNumber"}, Attribute{"parameterValue", number})
	}
	contact := object(t.doc, "contact")
	if text(t.doc, "name") == "" {
		t.doc["name"] = strings.TrimSpace(text(contact, "firstName") + " " + text(contact, "lastName"))
	}
	delete(t.doc, "password")
	delete(t.doc, "ivrPin")
	t.doc["extensionNumber"] = number
	setDefault(t.doc, "type", "User")
	setDefault(t.doc, "status", "NotActivated")
	setDefault(t.doc, "setupWizardState", "NotStarted")
	setDefault(t.doc, "hidden", false)
	t.doc["account"] = Object{"id": w.cfg.AccountID, "uri": "/restapi/v1.0/account/" + w.cfg.AccountID}
	return nil
}

// updatedExtension keeps secrets out and numbers apart.
func updatedExtension(w *World, q *Request, members Object) *Problem {
	delete(members, "password")
	delete(members, "ivrPin")
	delete(members, "callerIdNumber")
	number := text(members, "extensionNumber")
	if other := w.byNumber(number); other != nil && other != q.thing {
		return problem(http.StatusBadRequest, "CMN-406", "Parameter [extensionNumber] value is already in use",
			Attribute{"parameterName", "extensionNumber"}, Attribute{"parameterValue", number})
	}
	if contact := object(members, "contact"); contact != nil && text(members, "name") == "" {
		now := object(q.thing.doc, "contact")
		name := func(key string) string {
			if v, ok := contact[key].(string); ok {
				return v
			}
			return text(now, key)
		}
		members["name"] = strings.TrimSpace(name("firstName") + " " + name("lastName"))
	}
	w.tell(q.At, q.Path, Object{"extensionId": q.thing.id, "eventType": "Update", "ownerId": q.User})
	return nil
}

// byNumber finds an extension by its short number.
func (w *World) byNumber(number string) *thing {
	if number == "" {
		return nil
	}
	for _, t := range w.all(kindExtension) {
		if text(t.doc, "extensionNumber") == number {
			return t
		}
	}
	return nil
}

// reference is how other things speak of an extension.
func reference(t *thing) Object {
	return Object{"id": t.id, "uri": t.doc["uri"], "extensionNumber": t.doc["extensionNumber"], "name": t.doc["name"]}
}

// removeExtensions removes those that the body names and tells what became of each.
func removeExtensions(w *World, q *Request) (Reply, *Problem) {
	var records []Object
	for _, r := range objects(q.body(), "records") {
		id, _ := scalar(r["id"])
		t := w.get(kindExtension, id)
		if t == nil {
			records = append(records, Object{"id": id, "successful": false, "errors": []Object{{
				"errorCode": "CMN-102", "message": "Resource for parameter [id] is not found", "parameterName": "id", "parameterValue": id,
			}}})
			continue
		}
		w.remove(t, q.At)
		w.removeIn(Param{"extensionId", id}, q.At)
		records = append(records, Object{"id": id, "successful": true})
	}
	return w.reply(q, Object{"records": records}, q.Path), nil
}

func isUser(t *thing) bool {
	return slices.Contains([]string{"User", "DigitalUser", "VirtualUser", "Room"}, text(t.doc, "type"))
}

func peopleDomains() []domain {
	return []domain{people(), numbers(), contacts(), devices(), queues(), rules(), dictionaries(), permissions(), settings()}
}
