package people

import (
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const KindDevice = "devices"

// devices is the domain of phones and soft phones.
func devices() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			"/restapi/v1.0/account/{accountId}/device":                                                                 KindDevice,
			"/restapi/v1.0/account/{accountId}/extension/{extensionId}/device":                                         KindDevice,
			"/restapi/v2/accounts/{accountId}/devices":                                                                 KindDevice,
			"/restapi/v2/accounts/{accountId}/extensions/{extensionId}/devices":                                        KindDevice,
			"/restapi/v2/accounts/{accountId}/extensions/{extensionId}/comm-handling/voice/forwarding-targets/devices": KindDevice,
		},
		Handlers: map[string]world.Handler{
			"updateDeviceEmergency": world.HandleUpdate,
			"createSIPRegistration": registerSoftPhone,
		},
		Owned: []string{KindDevice},
		Seed:  seedDevices,
	}
}

// seedDevices are a desk phone and a soft phone of each user.
func seedDevices(w *world.World) {
	if w.Config.Bare {
		return
	}
	for _, p := range w.Config.Users {
		owner := w.Get(world.KindExtension, p.ID)
		for _, kind := range []string{"HardPhone", "SoftPhone"} {
			t := newDevice(w, kind, owner)
			t.Doc["name"] = p.FirstName + "'s phone"
			w.Add(t, w.Config.Now)
		}
	}
}

func newDevice(w *world.World, kind string, owner *world.Resource) *world.Resource {
	t := &world.Resource{Kind: KindDevice, ID: w.NewID(), Parents: []world.Param{world.NewParam("extensionId", owner.ID)}}
	t.Doc = world.Object{
		"uri": "/restapi/v1.0/account/" + w.Config.AccountID + "/device/" + t.ID, "type": kind, "status": "Offline",
		"serial": "00:00:5E:00:53:" + t.ID[len(t.ID)-2:], "linePooling": "None", "useAsCommonPhone": false,
		"extension": Reference(owner),
	}
	return t
}

// registerSoftPhone gives a soft phone what it would log in with. Nothing listens at the proxy.
func registerSoftPhone(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	owner := w.Get(world.KindExtension, q.User)
	if owner == nil {
		return world.Reply{}, world.NotFound("extensionId", q.User)
	}
	var t *world.Resource
	id, _ := world.Scalar(world.Child(q.Object(), "device")["id"])
	if id != "" {
		if t = w.Get(KindDevice, id); t == nil {
			return world.Reply{}, world.NotFoundInBody("device.id", id)
		}
	}
	for _, other := range w.List(KindDevice, world.NewParam("extensionId", owner.ID)) {
		if t == nil && world.Text(other.Doc, "type") == "SoftPhone" {
			t = other
		}
	}
	if t == nil {
		t = w.Add(newDevice(w, "SoftPhone", owner), q.At)
	}
	transport := "WSS"
	if asked := world.Children(q.Object(), "sipInfo"); len(asked) > 0 && world.Text(asked[0], "transport") != "" {
		transport = world.Text(asked[0], "transport")
	}
	return w.Reply(q, world.Object{
		"device": t.Doc,
		"sipInfo": []world.Object{{
			"username": "1650555" + world.Text(owner.Doc, "extensionNumber"), "authorizationId": "8" + owner.ID,
			"domain":        "sip.emulator.invalid",
			"outboundProxy": "sip.emulator.invalid:5091", "transport": transport, "authorizationTypes": []string{"SipDigest"},
		}},
		"sipFlags": world.Object{"voipFeatureEnabled": true, "outboundCallsEnabled": true},
	}, t.ID), nil
}
