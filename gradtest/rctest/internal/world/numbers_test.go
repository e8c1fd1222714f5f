package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func phoneNumbers(list Object) []string {
	var out []string
	for _, r := range objects(list, "records") {
		out = append(out, text(r, "phoneNumber"))
	}
	return out
}

func TestNumbersOfAnExtension(t *testing.T) {
	s := newScene(t)
	assert.Equal(t, []string{mainNumber, "+16505550101", a2pNumber}, phoneNumbers(s.call("GET "+extension+"/phone-number").ok()))
	assert.Equal(t, []string{"+16505550101"}, phoneNumbers(s.call("GET "+extension+"/phone-number?usageType=DirectNumber").ok()))
	own := objects(s.call("GET "+extension+"/phone-number?usageType=DirectNumber").ok(), "records")[0]
	assert.Contains(t, texts(own, "features"), "SmsSender")
	assert.Len(t, phoneNumbers(s.call("GET "+account+"/phone-number").ok()), 4)
}

func TestNumbersByPattern(t *testing.T) {
	s := newScene(t)
	path := "/restapi/v2/accounts/" + testAccount + "/phone-numbers"
	assert.Equal(t, []string{"+16505550102"}, phoneNumbers(s.call("GET "+path+"?phoneNumber=%2B1650555**02").ok()))
	assert.Len(t, phoneNumbers(s.call("GET "+path+"?phoneNumber=%2B1650555010*").ok()), 3)
	assert.Empty(t, phoneNumbers(s.call("GET "+path+"?phoneNumber=%2B165055501**&type=FaxOnly").ok()))
}

func TestInventory(t *testing.T) {
	s := newScene(t)
	path := "/restapi/v2/accounts/" + testAccount + "/phone-numbers"
	s.call("POST "+path+"/bulk-add", `{"records":[{"phoneNumber":"+16505550300","usageType":"Inventory"}]}`).ok()
	id := ids(s.call("GET "+path+"?phoneNumber=%2B16505550300").ok(), "records")[0]
	got := s.call("PATCH "+path+"/"+id, `{"type":"VoiceFax","usageType":"DirectNumber","extension":{"id":"`+otherUser+`"}}`).ok()
	assert.Equal(t, "DirectNumber", got["usageType"])
	assert.Contains(t, phoneNumbers(s.call("GET "+account+"/extension/"+otherUser+"/phone-number").ok()), "+16505550300")
	assert.Equal(t, "CMN-102", s.call("PATCH "+path+"/"+id, `{"type":"VoiceFax","usageType":"DirectNumber","extension":{"id":"1"}}`).code())

	s.call("DELETE "+path, `{"records":[{"id":"`+id+`"}]}`).ok()
	assert.Empty(t, phoneNumbers(s.call("GET "+path+"?phoneNumber=%2B16505550300").ok()))
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

	got := newScene(t).call("POST /restapi/v1.0/number-parser/parse", `{"originalStrings":["650-555-0101","101"]}`).ok()
	all := objects(got, "phoneNumbers")
	assert.Equal(t, "+16505550101", all[0]["e164"])
	assert.Equal(t, "650", all[0]["areaCode"])
	assert.Equal(t, true, all[1]["special"])
}
