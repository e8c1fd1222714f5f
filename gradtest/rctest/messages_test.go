package rctest

import (
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSMS(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newApp(t, Config{Limits: Unlimited()})
		json := `{"from":{"phoneNumber":"+16505550101"},"to":[{"phoneNumber":"+16505550200"},{"phoneNumber":"+16505550201"}],"text":"Grüße \"x\" \u0000","country":{"id":""}}`
		check := func(m map[string]any) {
			assert.Equal(t, "SMS", m["type"])
			assert.Equal(t, "Outbound", m["direction"])
			assert.Equal(t, "Queued", m["messageStatus"])
			assert.Equal(t, map[string]any{"phoneNumber": "+16505550101"}, m["from"])
			assert.Equal(t, []any{map[string]any{"phoneNumber": "+16505550200"}, map[string]any{"phoneNumber": "+16505550201"}}, m["to"])
			assert.Equal(t, "Grüße \"x\" \x00", m["subject"])
			assert.Equal(t, "2000-01-01T00:00:00.000Z", m["creationTime"])
			assert.Contains(t, m["uri"], "/message-store/"+strconv.FormatFloat(m["id"].(float64), 'f', 0, 64))
		}
		check(a.call("POST "+own+"/sms", json).json(t))

		// @rc-ex/core posts one JSON part, @ringcentral/sdk names it json: neither name matters.
		for _, disposition := range []string{`form-data; name="json"; filename="request.json"`, `form-data; name="request.json"; filename="request.json"`} {
			r := a.request("POST "+own+"/sms", "--xx\r\nContent-Disposition: "+disposition+"\r\nContent-Type: application/json\r\n\r\n"+json+"\r\n--xx--\r\n")
			r.Header.Set("Content-Type", "multipart/form-data;boundary=xx")
			check(a.send(r).json(t))
		}
	})
}

func TestTheFirstJSONPartCounts(t *testing.T) {
	a := newApp(t, Config{})
	part := "--xx\r\nContent-Type: application/json\r\n\r\n"
	r := a.request("POST "+own+"/sms", part+`{"text":"one"}`+"\r\n"+part+`{"text":"two"}`+"\r\n--xx--\r\n")
	r.Header.Set("Content-Type", "multipart/mixed; boundary=xx")
	assert.Equal(t, "one", a.send(r).json(t)["subject"])
}

func TestMessagesSurviveOddRequests(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	for _, body := range []string{`null`, `[]`, `7`, `{"to":7,"from":[],"text":{}}`, `{"to":[null,{"phoneNumber":null}]}`} {
		for _, path := range []string{"/sms", "/mms", "/fax", "/company-pager"} {
			m := a.call("POST "+own+path, body).json(t)
			assert.Equal(t, ownNumber, m["from"].(map[string]any)["phoneNumber"], body)
		}
	}
}

func TestMessageStore(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	records := a.call("GET " + own + "/message-store").json(t)["records"].([]any)
	require.Len(t, records, 3)
	for i, r := range records {
		m := r.(map[string]any)
		assert.Equal(t, "Inbound", m["direction"])
		where := strings.TrimPrefix(m["uri"].(string), "http://example.com")
		got := a.call("GET " + where).json(t)
		assert.Equal(t, m["id"], got["id"])
		attachment := got["attachments"].([]any)[0].(map[string]any)
		assert.Equal(t, 200, a.call("GET "+strings.TrimPrefix(attachment["uri"].(string), "http://example.com")).status)
		if i > 0 {
			assert.Less(t, m["creationTime"], records[i-1].(map[string]any)["creationTime"], "newest first")
		}
	}
	synced := a.call("GET " + own + "/message-sync?syncType=FSync").json(t)["records"].([]any)
	assert.Equal(t, records[0].(map[string]any)["uri"], synced[0].(map[string]any)["uri"])
}

func TestBatch(t *testing.T) {
	a := newApp(t, Config{})
	got := a.call("POST /restapi/v1.0/account/~/a2p-sms/batches", `{"from":"+1","messages":[{},{}]}`)
	assert.Equal(t, 201, got.status)
	m := got.json(t)
	assert.Equal(t, "+1", m["from"])
	assert.EqualValues(t, 2, m["batchSize"])
}
