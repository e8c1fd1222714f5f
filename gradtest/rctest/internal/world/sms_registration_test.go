package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBrandsAndCampaigns(t *testing.T) {
	const path = account + "/sms-registration-brands"
	s := newScene(t)
	brands := idsOf(s.call("GET " + path).ok())
	require.Len(t, brands, 1)
	brand := path + "/" + brands[0]
	assert.Equal(t, "Verified", s.call("GET " + brand).ok()["status"])
	campaigns := idsOf(s.call("GET " + brand + "/campaigns").ok())
	require.Len(t, campaigns, 1)
	campaign := s.call("GET " + brand + "/campaigns/" + campaigns[0]).ok()
	assert.Equal(t, brands[0], object(campaign, "brand")["id"])
	assert.Equal(t, 200, s.call("POST "+brand+"/campaigns/"+campaigns[0]+"/submit-phone-numbers", `{"phoneNumbers":["`+testPhone+`"]}`).status)
	assert.Equal(t, "CMN-101", s.call("POST "+brand+"/campaigns/"+campaigns[0]+"/submit-phone-numbers", `{"phoneNumbers":["x"]}`).code())
	assert.Equal(t, "CMN-102", s.call("GET "+path+"/1").code())

	s.world.addNumber(1, "+16505550109", "DirectNumber", s.world.get(kindExtension, testUser), []string{"SmsSender"})
	configuration := func() Object { return s.call("GET " + extension + "/phone-number/1/sms-configuration").ok() }
	assert.Equal(t, Object{"phoneNumberId": "1", "phoneNumber": "+16505550109"}, configuration())
	s.call("POST "+brand+"/campaigns/"+campaigns[0]+"/submit-phone-numbers", `{"phoneNumbers":["+16505550109"]}`)
	assert.Equal(t, campaigns[0], object(configuration(), "smsCampaignInfo")["id"])
	assert.Equal(t, brands[0], object(configuration(), "smsBrandInfo")["id"])
	assert.Equal(t, "CMN-102", s.call("GET "+brand+"/campaigns/1").code())
	assert.Empty(t, idsOf(newScene(t, bare).call("GET "+path).ok()))
}
