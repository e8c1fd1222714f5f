package world

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestMessageReport(t *testing.T) {
	const path = account + "/message-store-report"
	s := newScene(t)
	made := s.call("POST "+path, `{"messageTypes":["SMS"]}`)
	assert.Equal(t, 202, made.status)
	report := made.ok()
	assert.Equal(t, "Accepted", report["status"])
	assert.Equal(t, "2026-11-23T12:00:00.000Z", report["dateFrom"])
	assert.Equal(t, "2026-11-24T12:00:00.000Z", report["dateTo"])
	at := path + "/" + idOf(report)
	assert.Equal(t, "http://emulator.invalid"+at, report["uri"])
	assert.Empty(t, s.call("GET " + at + "/archive").ok()["records"], "not yet")

	s.at = testNow.Add(taskStarts)
	assert.Equal(t, "InProgress", s.call("GET " + at).ok()["status"])
	s.at = testNow.Add(time.Hour)
	done := s.call("GET " + at).ok()
	assert.Equal(t, "Completed", done["status"])
	assert.Equal(t, "2026-11-24T12:00:02.000Z", done["finishTime"])
	size := func(body string) any {
		made := s.call("POST "+path, body).ok()
		s.at = s.at.Add(time.Minute)
		return objects(s.call("GET "+path+"/"+idOf(made)+"/archive").ok(), "records")[0]["size"]
	}
	assert.EqualValues(t, 150+3*400, size(`{"messageTypes":["SMS"]}`))
	assert.EqualValues(t, 150+6*400, size(`{}`))
	assert.EqualValues(t, 150, size(`{"dateTo":"2026-11-20T00:00:00Z"}`))

	assert.Equal(t, "CMN-101", s.call("POST "+path, `{"dateFrom":"2027-11-20T00:00:00Z"}`).code())
	assert.Equal(t, "CMN-101", s.call("POST "+path, `{"messageTypes":["Email"]}`).code())
	assert.Equal(t, "CMN-102", s.call("GET "+path+"/1").code())
	assert.Equal(t, "CMN-102", s.call("GET "+path+"/1/archive").code())
}

func TestMessageStoreConfiguration(t *testing.T) {
	const path = account + "/message-store-configuration"
	s := newScene(t)
	assert.EqualValues(t, 30, s.call("GET " + path).ok()["retentionPeriod"])
	assert.EqualValues(t, 60, s.call("PUT "+path, `{"retentionPeriod":60}`).ok()["retentionPeriod"])
	assert.EqualValues(t, 60, s.call("GET " + path).ok()["retentionPeriod"])
	for _, bad := range []string{`{"retentionPeriod":6}`, `{"retentionPeriod":91}`, `{"retentionPeriod":"x"}`} {
		assert.Equal(t, "CMN-101", s.call("PUT "+path, bad).code(), bad)
	}
}
