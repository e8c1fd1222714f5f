package world

import "strings"

// Kinds of things that several templates lead to.
const kindExtension = "extensions"

// people is the part of the world about the account and its extensions.
func people() domain {
	return domain{
		kinds: map[string]string{
			"/restapi/v1.0/account/{accountId}/extension": kindExtension,
			"/restapi/v2/accounts/{accountId}/extensions": kindExtension,
			"/rcvideo/v1/account/{accountId}/extension":   kindExtension,
			"/rcvideo/v1/accounts/{accountId}/extensions": kindExtension,
			"/rcvideo/v2/account/{accountId}/extension":   kindExtension,
		},
		own:   []string{kindExtension},
		start: startPeople,
	}
}

// startPeople adds an extension for everybody who is in the config.
func startPeople(w *World) {
	for _, p := range w.cfg.Users {
		uri := "/restapi/v1.0/account/" + w.cfg.AccountID + "/extension/" + p.ID
		w.add(&thing{kind: kindExtension, id: p.ID, doc: Object{
			"uri": uri, "extensionNumber": p.Number, "name": strings.TrimSpace(p.FirstName + " " + p.LastName),
			"type": "User", "status": "Enabled", "setupWizardState": "Completed",
			"contact": Object{"firstName": p.FirstName, "lastName": p.LastName, "email": p.Email},
			"account": Object{"id": w.cfg.AccountID, "uri": "/restapi/v1.0/account/" + w.cfg.AccountID},
		}}, w.cfg.Now)
	}
}

// known are the values that made-up objects share with the world.
func (w *World) known(path string) (any, bool) {
	if len(w.cfg.Users) == 0 {
		return nil, false
	}
	first := w.cfg.Users[0]
	switch path {
	case "accountId", "account.id":
		return w.cfg.AccountID, true
	case "extensionId", "extension.id", "owner.extensionId", "ownerId":
		return first.ID, true
	case "extensionNumber", "extension.extensionNumber":
		return first.Number, true
	}
	return nil, false
}
