package messages

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

const consentsPath = "/restapi/v2/accounts/" + worldtest.Account + "/sms/consents"

// tos are the numbers of the records of a list.
func tos(o world.Object) []string {
	out := []string{}
	for _, r := range world.Children(o, "records") {
		out = append(out, world.Text(r, "to"))
	}
	return out
}

func TestConsents(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	edit := func(from, to, status string) world.Object {
		return s.Call("PATCH "+consentsPath,
			`{"records":[{"from":"`+from+`","to":"`+to+`","optStatus":"`+status+`","source":"Api","coverage":"PhoneNumber"}]}`).OK()
	}
	assert.Empty(t, edit(worldtest.Phone, "+16505550161", "OptOut"))
	assert.Empty(t, edit(worldtest.Phone, "+16505550162", "OptIn"))
	assert.Empty(t, edit(worldtest.OtherPhone, "+16505550161", "OptOut"))
	failed := world.Children(edit(worldtest.OutsidePhone, "+16505550163", "OptOut"), "failedRecords")
	require.Len(t, failed, 1)
	assert.Equal(t, "CMN-101", world.Child(failed[0], "error")["errorCode"])

	for query, want := range map[string][]string{
		"":                         {"+16505550161", "+16505550161"},
		"optStatus=OptIn":          {"+16505550162"},
		"from=%2B16505550102":      {"+16505550161"},
		"to=%2B16505550162":        {},
		"coverage=PhoneNumber":     {"+16505550161", "+16505550161"},
		"coverage=Account":         {},
		"campaignType=Promotional": {},
		"perPage=1":                {"+16505550161"},
	} {
		assert.Equal(t, want, tos(s.Call("GET "+consentsPath+"?"+query).OK()), query)
	}
	for body, want := range map[string][]string{
		`{}`:                    {"+16505550161", "+16505550162", "+16505550161"},
		`{"optStatus":"OptIn"}`: {"+16505550162"},
		`{"from":["` + worldtest.Phone + `"],"to":["+16505550161","+16505550162"]}`: {"+16505550161", "+16505550162"},
		`{"coverage":["CampaignType"]}`:                                             {},
		`{"campaignType":["Promotional"]}`:                                          {},
	} {
		assert.Equal(t, want, tos(s.Call("POST "+consentsPath+"/search", body).OK()), body)
	}
	first := s.Call("POST "+consentsPath+"/search", `{"perPage":2}`).OK()
	next := world.Text(world.Child(first, "paging"), "nextPageToken")
	assert.Equal(t, []string{"+16505550161"}, tos(s.Call("POST "+consentsPath+"/search",
		`{"perPage":2,"pageToken":"`+next+`"}`).OK()))

	s.At = s.At.Add(time.Hour)
	edit(worldtest.Phone, "+16505550161", "OptIn")
	assert.Equal(t, []string{"+16505550161"}, tos(s.Call("GET "+consentsPath).OK()), "one has changed their mind")
	history := world.Children(s.Call("GET "+consentsPath+"/history?to=%2B16505550161").OK(), "records")
	require.Len(t, history, 3)
	assert.Equal(t, "OptIn", history[2]["optStatus"])
	assert.Equal(t, "2026-11-24T13:00:00.000Z", history[2]["createdAt"])
	assert.Len(t, tos(s.Call("GET "+consentsPath+"/history").OK()), 4)

	got := s.Call("GET " + consentsPath + "/export")
	assert.Equal(t, "text/csv", got.Reply.Type)
	rows, err := csv.NewReader(strings.NewReader(string(got.Reply.Body))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 4)
	assert.Equal(t, []string{"+16505550161", worldtest.Phone, "OptIn", "Api", "PhoneNumber", "", "",
		"2026-11-24T13:00:00Z"}, rows[1])
	assert.Equal(t, "CMN-100", s.Call("PATCH "+consentsPath, `{}`).Code())

	assert.False(t, optedOut(s.World, worldtest.OtherPhone, "+16505550168"))
	s.Call("PATCH "+consentsPath,
		`{"records":[{"from":"`+worldtest.Phone+`","to":"+16505550168","optStatus":"OptOut","source":"Api","coverage":"Account"}]}`).OK()
	assert.True(t, optedOut(s.World, worldtest.OtherPhone, "+16505550168"), "for the account as a whole")
	assert.Equal(t, []string{"+16505550168"}, tos(s.Call("GET "+consentsPath+"?coverage=Account").OK()))
}

func TestOptOuts(t *testing.T) {
	const path = worldtest.AccountPath + "/a2p-sms/opt-outs"
	s := newScene(t, worldtest.Bare)
	got := s.Call("POST "+path+"/bulk-assign",
		`{"from":"`+worldtest.Phone+`","optOuts":["+16505550161","x"],"optIns":["+16505550162"]}`).OK()
	assert.Equal(t, []any{"+16505550161"}, world.Child(got, "optOuts")["successful"])
	assert.Equal(t, "x", world.Children(world.Child(got, "optOuts"), "failed")[0]["to"])
	assert.Equal(t, []any{"+16505550162"}, world.Child(got, "optIns")["successful"])
	for query, want := range map[string][]string{
		"": {"+16505550161"}, "status=optout": {"+16505550161"}, "status=optin": {"+16505550162"},
		"status=all": {"+16505550161", "+16505550162"},
		"from=*":     {"+16505550161"}, "from=%2B16505550102": {}, "to=%2B16505550161": {"+16505550161"},
		"to=%2B16505550169": {},
	} {
		assert.Equal(t, want, tos(s.Call("GET "+path+"?"+query).OK()), query)
	}
	list := s.Call("GET " + path).OK()
	assert.Equal(t, world.Object{"from": worldtest.Phone, "to": "+16505550161", "status": "OptOut", "source": "Account"},
		world.Children(list, "records")[0])
	assert.EqualValues(t, 1000, world.Child(list, "paging")["perPage"])
	asCSV := s.Send("GET "+path, &world.Request{Accept: "text/csv"})
	assert.Equal(t, "text/csv", asCSV.Reply.Type)
	assert.Contains(t, string(asCSV.Reply.Body), "+16505550101,+16505550161,OptOut,Account")
	assert.Equal(t, []string{"+16505550161"}, tos(s.Call("GET "+consentsPath).OK()), "the same as consents")
	assert.Equal(t, "CMN-101", s.Call("POST "+path+"/bulk-assign",
		`{"from":"+16505550169","optOuts":["+16505550161"]}`).Code())
	assert.Equal(t, "CMN-100", s.Call("POST "+path+"/bulk-assign", `{"from":"`+worldtest.Phone+`"}`).Code())
}
