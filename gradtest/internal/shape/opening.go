package shape

import (
	"slices"
	"strings"
)

// opening is a part of a request that is wider than the newest edition of the specification says, with the source.
// The rest of a request is checked as the specification has it.
type opening struct {
	operations string // ids, separated by spaces
	path       string // member names separated by dots; a name ends in [] for the items of an array
	also       []any  // further values of an enum
	any        bool   // any value of the JSON type, in responses too
	optional   bool   // the member may be missing
	answer     bool   // any value in responses
	source     string
}

const (
	guideCards  = "guide, Adaptive Cards: samples of cards"
	before      = "editions of 2021 to 2024"
	cardWriters = "createGlipAdaptiveCardNew updateGlipAdaptiveCardNew"
	cards       = cardWriters + " getGlipAdaptiveCardNew"
	ruleWriters = "createAnsweringRule updateAnsweringRule"
	userWriters = "createExtension updateExtension"
)

// openings is the table of all openings.
var openings = []opening{
	{operations: cardWriters, path: "type", optional: true, source: guideCards},
	{operations: cardWriters, path: "version", optional: true, source: guideCards},
	{operations: cards, path: "lang", any: true, source: guideCards},
	{operations: cards, path: "body[]", any: true, source: guideCards}, // the specification knows only Container
	{operations: cards, path: "actions[]", any: true, source: guideCards},
	{operations: cards, path: "selectAction", any: true, source: guideCards},
	{operations: cards, path: "backgroundImage", any: true, source: guideCards},
	{operations: "createRingOutCall",
		path: "from", optional: true, source: "guide, RingOut: optional with a default forwarding number"},
	{operations: "createSubscription",
		path: "deliveryMode.transportType", also: []any{"PubNub", "RC/APNS", "RC/GCM"}, source: before},
	{operations: "createSubscription",
		path: "deliveryMode.address", optional: true, source: before}, // but for WebHook
	{operations: "createSubscription readSubscription updateSubscription renewSubscription", path: "deliveryMode",
		answer: true, source: before},
	{operations: "listSubscriptions", path: "records[].deliveryMode", answer: true, source: before},
	{operations: "createTaskNew",
		path: "attachments[].type", also: []any{"Card", "Event", "Note"}, source: before},
	{operations: "assignPhoneNumberV2", path: "usageType", also: []any{"PhoneLine"}, source: before},
	{operations: userWriters, path: "statusInfo.reason", also: reasonsBefore, source: before},
	{operations: "extensionBulkUpdate", path: "records[].statusInfo.reason", also: reasonsBefore, source: before},
	{operations: "extensionBulkUpdate", path: "records[].type", also: []any{"Fax User"}, source: before},
	{operations: "updateExtension", path: "type", also: []any{"Fax User"}, source: before},
	{operations: "updateExtension", path: "subType", also: []any{"DigitalSignage"}, source: before},
	{operations: ruleWriters,
		path: "forwarding.rules[].forwardingNumbers[].type", also: []any{"ExternalCarrier"}, source: before},
	{operations: ruleWriters + " createCompanyAnsweringRule updateCompanyAnsweringRule",
		path: "greetings[].type", also: []any{"Custom"}, source: before},
	{operations: "updateForwardingNumber", path: "type", also: []any{"ExternalCarrier"}, source: before},
	{operations: "updateExtensionEmergencyLocation createEmergencyLocation updateEmergencyLocation",
		path: "visibility", also: []any{"Private"}, source: before},
	{operations: "searchDirectoryEntries", path: "extensionType", source: before,
		also: []any{"DigitalUser", "FaxUser", "FlexibleUser", "VirtualUser", "ProxyAdmin"}},
	{operations: "createSIPRegistration", path: "sipInfo[].transport", also: []any{"WS"}, source: before},
	{operations: "caiAnalyzeInteraction", path: "insights[]", also: []any{"Emotion", "Energy"}, source: before},
	{operations: "listMessages syncMessages", path: "?messageType", also: []any{"Text"}, source: before},
	{operations: "listExtensionPhoneNumbers listAccountPhoneNumbers",
		path: "?usageType", also: []any{"ExternalMobileNumber"}, source: before},
}

var reasonsBefore = []any{"CancelledVoluntarily", "CancelledInvoluntarily", "SuspendedVoluntarily",
	"SuspendedInvoluntarily", "SuspendedVoluntarily2"}

// open applies the openings to an operation. It copies every shape that it changes, because other
// operations share them.
func (op *Operation) open() {
	for _, o := range openings {
		if !slices.Contains(strings.Fields(o.operations), op.ID) {
			continue
		}
		if name, ok := strings.CutPrefix(o.path, "?"); ok {
			for i := range op.Parameters {
				if p := &op.Parameters[i]; p.Name == name && p.In == "query" {
					p.Shape = o.widen(p.Shape)
				}
			}
			continue
		}
		for i := range op.Request {
			if !o.answer {
				op.Request[i].Shape = o.apply(op.Request[i].Shape, o.path)
			}
		}
		for _, r := range op.Responses {
			for i := range r.Contents {
				if o.any || o.answer {
					r.Contents[i].Shape = o.apply(r.Contents[i].Shape, o.path)
				}
			}
		}
	}
}

// apply returns s with the opening at a path below it.
func (o opening) apply(s *Shape, path string) *Shape {
	return s.edited(path, func(m Member, items bool) (Member, bool) {
		switch {
		case o.optional:
			m.Required = false
		case !items:
			m.Shape = o.widen(m.Shape)
		case m.Shape != nil:
			list := *m.Shape
			list.Items = o.widen(list.Items)
			m.Shape = &list
		}
		return m, true
	})
}

// widen returns s with more values of its enum, in its items too, or without any of its rules but the type.
func (o opening) widen(s *Shape) *Shape {
	if s == nil {
		return nil
	}
	if o.any || o.answer {
		return &Shape{Type: s.Type}
	}
	c := *s
	if c.Items = o.widen(s.Items); s.Enum != nil {
		c.Enum = slices.Concat(s.Enum, o.also)
	}
	for i, a := range s.Alternatives {
		if i == 0 {
			c.Alternatives = slices.Clone(s.Alternatives)
		}
		c.Alternatives[i] = o.widen(a)
	}
	return &c
}
