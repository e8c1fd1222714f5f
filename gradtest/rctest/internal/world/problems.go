package world

import (
	"net/http"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

// The problems of the core and those that all families share, one row each.
var (
	problemMissing       = DefineProblem(http.StatusBadRequest, "CMN-100", "Parameter [%s] is mandatory")
	problemInvalid       = DefineProblem(http.StatusBadRequest, "CMN-101", "Parameter [%s] value is invalid")
	problemInvalidDetail = DefineProblem(http.StatusBadRequest, "CMN-101", "Parameter [%s] value is invalid: %s")
	problemBody          = DefineProblem(http.StatusBadRequest, "CMN-101", "Request body is invalid. Expected: %s")
	problemNotFound      = DefineProblem(http.StatusNotFound, "CMN-102", "Resource for parameter [%s] is not found")
	problemBatchTooLong  = DefineProblem(http.StatusBadRequest, "CMN-106", "Batch is too long: at most %d are allowed")
	problemRange         = DefineProblem(http.StatusRequestedRangeNotSatisfiable, "CMN-107", "Range is not satisfiable")
	problemMediaType     = DefineProblem(http.StatusUnsupportedMediaType, "CMN-104", "Unsupported Media Type")
	problemNotAllowedNow = DefineProblem(http.StatusForbidden, "CMN-109", "%s")
	problemScope         = DefineProblem(http.StatusForbidden, "CMN-401", "The application lacks the [%s] permission")
	problemNotPermitted  = DefineProblem(http.StatusForbidden, "CMN-404", "%s")
	problemInUse         = DefineProblem(http.StatusBadRequest, "CMN-406", "Parameter [%s] value is already in use")

	problemOtherExtension = DefineProblem(http.StatusForbidden, "CMN-419", "In order to call this API endpoint for another "+
		"extension, one of the following permissions [%s] have to be granted with extended scope to the authorized user")

	problemPresenceBatch = DefineProblem(http.StatusBadRequest, "InvalidMultipartRequest",
		"At most %d extensions can be asked for at once")

	problemFilterScope = DefineProblem(http.StatusForbidden, "SUB-406",
		"The application lacks the [%s] permission, which the event filter needs")
	problemSubscriptionLimit   = DefineProblem(http.StatusForbidden, "SUB-505", "Subscriptions limit exceeded")
	problemSubscriptionExpired = DefineProblem(http.StatusNotFound, "SUB-507", "Subscription is expired")
	problemWebhookScheme       = DefineProblem(http.StatusBadRequest, "SUB-523",
		"WebHook address has to be one of https")
	problemTransportScope = DefineProblem(http.StatusForbidden, "SUB-528",
		"The application lacks the [%s] permission, which this transport needs")
)

// NotFound refuses a path parameter that names no resource.
func NotFound(name, value string) *Problem { return problemNotFound.For(name, value, name) }

// NotFoundInBody refuses an id in the body that names no resource: the same code as [NotFound], with status 400.
func NotFoundInBody(name, value string) *Problem {
	p := NotFound(name, value)
	p.Status = http.StatusBadRequest
	return p
}

// Missing refuses a request without a required parameter or member.
func Missing(name string) *Problem { return problemMissing.ForName(name, name) }

// Invalid refuses the value of a parameter or member.
func Invalid(name, value string) *Problem { return problemInvalid.For(name, value, name) }

// InvalidBecause refuses the value of a parameter or member with a reason. An empty value is left out of the error.
func InvalidBecause(name, value, reason string) *Problem {
	if value == "" {
		return problemInvalidDetail.ForName(name, name, reason)
	}
	return problemInvalidDetail.For(name, value, name, reason)
}

// InUse refuses a value that has to be unique and that another resource has.
func InUse(name, value string) *Problem { return problemInUse.For(name, value, name) }

// BatchTooLong refuses a request that names more than most resources.
func BatchTooLong(most int) *Problem { return problemBatchTooLong.New(most) }

// NotAllowedNow refuses what the state of a resource does not allow. The platform's own codes for these cases are in no
// source; this is the general one.
func NotAllowedNow(message string) *Problem { return problemNotAllowedNow.New(message) }

// NotPermitted refuses what the user may not do but another one may. The platform's own codes for these cases are in no
// source; this is the general one.
func NotPermitted(message string) *Problem { return problemNotPermitted.New(message) }

// problemOfMismatches joins the mismatches of a query and a body; nil if there are none.
func problemOfMismatches(mismatches []shape.Mismatch) *Problem {
	var all *Problem
	for _, m := range mismatches {
		p := Invalid(m.Path, m.Value)
		switch {
		case m.Missing:
			p = Missing(m.Path)
		case m.Path == "": // no parameter is wrong: the body as a whole is
			p = problemBody.New(m.Want)
		}
		if all == nil {
			all = p
			continue
		}
		all.Errors = append(all.Errors, p.Errors...)
	}
	return all
}
