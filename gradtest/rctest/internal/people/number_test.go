package people

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func phoneNumbers(list world.Object) []string {
	var out []string
	for _, r := range world.Children(list, "records") {
		out = append(out, world.Text(r, "phoneNumber"))
	}
	return out
}

func TestNumbersOfAnExtension(t *testing.T) {
	s := newScene(t)
	assert.Equal(t, []string{mainNumber, "+16505550101", a2pNumber},
		phoneNumbers(s.Call("GET "+worldtest.ExtensionPath+"/phone-number").OK()))
	assert.Equal(t, []string{"+16505550101"},
		phoneNumbers(s.Call("GET "+worldtest.ExtensionPath+"/phone-number?usageType=DirectNumber").OK()))
	own := world.Children(s.Call("GET "+worldtest.ExtensionPath+"/phone-number?usageType=DirectNumber").OK(), "records")[0]
	assert.Contains(t, world.Texts(own, "features"), "SmsSender")
	assert.Len(t, phoneNumbers(s.Call("GET "+worldtest.AccountPath+"/phone-number").OK()), 4)
}

func TestNumbersByPattern(t *testing.T) {
	s := newScene(t)
	path := "/restapi/v2/accounts/" + worldtest.Account + "/phone-numbers"
	assert.Equal(t, []string{"+16505550102"}, phoneNumbers(s.Call("GET "+path+"?phoneNumber=%2B1650555**02").OK()))
	assert.Len(t, phoneNumbers(s.Call("GET "+path+"?phoneNumber=%2B1650555010*").OK()), 3)
	assert.Empty(t, phoneNumbers(s.Call("GET "+path+"?phoneNumber=%2B165055501**&type=FaxOnly").OK()))
}

func TestInventory(t *testing.T) {
	s := newScene(t)
	path := "/restapi/v2/accounts/" + worldtest.Account + "/phone-numbers"
	s.Call("POST "+path+"/bulk-add", `{"records":[{"phoneNumber":"+16505550300","usageType":"Inventory"}]}`).OK()
	id := worldtest.Values(s.Call("GET "+path+"?phoneNumber=%2B16505550300").OK(), "records")[0]
	got := s.Call("PATCH "+path+"/"+id,
		`{"type":"VoiceFax","usageType":"DirectNumber","extension":{"id":"`+worldtest.OtherUser+`"}}`).OK()
	assert.Equal(t, "DirectNumber", got["usageType"])
	assert.Contains(t,
		phoneNumbers(s.Call("GET "+worldtest.AccountPath+"/extension/"+worldtest.OtherUser+"/phone-number").OK()),
		"+16505550300")
	assert.Equal(t, "CMN-102",
		s.Call("PATCH "+path+"/"+id, `{"type":"VoiceFax","usageType":"DirectNumber","extension":{"id":"1"}}`).Code())

	s.Call("DELETE "+path, `{"records":[{"id":"`+id+`"}]}`).OK()
	assert.Empty(t, phoneNumbers(s.Call("GET "+path+"?phoneNumber=%2B16505550300").OK()))
}

func TestParser(t *testing.T) {
	for _, c := range []struct{ in, home, e164, national string }{
		{"(650) 555-0101", "US", "+16505550101", "(650) 555-0101"},
		{"+1 650 555 0101", "GB", "+16505550101", "(650) 555-0101"},
		{"020 7946 0000", "GB", "+442079460000", "2079460000"},
		{"+44 20 7946 0000", "US", "+442079460000", "2079460000"},
	} {
		p := parseNumber(c.in, c.home)
		national, _ := p.formats()
		assert.Equal(t, c.e164, p.e164(), c.in)
		assert.Equal(t, c.national, national, c.in)
	}
	assert.True(t, parseNumber("911", "US").special)
	assert.True(t, parseNumber("(888) 555-0100", "US").tollFree())

	got := newScene(t).Call("POST /restapi/v1.0/number-parser/parse", `{"originalStrings":["650-555-0101","101"]}`).OK()
	all := world.Children(got, "phoneNumbers")
	assert.Equal(t, "+16505550101", all[0]["e164"])
	assert.Equal(t, "650", all[0]["areaCode"])
	assert.Equal(t, true, all[1]["special"])
}
