package world

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const consentsPath = "/restapi/v2/accounts/" + testAccount + "/sms/consents"

// tos are the numbers of the records of a list.
func tos(o Object) []string {
	out := []string{}
	for _, r := range objects(o, "records") {
		out = append(out, text(r, "to"))
	}
	return out
}

func TestConsents(t *testing.T) {
	s := newScene(t, bare)
	edit := func(from, to, status string) Object {
		return s.call("PATCH "+consentsPath, `{"records":[{"from":"`+from+`","to":"`+to+`","optStatus":"`+status+`","source":"Api","coverage":"PhoneNumber"}]}`).ok()
	}
	assert.Empty(t, edit(testPhone, "+16505550161", "OptOut"))
	assert.Empty(t, edit(testPhone, "+16505550162", "OptIn"))
	assert.Empty(t, edit(otherPhone, "+16505550161", "OptOut"))
	failed := objects(edit(outsidePhone, "+16505550163", "OptOut"), "failedRecords")
	require.Len(t, failed, 1)
	assert.Equal(t, "CMN-101", object(failed[0], "error")["errorCode"])

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
		assert.Equal(t, want, tos(s.call("GET "+consentsPath+"?"+query).ok()), query)
	}
	for body, want := range map[string][]string{
		`{}`:                    {"+16505550161", "+16505550162", "+16505550161"},
		`{"optStatus":"OptIn"}`: {"+16505550162"},
		`{"from":["` + testPhone + `"],"to":["+16505550161","+16505550162"]}`: {"+16505550161", "+16505550162"},
		`{"coverage":["CampaignType"]}`:                                       {},
		`{"campaignType":["Promotional"]}`:                                    {},
	} {
		assert.Equal(t, want, tos(s.call("POST "+consentsPath+"/search", body).ok()), body)
	}
	first := s.call("POST "+consentsPath+"/search", `{"perPage":2}`).ok()
	next := text(object(first, "paging"), "nextPageToken")
	assert.Equal(t, []string{"+16505550161"}, tos(s.call("POST "+consentsPath+"/search", `{"perPage":2,"pageToken":"`+next+`"}`).ok()))

	s.at = s.at.Add(time.Hour)
	edit(testPhone, "+16505550161", "OptIn")
	assert.Equal(t, []string{"+16505550161"}, tos(s.call("GET "+consentsPath).ok()), "one has changed their mind")
	history := objects(s.call("GET "+consentsPath+"/history?to=%2B16505550161").ok(), "records")
	require.Len(t, history, 3)
	assert.Equal(t, "OptIn", history[2]["optStatus"])
	assert.Equal(t, "2026-11-24T13:00:00.000Z", history[2]["createdAt"])
	assert.Len(t, tos(s.call("GET "+consentsPath+"/history").ok()), 4)

	got := s.call("GET " + consentsPath + "/export")
	assert.Equal(t, "text/csv", got.reply.Type)
	rows, err := csv.NewReader(strings.NewReader(string(got.reply.Body))).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 4)
	assert.Equal(t, []string{"+16505550161", testPhone, "OptIn", "Api", "PhoneNumber", "", "", "2026-11-24T13:00:00Z"}, rows[1])
	assert.Equal(t, "CMN-100", s.call("PATCH "+consentsPath, `{}`).code())

	assert.False(t, s.world.optedOut(otherPhone, "+16505550168"))
	s.call("PATCH "+consentsPath, `{"records":[{"from":"`+testPhone+`","to":"+16505550168","optStatus":"OptOut","source":"Api","coverage":"Account"}]}`).ok()
	assert.True(t, s.world.optedOut(otherPhone, "+16505550168"), "for the account as a whole")
	assert.Equal(t, []string{"+16505550168"}, tos(s.call("GET "+consentsPath+"?coverage=Account").ok()))
}

func TestOptOuts(t *testing.T) {
	const path = account + "/a2p-sms/opt-outs"
	s := newScene(t, bare)
	got := s.call("POST "+path+"/bulk-assign", `{"from":"`+testPhone+`","optOuts":["+16505550161","x"],"optIns":["+16505550162"]}`).ok()
	assert.Equal(t, []any{"+16505550161"}, object(got, "optOuts")["successful"])
	assert.Equal(t, "x", objects(object(got, "optOuts"), "failed")[0]["to"])
	assert.Equal(t, []any{"+16505550162"}, object(got, "optIns")["successful"])
	for query, want := range map[string][]string{
		"": {"+16505550161"}, "status=optout": {"+16505550161"}, "status=optin": {"+16505550162"}, "status=all": {"+16505550161", "+16505550162"},
		"from=*": {"+16505550161"}, "from=%2B16505550102": {}, "to=%2B16505550161": {"+16505550161"}, "to=%2B16505550169": {},
	} {
		assert.Equal(t, want, tos(s.call("GET "+path+"?"+query).ok()), query)
	}
	list := s.call("GET " + path).ok()
	assert.Equal(t, Object{"from": testPhone, "to": "+16505550161", "status": "OptOut", "source": "Account"}, objects(list, "records")[0])
	assert.EqualValues(t, 1000, object(list, "paging")["perPage"])
	asCSV := s.send("GET "+path, &Request{Accept: "text/csv"})
	assert.Equal(t, "text/csv", asCSV.reply.Type)
	assert.Contains(t, string(asCSV.reply.Body), "+16505550101,+16505550161,OptOut,Account")
	assert.Equal(t, []string{"+16505550161"}, tos(s.call("GET "+consentsPath).ok()), "the same as consents")
	assert.Equal(t, "CMN-101", s.call("POST "+path+"/bulk-assign", `{"from":"+16505550169","optOuts":["+16505550161"]}`).code())
	assert.Equal(t, "CMN-100", s.call("POST "+path+"/bulk-assign", `{"from":"`+testPhone+`"}`).code())
}
