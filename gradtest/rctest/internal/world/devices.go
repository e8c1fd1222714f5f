package world

const kindDevice = "devices"

// devices is the part of the world about phones and soft phones.
func devices() domain {
	return domain{
		kinds: map[string]string{
			"/restapi/v1.0/account/{accountId}/device":                                                                 kindDevice,
			"/restapi/v1.0/account/{accountId}/extension/{extensionId}/device":                                         kindDevice,
			"/restapi/v2/accounts/{accountId}/devices":                                                                 kindDevice,
			"/restapi/v2/accounts/{accountId}/extensions/{extensionId}/devices":                                        kindDevice,
			"/restapi/v2/accounts/{accountId}/extensions/{extensionId}/comm-handling/voice/forwarding-targets/devices": kindDevice,
		},
		actions: map[string]action{
			"updateDeviceEmergency": update,
			"createSIPRegistration": registerSoftPhone,
		},
		own:   []string{kindDevice},
		start: startDevices,
	}
}

// startDevices are a desk phone and a soft phone of each user.
func startDevices(w *World) {
	if w.cfg.Bare {
		return
	}
	for _, p := range w.cfg.Users {
		owner := w.get(kindExtension, p.ID)
		for _, kind := range []string{"HardPhone", "SoftPhone"} {
			t := w.newDevice(kind, owner)
			t.doc["name"] = p.FirstName + "'s phone"
			w.add(t, w.cfg.Now)
		}
	}
}

func (w *World) newDevice(kind string, owner *thing) *thing {
	t := &thing{kind: kindDevice, id: w.newID(), in: []Param{{"extensionId", owner.id}}}
	t.doc = Object{
		"uri": "/restapi/v1.0/account/" + w.cfg.AccountID + "/device/" + t.id, "type": kind, "status": "Offline",
		"serial": "00:00:5E:00:53:" + t.id[len(t.id)-2:], "linePooling": "None", "useAsCommonPhone": false,
		"extension": reference(owner),
	}
	return t
}

// registerSoftPhone gives a soft phone what it would log in with. Nothing listens at the proxy.
func registerSoftPhone(w *World, q *Request) (Reply, *Problem) {
	owner := w.get(kindExtension, q.User)
	if owner == nil {
		return Reply{}, unknown("extensionId", q.User)
	}
	var t *thing
	id, _ := scalar(object(q.body(), "device")["id"])
	if id != "" {
		if t = w.get(kindDevice, id); t == nil {
			return Reply{}, unknownInBody("device.id", id)
		}
	}
	for _, other := range w.list(kindDevice, Param{"extensionId", owner.id}) {
		if t == nil && text(other.doc, "type") == "SoftPhone" {
			t = other
		}
	}
	if t == nil {
		t = w.add(w.newDevice("SoftPhone", owner), q.At)
	}
	transport := "WSS"
	if asked := objects(q.body(), "sipInfo"); len(asked) > 0 && text(asked[0], "transport") != "" {
		transport = text(asked[0], "transport")
	}
	return w.reply(q, Object{
		"device": t.doc,
		"sipInfo": []Object{{
			"username": "1650555" + text(owner.doc, "extensionNumber"), "authorizationId": "8" + owner.id, "domain": "sip.emulator.invalid",
			"outboundProxy": "sip.emulator.invalid:5091", "transport": transport, "authorizationTypes": []string{"SipDigest"},
		}},
		"sipFlags": Object{"voipFeatureEnabled": true, "outboundCallsEnabled": true},
	}, t.id), nil
}
