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
	{cardWriters, "type", nil, false, true, guideCards},
	{cardWriters, "version", nil, false, true, guideCards},
	{cards, "lang", nil, true, false, guideCards},
	{cards, "body[]", nil, true, false, guideCards}, // the specification knows only Container
	{cards, "actions[]", nil, true, false, guideCards},
	{cards, "selectAction", nil, true, false, guideCards},
	{cards, "backgroundImage", nil, true, false, guideCards},
	{"createRingOutCall", "from", nil, false, true, "guide, RingOut: optional with a default forwarding number"},
	{"createSubscription", "deliveryMode.transportType", []any{"PubNub", "RC/APNS", "RC/GCM"}, false, false, before},
	{"createSubscription", "deliveryMode.address", nil, false, true, before}, // of WebHook alone; the emulator asks for it
	{"createTaskNew", "attachments[].type", []any{"Card", "Event", "Note"}, false, false, before},
	{"assignPhoneNumberV2", "usageType", []any{"PhoneLine"}, false, false, before},
	{userWriters, "statusInfo.reason", reasonsBefore, false, false, before},
	{"extensionBulkUpdate", "records[].statusInfo.reason", reasonsBefore, false, false, before},
	{"extensionBulkUpdate", "records[].type", []any{"Fax User"}, false, false, before},
	{"updateExtension", "type", []any{"Fax User"}, false, false, before},
	{"updateExtension", "subType", []any{"DigitalSignage"}, false, false, before},
	{ruleWriters, "forwarding.rules[].forwardingNumbers[].type", []any{"ExternalCarrier"}, false, false, before},
	{ruleWriters + " createCompanyAnsweringRule updateCompanyAnsweringRule", "greetings[].type", []any{"Custom"}, false,
		false, before},
	{"updateForwardingNumber", "type", []any{"ExternalCarrier"}, false, false, before},
	{"updateExtensionEmergencyLocation createEmergencyLocation updateEmergencyLocation", "visibility", []any{"Private"},
		false, false, before},
	{"searchDirectoryEntries", "extensionType",
		[]any{"DigitalUser", "FaxUser", "FlexibleUser", "VirtualUser", "ProxyAdmin"}, false, false, before},
	{"createSIPRegistration", "sipInfo[].transport", []any{"WS"}, false, false, before},
	{"caiAnalyzeInteraction", "insights[]", []any{"Emotion", "Energy"}, false, false, before},
	{"listMessages syncMessages", "?messageType", []any{"Text"}, false, false, before},
	{"listExtensionPhoneNumbers listAccountPhoneNumbers", "?usageType", []any{"ExternalMobileNumber"}, false, false,
		before},
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
			op.Request[i].Shape = o.apply(op.Request[i].Shape, o.path)
		}
		for _, r := range op.Responses {
			for i := range r.Contents {
				if o.any {
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
	if o.any {
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
