package messages

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestBrandsAndCampaigns(t *testing.T) {
	const path = worldtest.AccountPath + "/sms-registration-brands"
	s := newScene(t)
	brands := worldtest.IDsOf(s.Call("GET " + path).OK())
	require.Len(t, brands, 1)
	brand := path + "/" + brands[0]
	assert.Equal(t, "Verified", s.Call("GET " + brand).OK()["status"])
	campaigns := worldtest.IDsOf(s.Call("GET " + brand + "/campaigns").OK())
	require.Len(t, campaigns, 1)
	campaign := s.Call("GET " + brand + "/campaigns/" + campaigns[0]).OK()
	assert.Equal(t, brands[0], world.Child(campaign, "brand")["id"])
	assert.Equal(t, 200, s.Call("POST "+brand+"/campaigns/"+campaigns[0]+"/submit-phone-numbers",
		`{"phoneNumbers":["`+worldtest.Phone+`"]}`).Status)
	assert.Equal(t, "CMN-101", s.Call("POST "+brand+"/campaigns/"+campaigns[0]+"/submit-phone-numbers",
		`{"phoneNumbers":["x"]}`).Code())
	assert.Equal(t, "CMN-102", s.Call("GET "+path+"/1").Code())

	people.AddNumber(s.World, 1, "+16505550109", "DirectNumber", s.World.Get(world.KindExtension, worldtest.User),
		[]string{"SmsSender"})
	configuration := func() world.Object {
		return s.Call("GET " + worldtest.ExtensionPath + "/phone-number/1/sms-configuration").OK()
	}
	assert.Equal(t, world.Object{"phoneNumberId": "1", "phoneNumber": "+16505550109"}, configuration())
	s.Call("POST "+brand+"/campaigns/"+campaigns[0]+"/submit-phone-numbers", `{"phoneNumbers":["+16505550109"]}`)
	assert.Equal(t, campaigns[0], world.Child(configuration(), "smsCampaignInfo")["id"])
	assert.Equal(t, brands[0], world.Child(configuration(), "smsBrandInfo")["id"])
	assert.Equal(t, "CMN-102", s.Call("GET "+brand+"/campaigns/1").Code())
	assert.Empty(t, worldtest.IDsOf(newScene(t, worldtest.Bare).Call("GET "+path).OK()))
}
