package people

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestStartingSettings(t *testing.T) {
	s := newScene(t)
	for _, row := range []struct {
		path string
		want func(o world.Object) (got, want any)
	}{
		{worldtest.ExtensionPath + "/business-hours", func(o world.Object) (any, any) {
			return world.Child(world.Child(o, "schedule"), "weeklyRanges")["friday"],
				[]any{world.Object{"from": "09:00", "to": "18:00"}}
		}},
		{worldtest.AccountPath + "/business-hours", func(o world.Object) (any, any) {
			return world.Child(world.Child(o, "schedule"), "weeklyRanges")["sunday"], nil
		}},
		{worldtest.AccountPath + "/business-address", func(o world.Object) (any,
			any) {
			return world.Child(o, "businessAddress")["state"], "CA"
		}},
		{worldtest.AccountPath + "/service-info", func(o world.Object) (any,
			any) {
			return world.Child(o, "contractedCountry")["isoCode"], "US"
		}},
		{"/restapi/v2/accounts/" + worldtest.Account + "/regional-settings",
			func(o world.Object) (any, any) { return world.Child(o, "homeCountry")["isoCode"], "US" }},
		{worldtest.ExtensionPath + "/caller-id", func(o world.Object) (any, any) {
			return world.Child(world.Child(world.Children(o, "byFeature")[0], "callerId"), "phoneInfo")["phoneNumber"],
				"+16505550101"
		}},
		{worldtest.ExtensionPath + "/conferencing", func(o world.Object) (any, any) {
			return o["phoneNumber"], world.Children(o, "phoneNumbers")[0]["phoneNumber"]
		}},
		{worldtest.AccountPath + "/extension/" + worldtest.OtherUser + "/notification-settings",
			func(o world.Object) (any, any) { return o["emailAddresses"], []any{"sam@example.com"} }},
	} {
		got, want := row.want(s.Call("GET " + row.path).OK())
		assert.Equal(t, want, got, row.path)
	}
	put := s.Call("PUT "+worldtest.ExtensionPath+"/business-hours",
		`{"schedule": {"weeklyRanges": {"friday": [{"from": "10:00", "to": "12:00"}]}}}`).OK()
	assert.Equal(t, put, s.Call("GET "+worldtest.ExtensionPath+"/business-hours").OK())
	assert.Len(t, world.Child(world.Child(put, "schedule"), "weeklyRanges"), 1, "what is put replaces the whole week")
	assert.NotEqual(t, put["schedule"], s.Call("GET " + worldtest.AccountPath + "/business-hours").OK()["schedule"],
		"the company's are its own")
}
