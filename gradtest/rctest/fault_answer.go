package rctest

import (
	"net/http"
	"strconv"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// maintenanceRetry is the default Retry-After of maintenance mode; reports have 10 to 15 s.
const maintenanceRetry = 10 * time.Second

// defaultProblems are the codes and messages of faults that have only a status.
var defaultProblems = map[int]problem{
	http.StatusBadRequest:   {code: "CMN-101", message: "Parameter value is invalid"},
	http.StatusUnauthorized: *problemTokenInvalid,
	http.StatusForbidden: {
		code: "CMN-408", message: "In order to call this API endpoint, user needs to have a permission",
	},
	http.StatusNotFound:              {code: "CMN-102", message: "Resource is not found"},
	http.StatusMethodNotAllowed:      {code: "CMN-202", message: "Method is not allowed"},
	http.StatusRequestEntityTooLarge: *problemTooLarge,
	http.StatusTooManyRequests:       *problemRate,
	http.StatusInternalServerError:   {code: "CMN-203", message: "Internal server error"},
	http.StatusNotImplemented:        {code: "CMN-202", message: "Operation is not supported"},
	http.StatusServiceUnavailable:    {code: "CMN-201", message: "Service temporarily unavailable"},
}

// problem returns the error that the fault makes of a call.
func (f *Fault) problem(x *exchange) *problem {
	switch {
	case f.Expire:
		return problemTokenExpired
	case f.RevokeScope.Canonical() == rcapi.ScopeSubscriptionWebhook:
		return problemTransport(rcapi.ScopeSubscriptionWebhook)
	case f.RevokeScope != "":
		return problemScope(f.RevokeScope.Canonical())
	case f.Maintenance:
		x.retry = f.retry(maintenanceRetry)
		return problemMaintenance
	}
	p, ok := defaultProblems[f.Status]
	if !ok {
		p = problem{code: "CMN-101", message: "The request cannot be processed"}
		if f.Status >= 500 {
			p = defaultProblems[http.StatusServiceUnavailable]
		}
	}
	p.status = f.Status
	if f.Code != "" {
		p.word, p.code = "", f.Code
	}
	if f.Message != "" {
		p.message = f.Message
	}
	x.retry = f.retry(0)
	if f.Status == http.StatusTooManyRequests {
		x.retry = f.retry(x.penalty())
		x.quota.remaining = 0
		if p.code != problemRate.code { // only usage-plan groups have rate headers
			x.quota = quota{}
		}
	}
	return &p
}

// oauth returns the error of a fault that hits a token request or the like.
func (f *Fault) oauth() *oauthError {
	o := oauth400("invalid_request", "CMN-101", "The request cannot be processed")
	o.status = f.Status
	switch f.Status {
	case http.StatusUnauthorized:
		o.kind, o.code, o.description = oauthNoClient.kind, oauthNoClient.code, oauthNoClient.description
	case http.StatusForbidden:
		o.kind, o.code, o.description = oauthGrant.kind, oauthGrant.code, oauthGrant.description
	}
	if f.Code != "" {
		o.code = f.Code
	}
	if f.Message != "" {
		o.description = f.Message
	}
	return o
}

// retry returns the value of Retry-After, or nil.
func (f *Fault) retry(absent time.Duration) []string {
	d := f.RetryAfter
	if d == 0 {
		d = absent
	}
	if d <= 0 {
		return nil
	}
	return []string{strconv.Itoa(int(d / time.Second))}
}

// penalty returns the penalty interval of the call's group.
func (x *exchange) penalty() time.Duration {
	if x.quota.rule != nil {
		return x.quota.rule.Penalty
	}
	return x.h.limit(limitMedium).Penalty
}
