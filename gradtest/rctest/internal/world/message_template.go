package world

import (
	"net/http"
	"slices"
	"strconv"
)

// Kinds of message templates, and how many there may be. Source: descriptions in the specification.
const (
	kindCompanyTemplate  = "company message templates"
	kindPersonalTemplate = "personal message templates"

	companyTemplatesMost  = 50
	personalTemplatesMost = 25
)

// messageTemplates is the part of the world about texts that are used again.
func messageTemplates() domain {
	return domain{
		kinds: map[string]string{
			"/restapi/v1.0/account/{accountId}/message-store-templates":                         kindCompanyTemplate,
			"/restapi/v1.0/account/{accountId}/extension/{extensionId}/message-store-templates": kindPersonalTemplate,
		},
		created: map[string]func(*World, *Request, *thing) *Problem{
			"createCompanyMessageTemplate": newTemplate("Company", companyTemplatesMost),
			"createUserMessageTemplate":    newTemplate("Personal", personalTemplatesMost),
		},
		updated: map[string]func(*World, *Request, Object) *Problem{
			"updateCompanyMessageTemplate": changeTemplate,
			"updateUserMessageTemplate":    changeTemplate,
		},
		lists: map[string]func(*World, *Request) ([]*thing, *Problem){
			"listCompanyMessageTemplates": listTemplates,
			"listUserMessageTemplates":    listTemplates,
		},
		own:   []string{kindCompanyTemplate, kindPersonalTemplate},
		start: startTemplates,
	}
}

func startTemplates(w *World) {
	if w.cfg.Bare {
		return
	}
	add := func(kind, scope, name, text string, in ...Param) {
		w.add(&thing{kind: kind, id: w.newID(), in: in, doc: Object{
			"displayName": name, "scope": scope, "body": Object{"text": text}, "site": mainSite(),
		}}, w.cfg.Now)
	}
	add(kindCompanyTemplate, "Company", "Opening hours", "We are open from 9 am to 5 pm.")
	if len(w.cfg.Users) > 0 {
		add(kindPersonalTemplate, "Personal", "Call back", "I will call you back shortly.", Param{"extensionId", w.cfg.Users[0].ID})
	}
}

// mainSite is where things are that are at no other site.
func mainSite() Object { return Object{"id": "main-site", "name": "Main Site"} }

func newTemplate(scope string, most int) func(*World, *Request, *thing) *Problem {
	return func(w *World, q *Request, t *thing) *Problem {
		if len(w.list(t.kind, t.in...)) >= most {
			return problem(http.StatusBadRequest, "CMN-101", "There are "+strconv.Itoa(most)+" templates already: delete one first")
		}
		if p := fitsTemplate(t.doc); p != nil {
			return p
		}
		t.doc["scope"] = scope
		if object(t.doc, "site") == nil {
			t.doc["site"] = mainSite()
		}
		return nil
	}
}

func changeTemplate(_ *World, _ *Request, members Object) *Problem {
	delete(members, "id")
	delete(members, "scope")
	return fitsTemplate(members)
}

func fitsTemplate(o Object) *Problem {
	if units(text(object(o, "body"), "text")) > smsTextMost {
		return tooLong("body.text", smsTextMost)
	}
	return nil
}

// listTemplates lists those of the company, or for a user the personal ones as well, first.
func listTemplates(w *World, q *Request) ([]*thing, *Problem) {
	var all []*thing
	if q.param("extensionId") != "" {
		all = w.list(kindPersonalTemplate, q.places()...)
	}
	all = append(all, w.list(kindCompanyTemplate)...)
	return slices.DeleteFunc(all, func(t *thing) bool {
		sites, scopes := q.Query["siteIds"], q.Query["scope"]
		site, _ := scalar(object(t.doc, "site")["id"])
		return len(sites) > 0 && !wantsAny(sites, site) || len(scopes) > 0 && !wantsAny(scopes, text(t.doc, "scope"))
	}), nil
}
