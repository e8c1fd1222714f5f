package world

import (
	"net/http"
	"slices"
	"time"
)

// Kinds of what carriers register.
const (
	kindBrand    = "sms brands"
	kindCampaign = "sms campaigns"
)

// smsRegistration is the part of the world about brands and campaigns, as they are registered with carriers. Registering
// them is not part of the platform's API: there is one of each at the start.
func smsRegistration() domain {
	const brands = "/restapi/v1.0/account/{accountId}/sms-registration-brands"
	return domain{
		kinds:   map[string]string{brands: kindBrand, brands + "/{tcrBrandId}/campaigns": kindCampaign},
		actions: map[string]action{"linkNumbers": linkNumbers, "smsConfigurationInfo": readConfiguration},
		own:     []string{kindBrand, kindCampaign},
		start:   startRegistration,
	}
}

func startRegistration(w *World) {
	if w.cfg.Bare {
		return
	}
	registered := w.cfg.Now.Add(-90 * 24 * time.Hour)
	brand := w.add(&thing{kind: kindBrand, id: w.newID(), doc: Object{
		"name": "Example", "countryCode": "US", "status": "Verified", "registrationTime": registered, "externalId": "BEXAMPL",
		"companyDetails": Object{"companyName": "Example Inc.", "industryCategory": "TECHNOLOGY", "commercialType": "PrivateProfit"},
	}}, registered)
	var numbers []string
	for _, n := range w.numbers() {
		numbers = append(numbers, n.phone)
	}
	w.add(&thing{kind: kindCampaign, id: w.newID(), in: []Param{{"tcrBrandId", brand.id}}, doc: Object{
		"phoneNumbers": numbers, "name": "Customer care", "status": "Confirmed", "registrationTime": registered, "externalId": "CEXAMPL",
		"brand": Object{"id": brand.id, "name": "Example"}, "registrationTier": "LowVolume", "useCases": []string{"CustomerCare"},
	}}, registered)
}

// linkNumbers adds numbers to a campaign. What is known of a number tells its campaign; no operation lists the numbers.
func linkNumbers(w *World, q *Request) (Reply, *Problem) {
	numbers := slices.Clone(texts(q.thing.doc, "phoneNumbers"))
	for _, n := range texts(q.body(), "phoneNumbers") {
		if !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	w.update(q.thing, Object{"phoneNumbers": numbers}, q.At)
	return empty(http.StatusOK), nil
}

// readConfiguration tells the campaign of a number and its brand; neither, for a number that is not linked.
func readConfiguration(w *World, q *Request) (Reply, *Problem) {
	phone := text(q.thing.doc, "phoneNumber")
	answer := Object{"phoneNumberId": q.thing.id, "phoneNumber": phone}
	for _, c := range w.list(kindCampaign) {
		if !slices.Contains(texts(c.doc, "phoneNumbers"), phone) {
			continue
		}
		answer["smsCampaignInfo"] = Object{
			"id": c.id, "status": c.doc["status"], "registrationTier": c.doc["registrationTier"], "useCases": c.doc["useCases"],
			"consentSettings": Object{"optInRequired": false, "coverage": Object{"optIn": coversNumber, "optOut": coversNumber}},
		}
		answer["smsBrandInfo"] = Object{"id": c.within("tcrBrandId"), "status": "Confirmed"}
	}
	return w.reply(q, answer, q.Path), nil
}
