package messages

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestA2PMessages(t *testing.T) {
	s := newScene(t, worldtest.Bare)
	s.Call("POST "+a2pPath+"/opt-outs/bulk-assign", `{"from":"`+a2pNumber+`","optOuts":["+16505550162"]}`)
	batch := world.Text(s.Call("POST "+a2pPath+"/batches",
		`{"from":"`+a2pNumber+`","text":"Hello","messages":[{"to":["+16505550161"]},{"to":["+16505550162"]}]}`).OK(), "id")
	in, p := ReceiveSMS(s.World, s.At, InboundSMS{From: "+16505550163", To: []string{a2pNumber}, Text: "Hi"})
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
		for _, m := range world.Children(s.Call("GET "+a2pPath+"/messages?"+query).OK(), "records") {
			got = append(got, world.Texts(m, "to")...)
		}
		assert.Equal(t, want, got, query)
	}
	list := s.Call("GET " + a2pPath + "/messages?batchId=" + batch).OK()
	assert.EqualValues(t, 1000, world.Child(list, "paging")["perPage"])
	assert.NotContains(t, world.Children(list, "records")[0], "text")
	assert.Equal(t, "Hello", world.Children(s.Call("GET "+a2pPath+"/messages?view=Detailed&batchId="+batch).OK(),
		"records")[0]["text"])

	failed := world.Children(list, "records")[0]
	assert.Equal(t, "SendingFailed", failed["messageStatus"], "who opted out gets nothing")
	assert.Equal(t, "SMS-RC-413", failed["errorCode"])
	id := worldtest.IDOf(world.Children(list, "records")[1])
	for _, c := range []struct {
		after  time.Duration
		status string
	}{{0, "Queued"}, {1010 * time.Millisecond, "Sent"}, {3010 * time.Millisecond, "Delivered"}} {
		s.At = worldtest.Now.Add(c.after)
		assert.Equal(t, c.status, s.Call("GET " + a2pPath + "/messages/" + id).OK()["messageStatus"], c.after)
	}
	got := s.Call("GET " + a2pPath + "/messages/" + worldtest.IDOf(in)).OK()
	assert.Equal(t, "Inbound", got["direction"])
	assert.Equal(t, "Hi", got["text"])

	counts := s.Call("GET " + a2pPath + "/statuses?direction=Outbound").OK()
	assert.EqualValues(t, 1, world.Child(counts, "delivered")["count"])
	assert.EqualValues(t, 1, world.Child(counts, "sendingFailed")["count"])
	assert.EqualValues(t, 0, world.Child(counts, "queued")["count"])
	assert.Equal(t, world.Object{"SMS-RC-413": 1.0}, world.Child(counts, "sendingFailed")["errorCodeCounts"])
	assert.InDelta(t, a2pCost, world.Child(counts, "delivered")["cost"], 1e-6)

	many := strings.Repeat("phoneNumber=%2B16505550161&", 16)
	assert.Equal(t, "CMN-101", s.Call("GET "+a2pPath+"/messages?"+many).Code())
	assert.Equal(t, "CMN-101", s.Call("GET "+a2pPath+"/statuses?dateFrom=x").Code())
	assert.Equal(t, "CMN-102", s.Call("GET "+a2pPath+"/messages/1").Code())
}
