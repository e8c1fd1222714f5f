package world

import "net/http"

const rulePath = "/restapi/v1.0/account/{accountId}/extension/{extensionId}/answering-rule"

// rules is the part of the world about what becomes of incoming calls.
func rules() domain {
	made := func(_ *World, _ *Request, t *thing) *Problem {
		if kind := text(t.doc, "type"); kind != "" && kind != "Custom" {
			return problem(http.StatusBadRequest, "CMN-101", "Parameter [type] value is invalid: only custom rules can be made",
				Attribute{"parameterName", "type"}, Attribute{"parameterValue", kind})
		}
		t.doc["type"] = "Custom"
		setDefault(t.doc, "enabled", true)
		return nil
	}
	return domain{
		created: map[string]func(*World, *Request, *thing) *Problem{"createAnsweringRule": made, "createCompanyAnsweringRule": made},
		lists:   map[string]func(*World, *Request) ([]*thing, *Problem){"listAnsweringRules": listRules, "listCompanyAnsweringRules": listRules},
		actions: map[string]action{"deleteAnsweringRule": removeRule, "deleteCompanyAnsweringRule": removeRule},
		own:     []string{rulePath, "/restapi/v1.0/account/{accountId}/answering-rule"},
		start:   startRules,
	}
}

// startRules are the two that everybody has and nobody can remove, and one that can be.
func startRules(w *World) {
	accountPath := "/restapi/v1.0/account/" + w.cfg.AccountID
	add := func(kind, path, act string, in ...Param) {
		for _, r := range [][3]string{{"business-hours-rule", "BusinessHours", "Business hours"}, {"after-hours-rule", "AfterHours", "After hours"}} {
			w.add(&thing{kind: kind, id: r[0], in: in, doc: Object{
				"uri": path + "/answering-rule/" + r[0], "type": r[1], "name": r[2], "enabled": true, "callHandlingAction": act,
				"schedule": Object{"ref": r[1]},
			}}, w.cfg.Now)
		}
	}
	custom := func(kind, path, act string, in ...Param) {
		if !w.cfg.Bare {
			id := w.newID()
			w.add(&thing{kind: kind, id: id, in: in, doc: Object{
				"uri": path + "/answering-rule/" + id, "type": "Custom", "name": "Holidays", "enabled": false, "callHandlingAction": act,
			}}, w.cfg.Now)
		}
	}
	add("/restapi/v1.0/account/{accountId}/answering-rule", accountPath, "Operator")
	custom("/restapi/v1.0/account/{accountId}/answering-rule", accountPath, "Bypass")
	for _, p := range w.cfg.Users {
		add(rulePath, accountPath+"/extension/"+p.ID, "ForwardCalls", Param{"extensionId", p.ID})
		custom(rulePath, accountPath+"/extension/"+p.ID, "TakeMessagesOnly", Param{"extensionId", p.ID})
	}
}

func listRules(w *World, q *Request) ([]*thing, *Problem) {
	var out []*thing
	for _, t := range w.list(q.kind(), q.places()...) {
		if t.meets(q) && (q.Query.Get("enabledOnly") != "true" || t.doc["enabled"] == true) {
			out = append(out, t)
		}
	}
	return out, nil
}

// removeRule removes custom rules alone.
func removeRule(w *World, q *Request) (Reply, *Problem) {
	if kind := text(q.thing.doc, "type"); kind != "Custom" {
		return Reply{}, refused(http.StatusForbidden, "CMN-402", "A rule of type "+kind+" cannot be removed")
	}
	return remove(w, q)
}
