package rctest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCallLog(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	for _, path := range []string{own + "/call-log", "/restapi/v1.0/account/~/call-log"} {
		records := a.call("GET " + path).json(t)["records"].([]any)
		require.Len(t, records, 3)
		for _, r := range records {
			m := r.(map[string]any)
			for _, key := range []string{"id", "uri", "sessionId", "startTime", "type", "direction", "action"} {
				assert.NotEmpty(t, m[key], key)
			}
			one := a.call("GET " + strings.TrimPrefix(m["uri"].(string), "http://example.com")).json(t)
			assert.Equal(t, m["id"], one["id"])
			assert.NotEmpty(t, one["sessionId"])
		}
		assert.Empty(t, a.call("GET " + strings.Replace(path, "call-log", "active-calls", 1)).json(t)["records"])
	}
}

func TestRingOut(t *testing.T) {
	a := newApp(t, Config{})
	m := a.call("POST "+own+"/ring-out", `{}`).json(t)
	assert.IsType(t, "", m["id"], "a string")
	for _, key := range []string{"callStatus", "callerStatus", "calleeStatus"} {
		assert.NotEmpty(t, m["status"].(map[string]any)[key])
	}
}

func TestSIPRegistrationAndRecording(t *testing.T) {
	a := newApp(t, Config{})
	m := a.call("POST /restapi/v1.0/client-info/sip-provision", `{}`).json(t)
	for _, key := range []string{"device", "sipFlags", "sipInfo"} {
		assert.Contains(t, m, key)
	}
	m = a.call("GET /restapi/v1.0/account/~/recording/9").json(t)
	got := a.call("GET " + strings.TrimPrefix(m["contentUri"].(string), "http://example.com"))
	assert.Equal(t, m["contentType"], got.header.Get("Content-Type"))
}
