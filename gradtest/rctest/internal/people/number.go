package people

import (
	"slices"
	"strconv"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const KindNumber = "phone numbers"

// numbers is the domain of the account's phone numbers.
func numbers() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			"/restapi/v1.0/account/{accountId}/phone-number":                         KindNumber,
			"/restapi/v1.0/account/{accountId}/extension/{extensionId}/phone-number": KindNumber,
			"/restapi/v2/accounts/{accountId}/phone-numbers":                         KindNumber,
		},
		Lists: map[string]world.Lister{
			"listExtensionPhoneNumbers": listOwnNumbers,
			"listAccountPhoneNumbersV2": listNumbers,
		},
		Handlers: map[string]world.Handler{
			"deleteNumbersFromInventoryV2": removeNumbers,
			"addNumbersToInventoryV2":      addNumbers,
			"assignPhoneNumberV2":          assignNumber,
			"replacePhoneNumberV2":         replaceNumber,
		},
		Owned: []string{KindNumber},
		Seed:  seedNumbers,
	}
}

// seedNumbers are the company's main number and one of each user's own, which can send messages.
func seedNumbers(w *world.World) {
	AddNumber(w, 1_162_820_004, mainNumber, "MainCompanyNumber", nil, []string{"CallerId"})
	for i, p := range w.Config.Users {
		AddNumber(w, 1_162_820_005+i, p.Phone, "DirectNumber", w.Get(world.KindExtension, p.ID),
			[]string{"SmsSender", "MmsSender", "CallerId"})
	}
}

func AddNumber(w *world.World, id int, number, usage string, owner *world.Resource, features []string) *world.Resource {
	t := &world.Resource{Kind: KindNumber, ID: strconv.Itoa(id)}
	t.Doc = world.Object{
		"uri": "/restapi/v1.0/account/" + w.Config.AccountID + "/phone-number/" + t.ID, "phoneNumber": number,
		"usageType": usage,
		"type":      "VoiceFax", "paymentType": "Local", "status": "Normal", "location": "Belmont, CA", "features": features,
		"country": country("1"), "primary": usage == "MainCompanyNumber", "tollType": "Toll", "activationStatus": "Active",
		"byocNumber": false, "mobileNumber": false,
	}
	if owner != nil {
		t.Parents = []world.Param{world.NewParam("extensionId", owner.ID)}
		t.Doc["extension"] = Reference(owner)
	}
	return w.Add(t, w.Config.Now)
}

// phoneOf is the own number of an extension; empty: it has none.
func phoneOf(w *world.World, extension string) string {
	for _, t := range w.All(KindNumber) {
		if t.Parent("extensionId") == extension {
			return world.Text(t.Doc, "phoneNumber")
		}
	}
	return ""
}

// NumberResource finds one of the account's numbers, written with or without plus.
func NumberResource(w *world.World, number string) *world.Resource {
	e164 := E164(number)
	for _, t := range w.All(KindNumber) {
		if world.Text(t.Doc, "phoneNumber") == e164 {
			return t
		}
	}
	return nil
}

// listOwnNumbers lists what an extension can use: its own numbers and the company's.
func listOwnNumbers(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	return slices.DeleteFunc(w.List(KindNumber, q.Parents()...), func(t *world.Resource) bool { return !t.Meets(q) }), nil
}

// listNumbers supports patterns, in which an asterisk matches one digit.
func listNumbers(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
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
	return slices.DeleteFunc(w.List(KindNumber), func(t *world.Resource) bool {
		return !t.Meets(&rest) || pattern != "" && !likeNumber(pattern, world.Text(t.Doc, "phoneNumber"))
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
func addNumbers(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	var records []world.Object
	for _, r := range world.Children(q.Object(), "records") {
		number := E164(world.Text(r, "phoneNumber"))
		if NumberResource(w, number) != nil {
			records = append(records, world.Object{"phoneNumber": number, "errors": []world.Object{
				world.InUse("phoneNumber", number).Errors[0].Object(),
			}})
			continue
		}
		usage := world.Text(r, "usageType")
		if usage == "" {
			usage = "Inventory"
		}
		id, _ := strconv.Atoi(w.NewID())
		t := AddNumber(w, id, number, usage, nil, nil)
		records = append(records, world.Object{"id": t.ID, "phoneNumber": number, "bulkItemSuccessful": true})
	}
	return w.Reply(q, world.Object{"records": records}, q.Path), nil
}

// removeNumbers takes numbers out of the inventory.
func removeNumbers(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	var records []world.Object
	for _, r := range world.Children(q.Object(), "records") {
		id, _ := world.Scalar(r["id"])
		t := w.Get(KindNumber, id)
		if t == nil {
			t = NumberResource(w, world.Text(r, "phoneNumber"))
		}
		if t == nil {
			records = append(records, world.Object{"id": id, "bulkItemSuccessful": false, "bulkItemErrors": []world.Object{
				world.Pick(world.NotFound("id", id).Errors[0].Object(), "errorCode", "message", "parameterName"),
			}})
			continue
		}
		w.Remove(t, q.At)
		records = append(records, world.Object{"id": t.ID, "phoneNumber": t.Doc["phoneNumber"], "bulkItemSuccessful": true})
	}
	return w.Reply(q, world.Object{"records": records}, q.Path), nil
}

// assignNumber gives a number to an extension, or changes what it is for.
func assignNumber(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if p := assign(w, q, q.Resource); p != nil {
		return world.Reply{}, p
	}
	return w.ReplyResource(q, q.Resource), nil
}

func assign(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
	members := world.Object{}
	world.Merge(members, q.Object())
	if in := world.Child(members, "extension"); in != nil {
		id, _ := world.Scalar(in["id"])
		owner := w.Get(world.KindExtension, id)
		if owner == nil {
			return world.NotFoundInBody("extension.id", id)
		}
		members["extension"] = Reference(owner)
		t.Parents = []world.Param{world.NewParam("extensionId", owner.ID)}
		delete(t.Doc, "extension")
	}
	w.Update(t, members, q.At)
	return nil
}

// replaceNumber moves what a number is for to another one of the inventory.
func replaceNumber(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	id, _ := world.Scalar(q.Object()["targetNumberId"])
	target := w.Get(KindNumber, id)
	if target == nil {
		return world.Reply{}, world.NotFoundInBody("targetNumberId", id)
	}
	for _, name := range []string{"usageType", "extension", "features", "primary"} {
		target.Doc[name], q.Resource.Doc[name] = q.Resource.Doc[name], target.Doc[name]
	}
	target.Parents, q.Resource.Parents = q.Resource.Parents, target.Parents
	w.Invalidate()
	return w.ReplyResource(q, target), nil
}
