package messages

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestMessageReport(t *testing.T) {
	const path = worldtest.AccountPath + "/message-store-report"
	s := newScene(t)
	made := s.Call("POST "+path, `{"messageTypes":["SMS"]}`)
	assert.Equal(t, 202, made.Status)
	report := made.OK()
	assert.Equal(t, "Accepted", report["status"])
	assert.Equal(t, "2026-11-23T12:00:00.000Z", report["dateFrom"])
	assert.Equal(t, "2026-11-24T12:00:00.000Z", report["dateTo"])
	at := path + "/" + worldtest.IDOf(report)
	assert.Equal(t, "http://emulator.invalid"+at, report["uri"])
	assert.Empty(t, s.Call("GET " + at + "/archive").OK()["records"], "not yet")

	s.At = worldtest.Now.Add(world.TaskStarts)
	assert.Equal(t, "InProgress", s.Call("GET " + at).OK()["status"])
	s.At = worldtest.Now.Add(time.Hour)
	done := s.Call("GET " + at).OK()
	assert.Equal(t, "Completed", done["status"])
	assert.Equal(t, "2026-11-24T12:00:02.000Z", done["finishTime"])
	archives := world.Children(s.Call("GET "+at+"/archive").OK(), "records")
	require.Len(t, archives, 1)
	address, _ := strings.CutPrefix(world.Text(archives[0], "uri"), "http://emulator.invalid")
	got := s.Call("GET " + address)
	assert.Equal(t, "application/zip", got.Reply.Type)
	_, err := zip.NewReader(bytes.NewReader(got.Reply.Body), int64(len(got.Reply.Body)))
	assert.NoError(t, err)
	assert.Equal(t, "CMN-102", s.Call("GET "+at+"/archive/2.zip").Code())

	messages := func(body string) int {
		made := s.Call("POST "+path, body).OK()
		s.At = s.At.Add(time.Minute)
		archive := world.Children(s.Call("GET "+path+"/"+worldtest.IDOf(made)+"/archive").OK(), "records")[0]
		address, _ := strings.CutPrefix(world.Text(archive, "uri"), "http://emulator.invalid")
		content := s.Call("GET " + address).Reply.Body
		assert.EqualValues(t, len(content), archive["size"])
		z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		require.NoError(t, err)
		f, err := z.Open("messages.json")
		require.NoError(t, err)
		var all []any
		require.NoError(t, json.NewDecoder(f).Decode(&all))
		return len(all)
	}
	assert.Equal(t, 3, messages(`{"messageTypes":["SMS"]}`))
	assert.Equal(t, 6, messages(`{}`))
	assert.Equal(t, 0, messages(`{"dateTo":"2026-11-20T00:00:00Z"}`))

	assert.Equal(t, "CMN-101", s.Call("POST "+path, `{"dateFrom":"2027-11-20T00:00:00Z"}`).Code())
	assert.Equal(t, "CMN-101", s.Call("POST "+path, `{"messageTypes":["Email"]}`).Code())
	assert.Equal(t, "CMN-102", s.Call("GET "+path+"/1").Code())
	assert.Equal(t, "CMN-102", s.Call("GET "+path+"/1/archive").Code())
}

func TestMessageStoreConfiguration(t *testing.T) {
	const path = worldtest.AccountPath + "/message-store-configuration"
	s := newScene(t)
	assert.EqualValues(t, 30, s.Call("GET " + path).OK()["retentionPeriod"])
	assert.EqualValues(t, 60, s.Call("PUT "+path, `{"retentionPeriod":60}`).OK()["retentionPeriod"])
	assert.EqualValues(t, 60, s.Call("GET " + path).OK()["retentionPeriod"])
	for _, bad := range []string{`{"retentionPeriod":6}`, `{"retentionPeriod":91}`, `{"retentionPeriod":"x"}`} {
		assert.Equal(t, "CMN-101", s.Call("PUT "+path, bad).Code(), bad)
	}
}
