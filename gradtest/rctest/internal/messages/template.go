package messages

import (
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Kinds of message templates, and how many there may be. Source: descriptions in the specification.
const (
	kindCompanyTemplate  = "company message templates"
	kindPersonalTemplate = "personal message templates"

	companyTemplatesMost  = 50
	personalTemplatesMost = 25
)

// messageTemplates is the domain of message templates.
func messageTemplates() world.Domain {
	return world.Domain{
		Kinds: map[string]string{
			"/restapi/v1.0/account/{accountId}/message-store-templates":                         kindCompanyTemplate,
			"/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store-templates": kindPersonalTemplate,
		},
		OnCreate: map[string]world.CreateHook{
			"createCompanyMessageTemplate": newTemplate("Company", companyTemplatesMost),
			"createUserMessageTemplate":    newTemplate("Personal", personalTemplatesMost),
		},
		OnUpdate: map[string]world.UpdateHook{
			"updateCompanyMessageTemplate": changeTemplate,
			"updateUserMessageTemplate":    changeTemplate,
		},
		Lists: map[string]world.Lister{
			"listCompanyMessageTemplates": listTemplates,
			"listUserMessageTemplates":    listTemplates,
		},
		Owned: []string{kindCompanyTemplate, kindPersonalTemplate},
		Seed:  seedTemplates,
	}
}

func seedTemplates(w *world.World) {
	if w.Config.Bare {
		return
	}
	add := func(kind, scope, name, text string, in ...world.Param) {
		w.Add(&world.Resource{Kind: kind, ID: w.NewID(), Parents: in, Doc: world.Object{
			"displayName": name, "scope": scope, "body": world.Object{"text": text}, "site": mainSite(),
		}}, w.Config.Now)
	}
	add(kindCompanyTemplate, "Company", "Opening hours", "We are open from 9 am to 5 pm.")
	if len(w.Config.Users) > 0 {
		add(kindPersonalTemplate, "Personal", "Call back", "I will call you back shortly.",
			world.NewParam("extensionId", w.Config.Users[0].ID))
	}
}

// mainSite is where resources are that are at no other site.
func mainSite() world.Object { return world.Object{"id": "main-site", "name": "Main Site"} }

func newTemplate(scope string, most int) func(*world.World, *world.Request, *world.Resource) *world.Problem {
	return func(w *world.World, q *world.Request, t *world.Resource) *world.Problem {
		if len(w.List(t.Kind, t.Parents...)) >= most {
			return problemTemplates.New(most)
		}
		if p := fitsTemplate(t.Doc); p != nil {
			return p
		}
		t.Doc["scope"] = scope
		if world.Child(t.Doc, "site") == nil {
			t.Doc["site"] = mainSite()
		}
		return nil
	}
}

func changeTemplate(_ *world.World, _ *world.Request, members world.Object) *world.Problem {
	delete(members, "id")
	delete(members, "scope")
	return fitsTemplate(members)
}

func fitsTemplate(o world.Object) *world.Problem {
	if units(world.Text(world.Child(o, "body"), "text")) > smsTextMost {
		return tooLong("body.text", smsTextMost)
	}
	return nil
}

// listTemplates lists those of the company, or for a user the personal ones as well, first.
func listTemplates(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	var all []*world.Resource
	if q.Param("extensionId") != "" {
		all = w.List(kindPersonalTemplate, q.Parents()...)
	}
	all = append(all, w.List(kindCompanyTemplate)...)
	return slices.DeleteFunc(all, func(t *world.Resource) bool {
		sites, scopes := q.Query["siteIds"], q.Query["scope"]
		site, _ := world.Scalar(world.Child(t.Doc, "site")["id"])
		return len(sites) > 0 && !wantsAny(sites, site) || len(scopes) > 0 && !wantsAny(scopes, world.Text(t.Doc, "scope"))
	}), nil
}
