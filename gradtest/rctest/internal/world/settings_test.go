package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestStartingSettings(t *testing.T) {
	s := newScene(t)
	for _, row := range []struct {
		path string
		want func(o Object) (got, want any)
	}{
		{extension + "/business-hours", func(o Object) (any, any) {
			return object(object(o, "schedule"), "weeklyRanges")["friday"], []any{Object{"from": "09:00", "to": "18:00"}}
		}},
		{account + "/business-hours", func(o Object) (any, any) {
			return object(object(o, "schedule"), "weeklyRanges")["sunday"], nil
		}},
		{account + "/business-address", func(o Object) (any, any) { return object(o, "businessAddress")["state"], "CA" }},
		{account + "/service-info", func(o Object) (any, any) { return object(o, "contractedCountry")["isoCode"], "US" }},
		{"/restapi/v2/accounts/" + testAccount + "/regional-settings", func(o Object) (any, any) { return object(o, "homeCountry")["isoCode"], "US" }},
		{extension + "/caller-id", func(o Object) (any, any) {
			return object(object(objects(o, "byFeature")[0], "callerId"), "phoneInfo")["phoneNumber"], "+16505550101"
		}},
		{extension + "/conferencing", func(o Object) (any, any) { return o["phoneNumber"], objects(o, "phoneNumbers")[0]["phoneNumber"] }},
		{account + "/extension/" + otherUser + "/notification-settings", func(o Object) (any, any) { return o["emailAddresses"], []any{"sam@example.com"} }},
	} {
		got, want := row.want(s.call("GET " + row.path).ok())
		assert.Equal(t, want, got, row.path)
	}
	put := s.call("PUT "+extension+"/business-hours", `{"schedule": {"weeklyRanges": {"friday": [{"from": "10:00", "to": "12:00"}]}}}`).ok()
	assert.Equal(t, put, s.call("GET "+extension+"/business-hours").ok())
	assert.Len(t, object(object(put, "schedule"), "weeklyRanges"), 1, "what is put replaces the whole week")
	assert.NotEqual(t, put["schedule"], s.call("GET " + account + "/business-hours").ok()["schedule"], "the company's are its own")
}
