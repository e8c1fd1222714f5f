package messages

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Kinds of A2P messages, that is those of an application to many people.
const (
	kindBatch = "a2p batches"
	kindA2P   = "a2p messages"
)

// a2pNumber is the account's number for nothing but A2P; a2pSender is the feature that batches need.
const (
	a2pNumber = "+16505550190"
	a2pSender = "A2PSmsSender"
)

// a2p is the domain of messages to many people. See also smsConsents for opt-outs.
func a2p() world.Domain {
	const a2pSMS = "/restapi/v1.0/account/{accountId}/a2p-sms"
	return world.Domain{
		Kinds: map[string]string{a2pSMS + "/batches": kindBatch, a2pSMS + "/messages": kindA2P},
		Lists: map[string]world.Lister{
			"listA2PBatches": listBatches,
			"listA2PSMS":     listA2P,
		},
		Handlers: map[string]world.Handler{
			"createA2PSMS":            createBatch,
			"readA2PBatch":            readBatch,
			"readA2PSMS":              readA2P,
			"aggregateA2PSMSStatuses": countA2P,
		},
		Owned: []string{kindBatch, kindA2P},
		Seed:  seedA2P,
	}
}

func seedA2P(w *world.World) {
	people.AddNumber(w, 1_162_820_900, a2pNumber, "CompanyNumber", nil, []string{a2pSender})
	if w.Config.Bare {
		return
	}
	at := w.Config.Now.Add(-3 * time.Hour)
	addBatch(w, at, a2pNumber, []a2pMessage{
		{to: "+16505550165", text: "Your order has been shipped"}, {to: "+16505550166", text: "Your order has been shipped"},
	}, nil)
	receiveA2P(w, at.Add(time.Minute), "+16505550165", a2pNumber, "Thank you")
}
