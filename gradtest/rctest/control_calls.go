package rctest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// callEndpoints are about the calls that the emulator has recorded and the verdict on them.
func callEndpoints() []endpoint {
	return []endpoint{
		{
			"GET", "/emulator/v1/calls", "latest calls; ?operation=ID: of one operation, ?last=N: the last N",
			jsonEndpoint(getCalls),
		},
		{
			"GET", "/emulator/v1/operations/{id}", "calls of one operation in the last 48 hours",
			jsonEndpoint(getOperation),
		},
		{
			"GET", "/emulator/v1/verdict", "whether the app would graduate, and what is missing",
			jsonEndpoint(getVerdict),
		},
		{"GET", "/emulator/v1/credentials", "credentials that an app logs in with", jsonEndpoint(getCredentials)},
	}
}

func getCalls(h *Handler, r *http.Request, _ []byte) (any, error) {
	calls, query := h.Calls(), r.URL.Query()
	if id := query.Get("operation"); id != "" {
		if _, ok := rcapi.Lookup(id); !ok {
			return nil, fmt.Errorf("%s", unknownOperation(id))
		}
		calls = slices.DeleteFunc(calls, func(c Call) bool { return c.Operation != id })
	}
	if last := query.Get("last"); last != "" {
		n, err := strconv.Atoi(last)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("last is %q: use a number of calls, such as 10", last)
		}
		calls = calls[max(0, len(calls)-n):]
	}
	return map[string]any{"calls": calls}, nil
}

func getOperation(h *Handler, r *http.Request, _ []byte) (any, error) {
	id := r.PathValue("id")
	if _, ok := rcapi.Lookup(id); !ok {
		return nil, fmt.Errorf("%s: %w", unknownOperation(id), errNotFound)
	}
	o := h.Operation(id)
	if o.Last == nil {
		o.Last = []Call{}
	}
	return map[string]any{
		"operation": o.Operation.ID, "method": o.Operation.Method, "path": o.Operation.Path,
		"calls": o.Calls, "faults": o.Faults, "statuses": o.Statuses, "last": o.Last,
	}, nil
}

func getCredentials(h *Handler, _ *http.Request, _ []byte) (any, error) {
	c := h.Credentials()
	return struct {
		ClientID     string `json:"clientId"`
		ClientSecret string `json:"clientSecret"`
		JWT          string `json:"jwt"`
		Username     string `json:"username"`
		Password     string `json:"password"`
		AccountID    string `json:"accountId"`
		ExtensionID  string `json:"extensionId"`
	}{c.ClientID, c.ClientSecret, c.JWT, c.Username, c.Password, c.AccountID, c.ExtensionID}, nil
}

// Parts of a [Verdict] in JSON.
type (
	verdictOperation struct {
		Operation string `json:"operation,omitempty"`
		Method    string `json:"method"`
		Path      string `json:"path"`
		Successes int    `json:"successes"`
		Calls     int    `json:"calls"`
	}
	verdictScope struct {
		Scope       rcapi.Scope `json:"scope"`
		Successes   int         `json:"successes"`
		Exercisable bool        `json:"exercisable"`
		Exempt      bool        `json:"exempt,omitempty"`
	}
	verdictShare struct {
		Window string `json:"window"`
		OAuth  bool   `json:"oauth"`
		Errors int    `json:"errors"`
		Calls  int    `json:"calls"`
		OK     bool   `json:"ok"`
	}
)

func getVerdict(h *Handler, _ *http.Request, _ []byte) (any, error) {
	v := h.Verdict()
	operations, scopes, shares := []verdictOperation{}, []verdictScope{}, []verdictShare{}
	for _, c := range v.PerOperation {
		o := c.Operation
		operations = append(operations, verdictOperation{o.ID, o.Method, o.Path, c.Successes, c.Calls})
	}
	for _, s := range v.PerScope {
		scopes = append(scopes, verdictScope(s))
	}
	for _, s := range v.Shares {
		shares = append(shares, verdictShare{s.Window.Round(time.Second).String(), s.OAuth, s.Errors, s.Calls, s.OK()})
	}
	return map[string]any{
		"ready": v.Ready, "at": v.At, "since": v.Since, "successes": v.Successes,
		"perOperation": operations, "perScope": scopes, "shares": shares,
		"total": v.Total, "authErrors": v.AuthErrors, "clientErrors": v.ClientErrors,
		"tooManyRequests": v.TooManyRequests, "open": append([]string{}, v.Open...),
	}, nil
}
