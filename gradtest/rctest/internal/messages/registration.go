package messages

import (
	"net/http"
	"slices"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/people"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Kinds of what carriers register.
const (
	kindBrand    = "sms brands"
	kindCampaign = "sms campaigns"
)

// smsRegistration is the domain of brands and campaigns, as they are registered with carriers. Registering
// them is not part of the platform's API: there is one of each at the start.
func smsRegistration() world.Domain {
	const brands = "/restapi/v1.0/account/{accountId}/sms-registration-brands"
	return world.Domain{
		Kinds:    map[string]string{brands: kindBrand, brands + "/{tcrBrandId}/campaigns": kindCampaign},
		Handlers: map[string]world.Handler{"linkNumbers": linkNumbers, "smsConfigurationInfo": readConfiguration},
		Owned:    []string{kindBrand, kindCampaign},
		Seed:     seedRegistration,
	}
}

func seedRegistration(w *world.World) {
	if w.Config.Bare {
		return
	}
	registered := w.Config.Now.Add(-90 * 24 * time.Hour)
	brand := w.Add(&world.Resource{Kind: kindBrand, ID: w.NewID(), Doc: world.Object{
		"name": "Example", "countryCode": "US", "status": "Verified", "registrationTime": registered, "externalId": "BEXAMPL",
		"companyDetails": world.Object{"companyName": "Example Inc.", "industryCategory": "TECHNOLOGY",
			"commercialType": "PrivateProfit"},
	}}, registered)
	var numbers []string
	for _, n := range people.OwnNumbers(w) {
		numbers = append(numbers, n.Phone)
	}
	w.Add(&world.Resource{Kind: kindCampaign, ID: w.NewID(), Parents: []world.Param{world.NewParam("tcrBrandId",
		brand.ID)}, Doc: world.Object{
		"phoneNumbers": numbers, "name": "Customer care", "status": "Confirmed", "registrationTime": registered,
		"externalId": "CEXAMPL",
		"brand":      world.Object{"id": brand.ID, "name": "Example"}, "registrationTier": "LowVolume",
		"useCases": []string{"CustomerCare"},
	}}, registered)
}

// linkNumbers adds numbers to a campaign. What is known of a number tells its campaign; no operation lists the numbers.
func linkNumbers(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	numbers := slices.Clone(world.Texts(q.Resource.Doc, "phoneNumbers"))
	for _, n := range world.Texts(q.Object(), "phoneNumbers") {
		if !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	w.Update(q.Resource, world.Object{"phoneNumbers": numbers}, q.At)
	return world.EmptyReply(http.StatusOK), nil
}

// readConfiguration tells the campaign of a number and its brand; neither, for a number that is not linked.
func readConfiguration(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	phone := world.Text(q.Resource.Doc, "phoneNumber")
	answer := world.Object{"phoneNumberId": q.Resource.ID, "phoneNumber": phone}
	for _, c := range w.List(kindCampaign) {
		if !slices.Contains(world.Texts(c.Doc, "phoneNumbers"), phone) {
			continue
		}
		answer["smsCampaignInfo"] = world.Object{
			"id": c.ID, "status": c.Doc["status"], "registrationTier": c.Doc["registrationTier"], "useCases": c.Doc["useCases"],
			"consentSettings": world.Object{"optInRequired": false, "coverage": world.Object{"optIn": coversNumber,
				"optOut": coversNumber}},
		}
		answer["smsBrandInfo"] = world.Object{"id": c.Parent("tcrBrandId"), "status": "Confirmed"}
	}
	return w.Reply(q, answer, q.Path), nil
}
