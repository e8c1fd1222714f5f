package rctest

import (
	"strconv"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// calls is the part of the platform about call logs, recordings and ring-out.
func calls() domain {
	log := records{count: 3, write: callRecord, id: callID}
	sync := log
	sync.home = "call-log"
	return domain{
		fields: map[string]func(*exchange, *text, thing){
			rcapi.ReadUserCallRecord.ID:    func(x *exchange, t *text, it thing) { callRecord(x, t, it, 0) },
			rcapi.ReadCompanyCallRecord.ID: func(x *exchange, t *text, it thing) { callRecord(x, t, it, 0) },
			rcapi.ReadCallRecording.ID:     recording,
			rcapi.CreateRingOutCall.ID:     ringOut,
			rcapi.ReadRingOutCallStatus.ID: ringOut,
			rcapi.CreateSIPRegistration.ID: sipRegistration,
		},
		records: map[string]records{
			rcapi.ReadUserCallLog.ID: log, rcapi.ReadCompanyCallLog.ID: log,
			rcapi.SyncUserCallLog.ID: sync, rcapi.SyncAccountCallLog.ID: sync,
			rcapi.ListExtensionActiveCalls.ID: none, rcapi.ListCompanyActiveCalls.ID: none, // nobody is on the phone
		},
	}
}

func callID(i int) string { return "Y3MxNzI0NzQ2MDAwMDAw" + strconv.Itoa(i) + "UzE" }

func callRecord(x *exchange, t *text, it thing, i int) {
	t.string("sessionId", strconv.Itoa(4_503_991_004+i))
	t.string("telephonySessionId", "s-a0d17c0a3f0a4z18f0c5e2d"+strconv.Itoa(i)+"z1")
	t.time("startTime", x.at.Add(-time.Duration(i+1)*10*time.Minute))
	t.int("duration", 30*(i+1))
	t.string("type", "Voice")
	t.string("internalType", "Local")
	t.string("direction", "Outbound")
	t.string("action", "VoIP Call")
	t.string("result", "Call connected")
	t.object("from")
	t.string("phoneNumber", ownNumber)
	t.string("name", userName)
	t.end()
	t.object("to")
	t.string("phoneNumber", "+1650555020"+strconv.Itoa(i))
	t.end()
	t.object("extension")
	t.joined("uri", x.base(), "/restapi/v1.0/account/", accountID, "/extension/", extensionID)
	t.id("id", extensionID, true)
	t.end()
}

func recording(x *exchange, t *text, it thing) {
	t.joined("contentUri", x.base(), it.uri, "/content")
	t.string("contentType", "audio/mpeg")
	t.int("duration", 30)
}

func ringOut(_ *exchange, t *text, _ thing) {
	t.object("status")
	t.string("callStatus", "InProgress")
	t.string("callerStatus", "InProgress")
	t.string("calleeStatus", "InProgress")
	t.end()
}

// sipRegistration writes the parameters of a soft phone. Nothing listens at the proxy it names.
func sipRegistration(x *exchange, t *text, it thing) {
	t.object("device")
	t.string("id", it.id)
	t.string("type", "SoftPhone")
	t.string("status", "Offline")
	t.end()
	t.array("sipInfo")
	t.open('{')
	t.string("username", "1650555"+extensionNumber)
	t.string("domain", "sip.emulator.invalid")
	t.string("outboundProxy", "sip.emulator.invalid:5091")
	t.string("transport", "WSS")
	t.end()
	t.done()
	t.object("sipFlags")
	t.bool("voipFeatureEnabled", true)
	t.bool("outboundCallsEnabled", true)
	t.end()
}
