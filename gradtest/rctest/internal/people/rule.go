package people

import (
	"net/http"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

const rulePath = "/restapi/v1.0/account/{accountId}/extension/{extensionId}/answering-rule"

// rules is the domain of call handling rules.
func rules() world.Domain {
	made := func(_ *world.World, _ *world.Request, t *world.Resource) *world.Problem {
		if kind := world.Text(t.Doc, "type"); kind != "" && kind != "Custom" {
			return world.InvalidBecause("type", kind, "only custom rules can be made")
		}
		t.Doc["type"] = "Custom"
		world.SetDefault(t.Doc, "enabled", true)
		return nil
	}
	return world.Domain{
		OnCreate: map[string]world.CreateHook{"createAnsweringRule": made,
			"createCompanyAnsweringRule": made},
		Lists:    map[string]world.Lister{"listAnsweringRules": listRules, "listCompanyAnsweringRules": listRules},
		Handlers: map[string]world.Handler{"deleteAnsweringRule": removeRule, "deleteCompanyAnsweringRule": removeRule},
		Owned:    []string{rulePath, "/restapi/v1.0/account/{accountId}/answering-rule"},
		Seed:     seedRules,
	}
}

// seedRules adds the two rules that every user has and that cannot be removed, and one removable rule.
func seedRules(w *world.World) {
	accountPath := "/restapi/v1.0/account/" + w.Config.AccountID
	add := func(kind, path, act string, in ...world.Param) {
		for _, r := range [][3]string{{"business-hours-rule", "BusinessHours", "Business hours"},
			{"after-hours-rule", "AfterHours", "After hours"}} {
			w.Add(&world.Resource{Kind: kind, ID: r[0], Parents: in, Doc: world.Object{
				"uri": path + "/answering-rule/" + r[0], "type": r[1], "name": r[2], "enabled": true, "callHandlingAction": act,
				"schedule": world.Object{"ref": r[1]},
			}}, w.Config.Now)
		}
	}
	custom := func(kind, path, act string, in ...world.Param) {
		if !w.Config.Bare {
			id := w.NewID()
			w.Add(&world.Resource{Kind: kind, ID: id, Parents: in, Doc: world.Object{
				"uri": path + "/answering-rule/" + id, "type": "Custom", "name": "Holidays", "enabled": false,
				"callHandlingAction": act,
			}}, w.Config.Now)
		}
	}
	add("/restapi/v1.0/account/{accountId}/answering-rule", accountPath, "Operator")
	custom("/restapi/v1.0/account/{accountId}/answering-rule", accountPath, "Bypass")
	for _, p := range w.Config.Users {
		add(rulePath, accountPath+"/extension/"+p.ID, "ForwardCalls", world.NewParam("extensionId", p.ID))
		custom(rulePath, accountPath+"/extension/"+p.ID, "TakeMessagesOnly", world.NewParam("extensionId", p.ID))
	}
}

func listRules(w *world.World, q *world.Request) ([]*world.Resource, *world.Problem) {
	var out []*world.Resource
	for _, t := range w.List(q.Kind(), q.Parents()...) {
		if t.Meets(q) && (q.Query.Get("enabledOnly") != "true" || t.Doc["enabled"] == true) {
			out = append(out, t)
		}
	}
	return out, nil
}

// problemRule refuses to remove a rule that is not a custom one.
var problemRule = world.DefineProblem(http.StatusForbidden, "CMN-402", "A rule of type %s cannot be removed")

// removeRule removes custom rules alone.
func removeRule(w *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if kind := world.Text(q.Resource.Doc, "type"); kind != "Custom" {
		return world.Reply{}, problemRule.New(kind)
	}
	return world.HandleRemove(w, q)
}
