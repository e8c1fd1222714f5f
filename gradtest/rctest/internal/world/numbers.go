package world

import (
	"slices"
	"strconv"
	"strings"
)

const kindNumber = "phone numbers"

// numbers is the part of the world about the account's phone numbers.
func numbers() domain {
	return domain{
		kinds: map[string]string{
			"/restapi/v1.0/account/{accountId}/phone-number":                         kindNumber,
			"/restapi/v1.0/account/{accountId}/extension/{extensionId}/phone-number": kindNumber,
			"/restapi/v2/accounts/{accountId}/phone-numbers":                         kindNumber,
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"listExtensionPhoneNumbers": listOwnNumbers,
			"listAccountPhoneNumbersV2": listNumbers,
		},
		actions: map[string]action{
			"deleteNumbersFromInventoryV2": removeNumbers,
			"addNumbersToInventoryV2":      addNumbers,
			"assignPhoneNumberV2":          assignNumber,
			"replacePhoneNumberV2":         replaceNumber,
		},
		own:   []string{kindNumber},
		start: startNumbers,
	}
}

// startNumbers are the company's main number and one of each user's own, which can send messages.
func startNumbers(w *World) {
	w.addNumber(1_162_820_004, mainNumber, "MainCompanyNumber", nil, []string{"CallerId"})
	for i, p := range w.cfg.Users {
		w.addNumber(1_162_820_005+i, p.Phone, "DirectNumber", w.get(kindExtension, p.ID), []string{"SmsSender", "MmsSender", "CallerId"})
	}
}

func (w *World) addNumber(id int, number, usage string, owner *thing, features []string) *thing {
	t := &thing{kind: kindNumber, id: strconv.Itoa(id)}
	t.doc = Object{
		"uri": "/restapi/v1.0/account/" + w.cfg.AccountID + "/phone-number/" + t.id, "phoneNumber": number, "usageType": usage,
		"type": "VoiceFax", "paymentType": "Local", "status": "Normal", "location": "Belmont, CA", "features": features,
		"country": country("1"), "primary": usage == "MainCompanyNumber", "tollType": "Toll", "activationStatus": "Active",
		"byocNumber": false, "mobileNumber": false,
	}
	if owner != nil {
		t.in = []Param{{"extensionId", owner.id}}
		t.doc["extension"] = reference(owner)
	}
	return w.add(t, w.cfg.Now)
}

// phoneOf is the own number of an extension; empty: it has none.
func (w *World) phoneOf(extension string) string {
	for _, t := range w.all(kindNumber) {
		if t.within("extensionId") == extension {
			return text(t.doc, "phoneNumber")
		}
	}
	return ""
}

// number finds one of the account's numbers as it is dialled.
func (w *World) number(e164 string) *thing {
	for _, t := range w.all(kindNumber) {
		if text(t.doc, "phoneNumber") == e164 {
			return t
		}
	}
	return nil
}

// listOwnNumbers lists what an extension can use: its own numbers and the company's.
func listOwnNumbers(w *World, q *Request) ([]*thing, *Problem) {
	return slices.DeleteFunc(w.list(kindNumber, q.places()...), func(t *thing) bool { return !t.meets(q) }), nil
}

// listNumbers knows patterns, in which a star stands for one digit.
func listNumbers(w *World, q *Request) ([]*thing, *Problem) {
	pattern := q.Query.Get("phoneNumber")
	rest := *q
	if pattern != "" {
		rest.Query = map[string][]string{}
		for name, values := range q.Query {
			if name != "phoneNumber" {
				rest.Query[name] = values
			}
		}
	}
	return slices.DeleteFunc(w.list(kindNumber), func(t *thing) bool {
		return !t.meets(&rest) || pattern != "" && !likeNumber(pattern, text(t.doc, "phoneNumber"))
	}), nil
}

func likeNumber(pattern, number string) bool {
	pattern, number = strings.TrimPrefix(pattern, "+"), strings.TrimPrefix(number, "+")
	if len(pattern) != len(number) {
		return false
	}
	for i := range len(pattern) {
		if pattern[i] != '*' && pattern[i] != number[i] {
			return false
		}
	}
	return true
}

// addNumbers puts numbers into the inventory.
func addNumbers(w *World, q *Request) (Reply, *Problem) {
	var records []Object
	for _, r := range objects(q.body(), "records") {
		number := text(r, "phoneNumber")
		if w.number(number) != nil {
			records = append(records, Object{"phoneNumber": number, "errors": []Object{{
				"errorCode": "CMN-406", "message": "Parameter [phoneNumber] value is already in use", "parameterName": "phoneNumber", "parameterValue": number,
			}}})
			continue
		}
		usage := text(r, "usageType")
		if usage == "" {
			usage = "Inventory"
		}
		id, _ := strconv.Atoi(w.newID())
		t := w.addNumber(id, number, usage, nil, nil)
		records = append(records, Object{"id": t.id, "phoneNumber": number, "bulkItemSuccessful": true})
	}
	return w.reply(q, Object{"records": records}, q.Path), nil
}

// removeNumbers takes numbers out of the inventory.
func removeNumbers(w *World, q *Request) (Reply, *Problem) {
	var records []Object
	for _, r := range objects(q.body(), "records") {
		id, _ := scalar(r["id"])
		t := w.get(kindNumber, id)
		if t == nil {
			t = w.number(text(r, "phoneNumber"))
		}
		if t == nil {
			records = append(records, Object{"id": id, "bulkItemSuccessful": false, "bulkItemErrors": []Object{{
				"errorCode": "CMN-102", "message": "Resource for parameter [id] is not found", "parameterName": "id",
			}}})
			continue
		}
		w.remove(t, q.At)
		records = append(records, Object{"id": t.id, "phoneNumber": t.doc["phoneNumber"], "bulkItemSuccessful": true})
	}
	return w.reply(q, Object{"records": records}, q.Path), nil
}

// assignNumber gives a number to an extension, or changes what it is for.
func assignNumber(w *World, q *Request) (Reply, *Problem) {
	if p := w.assign(q, q.thing); p != nil {
		return Reply{}, p
	}
	return w.replyThing(q, q.thing), nil
}

func (w *World) assign(q *Request, t *thing) *Problem {
	members := Object{}
	merge(members, q.body())
	if in := object(members, "extension"); in != nil {
		id, _ := scalar(in["id"])
		owner := w.get(kindExtension, id)
		if owner == nil {
			return unknownInBody("extension.id", id)
		}
		members["extension"] = reference(owner)
		t.in = []Param{{"extensionId", owner.id}}
		delete(t.doc, "extension")
	}
	w.update(t, members, q.At)
	return nil
}

// replaceNumber moves what a number is for to another one of the inventory.
func replaceNumber(w *World, q *Request) (Reply, *Problem) {
	id, _ := scalar(q.body()["targetNumberId"])
	target := w.get(kindNumber, id)
	if target == nil {
		return Reply{}, unknownInBody("targetNumberId", id)
	}
	for _, name := range []string{"usageType", "extension", "features", "primary"} {
		target.doc[name], q.thing.doc[name] = q.thing.doc[name], target.doc[name]
	}
	target.in, q.thing.in = q.thing.in, target.in
	w.changed()
	return w.replyThing(q, target), nil
}
