package world

import (
	"net/http"
	"time"
)

// Kinds of what carriers register.
const (
	kindBrand    = "sms brands"
	kindCampaign = "sms campaigns"
)

// smsRegistration is the part of the world about brands and campaigns, as they are registered with carriers. Registering them is not part of the
// platform's API: there is one of each at the start.
func smsRegistration() domain {
	const brands = "/restapi/v1.0/account/{accountId}/sms-registration-brands"
	return domain{
		kinds:   map[string]string{brands: kindBrand, brands + "/{tcrBrandId}/campaigns": kindCampaign},
		actions: map[string]action{"linkNumbers": linkNumbers},
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
	w.add(&thing{kind: kindCampaign, id: w.newID(), in: []Param{{"tcrBrandId", brand.id}}, doc: Object{
		"name": "Customer care", "status": "Confirmed", "registrationTime": registered, "externalId": "CEXAMPL",
		"brand": Object{"id": brand.id, "name": "Example"}, "registrationTier": "LowVolume", "useCases": []string{"CustomerCare"},
	}}, registered)
}

// linkNumbers notes the numbers of a campaign. No operation lists them.
func linkNumbers(w *World, q *Request) (Reply, *Problem) {
	w.update(q.thing, Object{"phoneNumbers": q.body()["phoneNumbers"]}, q.At)
	return empty(http.StatusOK), nil
}
