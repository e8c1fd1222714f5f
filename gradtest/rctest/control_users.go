package rctest

import (
	"bytes"
	"fmt"
	"net/http"
)

// userEndpoints are about users and their sessions.
func userEndpoints() []endpoint {
	return []endpoint{
		{"GET", "/emulator/v1/users", "users who can log in, with credentials", jsonEndpoint(getUsers)},
		{
			"POST", "/emulator/v1/logout", `ends all sessions of a user: {"extensionId": "62264425"}; without a body, of all users`,
			jsonEndpoint(postLogOut),
		},
	}
}

// userRow is a user in JSON.
type userRow struct {
	ExtensionID     string   `json:"extensionId"`
	ExtensionNumber string   `json:"extensionNumber"`
	Name            string   `json:"name"`
	JWT             string   `json:"jwt"`
	Username        string   `json:"username"`
	Password        string   `json:"password"`
	Permissions     []string `json:"permissions,omitempty"` // missing: all
	Refused         string   `json:"refused,omitempty"`
}

func getUsers(h *Handler, _ *http.Request, _ []byte) (any, error) {
	var rows []userRow
	for _, u := range h.users {
		rows = append(rows, userRow{
			u.ExtensionID, u.ExtensionNumber, u.Name, u.JWT, u.Username, u.Password, u.Permissions, u.Refused,
		})
	}
	return map[string]any{"users": rows}, nil
}

func postLogOut(h *Handler, _ *http.Request, body []byte) (any, error) {
	var asked struct {
		ExtensionID string `json:"extensionId"`
	}
	if len(bytes.TrimSpace(body)) == 0 {
		ended := 0
		for _, u := range h.users {
			ended += h.LogOut(u.extensionID)
		}
		return map[string]int{"ended": ended}, nil
	}
	if err := strictJSON(body, &asked); err != nil {
		return nil, fmt.Errorf("logout: %w", err)
	}
	for _, u := range h.users {
		if u.extensionID == asked.ExtensionID {
			return map[string]int{"ended": h.LogOut(asked.ExtensionID)}, nil
		}
	}
	return nil, fmt.Errorf("logout: no user has the extension id %q: %w", asked.ExtensionID, errNotFound)
}
