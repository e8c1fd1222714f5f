package world

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestA2PMessages(t *testing.T) {
	s := newScene(t, bare)
	s.call("POST "+a2pPath+"/opt-outs/bulk-assign", `{"from":"`+a2pNumber+`","optOuts":["+16505550162"]}`)
	batch := text(s.call("POST "+a2pPath+"/batches", `{"from":"`+a2pNumber+`","text":"Hello","messages":[{"to":["+16505550161"]},{"to":["+16505550162"]}]}`).ok(), "id")
	in, p := s.world.ReceiveSMS(s.at, InboundSMS{From: "+16505550163", To: []string{a2pNumber}, Text: "Hi"})
	require.Nil(t, p)
	for query, want := range map[string][]string{
		"":                            {"+16505550190", "+16505550162", "+16505550161"},
		"batchId=" + batch:            {"+16505550162", "+16505550161"},
		"direction=Inbound":           {"+16505550190"},
		"direction=Outbound":          {"+16505550162", "+16505550161"},
		"phoneNumber=%2B16505550161":  {"+16505550161"},
		"phoneNumber=%2B16505550163":  {"+16505550190"},
		"dateTo=2026-11-24T11:00:00Z": {},
		"batchId=" + batch + "&dateTo=2026-11-20": {"+16505550162", "+16505550161"},
	} {
		got := []string{}
		for _, m := range objects(s.call("GET "+a2pPath+"/messages?"+query).ok(), "records") {
			got = append(got, texts(m, "to")...)
		}
		assert.Equal(t, want, got, query)
	}
	list := s.call("GET " + a2pPath + "/messages?batchId=" + batch).ok()
	assert.EqualValues(t, 1000, object(list, "paging")["perPage"])
	assert.NotContains(t, objects(list, "records")[0], "text")
	assert.Equal(t, "Hello", objects(s.call("GET "+a2pPath+"/messages?view=Detailed&batchId="+batch).ok(), "records")[0]["text"])

	failed := objects(list, "records")[0]
	assert.Equal(t, "SendingFailed", failed["messageStatus"], "who opted out gets nothing")
	assert.Equal(t, "SMS-RC-413", failed["errorCode"])
	id := idOf(objects(list, "records")[1])
	for _, c := range []struct {
		after  time.Duration
		status string
	}{{0, "Queued"}, {1010 * time.Millisecond, "Sent"}, {3010 * time.Millisecond, "Delivered"}} {
		s.at = testNow.Add(c.after)
		assert.Equal(t, c.status, s.call("GET " + a2pPath + "/messages/" + id).ok()["messageStatus"], c.after)
	}
	got := s.call("GET " + a2pPath + "/messages/" + idOf(in)).ok()
	assert.Equal(t, "Inbound", got["direction"])
	assert.Equal(t, "Hi", got["text"])

	counts := s.call("GET " + a2pPath + "/statuses?direction=Outbound").ok()
	assert.EqualValues(t, 1, object(counts, "delivered")["count"])
	assert.EqualValues(t, 1, object(counts, "sendingFailed")["count"])
	assert.EqualValues(t, 0, object(counts, "queued")["count"])
	assert.Equal(t, Object{"SMS-RC-413": 1.0}, object(counts, "sendingFailed")["errorCodeCounts"])
	assert.InDelta(t, a2pCost, object(counts, "delivered")["cost"], 1e-6)

	many := strings.Repeat("phoneNumber=%2B16505550161&", 16)
	assert.Equal(t, "CMN-101", s.call("GET "+a2pPath+"/messages?"+many).code())
	assert.Equal(t, "CMN-101", s.call("GET "+a2pPath+"/statuses?dateFrom=x").code())
	assert.Equal(t, "CMN-102", s.call("GET "+a2pPath+"/messages/1").code())
}
