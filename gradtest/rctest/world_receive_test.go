package rctest

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSecondParty(t *testing.T) {
	a := newApp(t, Config{World: World{Bare: true}, Limits: Unlimited()})
	id, err := a.h.ReceiveSMS(SMS{Text: "hello"})
	require.NoError(t, err)
	assert.Contains(t, a.call("GET "+own+"/message-store/"+id).body, `"hello"`)
	id, err = a.h.ReceiveVoicemail(Voicemail{Duration: 20 * time.Second, Transcription: "call me"})
	require.NoError(t, err)
	assert.Equal(t, "VoiceMail", a.call("GET " + own + "/message-store/" + id).json(t)["type"])
	id, err = a.h.ReceiveFax(Fax{Pages: 2})
	require.NoError(t, err)
	assert.EqualValues(t, 2, a.call("GET " + own + "/message-store/" + id).json(t)["faxPageCount"])

	_, err = a.h.ReceiveCall(PhoneCall{Lasts: 10 * time.Second})
	require.NoError(t, err)
	a.h.Advance(10 * time.Second)
	assert.Contains(t, a.call("GET "+own+"/call-log").body, `"Missed"`)
	session, err := a.h.ReceiveCall(PhoneCall{Answered: true})
	require.NoError(t, err)
	assert.Equal(t, 200, a.call("GET /restapi/v1.0/account/~/telephony/sessions/"+session).status)

	_, err = a.h.ReceiveSMS(SMS{Text: "x", To: []string{"+16505559999"}})
	assert.ErrorContains(t, err, "fix the field")
	_, err = a.h.ReceiveCall(PhoneCall{From: "me"})
	assert.ErrorContains(t, err, "CMN-101")
}

func TestSecondPartyByHTTP(t *testing.T) {
	a := newApp(t, Config{World: World{Bare: true}})
	post := func(path, body string) (int, map[string]any) {
		w := httptest.NewRecorder()
		a.h.ServeHTTP(w, httptest.NewRequest("POST", "/emulator/v1/inbound/"+path, strings.NewReader(body)))
		var said map[string]any
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &said), w.Body.String())
		return w.Code, said
	}
	for path, body := range map[string]string{
		"sms": `{"text":"hi","media":[{"type":"image/png","content":"iVBORw0KGgo="}]}`, "voicemail": `{"duration":"20s"}`, "fax": ``,
		"call": `{"answered":true,"lasts":"1m"}`,
	} {
		status, said := post(path, body)
		assert.Equal(t, 200, status, "%s: %v", path, said)
		assert.NotEmpty(t, said["id"], path)
	}
	status, _ := post("sms", `{"text":"hi","too":"much"}`)
	assert.Equal(t, 400, status)
	status, _ = post("sms", `{}`)
	assert.Equal(t, 400, status)
	assert.Len(t, a.call("GET " + own + "/message-store").json(t)["records"], 3)
}
