package rcapi

// errorCodes is sorted by code. See [ExplainCode] for the sources.
var errorCodes = []ErrorCode{
	{
		"AGW-401", 401, "the request has no Authorization header",
		"Send the access token. With a client of gradtest, do not remove the header.",
	},
	{"AGW-402", 401, "the Authorization header is malformed", "Write it as Bearer, one space, the token."},
	{
		"AGW-404", 404, "the gateway knows no service at this path",
		"Check the path; rcapi.Parse and gradtest ops show the documented ones.",
	},
	{
		"AWR-165", 400, "hold music can be set only for the rule of business hours",
		"Set it there; it applies to all rules.",
	},
	{
		"AWR-178", 400, "this type of greeting does not apply to company rules",
		"Use a greeting type that the guide lists for company rules.",
	},
	{"AWR-180", 403, "call handling is not part of a fax plan", "Use an extension with a voice plan."},
	{
		"BIL-101", 403, "the account's service plan lacks the feature",
		"Use an account whose plan has it, or declare the endpoint exempt.",
	},
	{
		"BIL-103", 403, "the account lacks the feature",
		"Have the feature enabled for the account, or declare the endpoint exempt.",
	},
	{
		"CLG-101", 400, "the syncToken is not valid",
		"Synchronize in full once (syncType=FSync), then use the new token.",
	},
	{
		"CLG-104", 400, "the syncToken has expired and the call log was reset",
		"Synchronize in full once (syncType=FSync), then use the new token.",
	},
	{"CLG-110", 409, "two synchronizations of the call log ran at the same time", "Send one at a time."},
	{"CMN-100", 400, "a mandatory parameter is missing", "Set the parameter that parameterName of the response names."},
	{
		"CMN-101", 400, "the value of a parameter is invalid",
		"Correct the parameter that parameterName of the response names.",
	},
	{
		"CMN-102", 404, "the resource that a parameter names does not exist",
		"Find the id at run time, in Endpoint.Prepare, instead of writing a fixed one.",
	},
	{"CMN-103", 400, "the JSON of the body cannot be parsed", "Send valid JSON; Endpoint.Body encodes a Go value."},
	{"CMN-104", 400, "the request cannot be parsed", "Check the content type and the form of the body."},
	{
		"CMN-105", 400, "a query string is not allowed with this method and content type",
		"Move the parameters into the body.",
	},
	{"CMN-106", 400, "the batch is too long", "Send fewer items at once."},
	{"CMN-107", 416, "the range cannot be satisfied", "Ask for a range inside the content."},
	{"CMN-108", 400, "body and path disagree", "Send the same id in both, or leave it out of the body."},
	{
		"CMN-109", 403, "the feature is not available",
		"Use an account or extension that has it, or declare the endpoint exempt.",
	},
	{"CMN-110", 400, "a required header is missing", "Set it in Endpoint.Header."},
	{
		"CMN-120", 404, "the URI is invalid: the service has no such path",
		"Check the path; gradtest ops shows the documented ones.",
	},
	{"CMN-124", 400, "the method works only for an extension", "Use the path with /extension/."},
	{
		"CMN-201", 503, "the service is temporarily unavailable",
		"Nothing: it is retried. If it stays, look at the platform's status page.",
	},
	{"CMN-202", 501, "the operation is not supported", "Remove the endpoint, or ask RingCentral's support."},
	{
		"CMN-203", 500, "an internal error of the platform",
		"Nothing: it is retried. If it stays, report the request id to RingCentral's support.",
	},
	{
		"CMN-211", 503, "the platform is overloaded or under maintenance",
		"Wait as Retry-After says, usually 10 to 15 seconds.",
	},
	{
		"CMN-301", 429, "the rate limit of the usage-plan group is exceeded",
		"Send nothing until Retry-After is over; each request restarts the penalty. Let all programs with " +
			"this client id share one ledger or Redis.",
	},
	{
		"CMN-302", 429, "the rate limit of the account is exceeded",
		"Send nothing until Retry-After is over, and find which other program calls with this account.",
	},
	{"CMN-303", 429, "the app's API plan cannot be resolved", "Ask RingCentral's support; no program can fix it."},
	{
		"CMN-304", 429, "an identical request is still being processed",
		"Do not send the same write twice at the same time.",
	},
	{"CMN-310", 429, "the global rate limit is exceeded", "Send nothing until Retry-After is over."},
	{
		"CMN-401", 403, "the app lacks the app scope that the operation needs",
		"Add the scope that permissionName names to the app in the developer console and to App.Scopes, then " +
			"log in again.",
	},
	{"CMN-402", 403, "an administrator is needed", "Log in as a user who is an administrator."},
	{"CMN-403", 403, "the feature is not available for this type of extension", "Use an extension of type User."},
	{"CMN-404", 403, "the request is for another extension", "Use ~, or log in as that extension."},
	{"CMN-405", 401, "the login names no extension", "Log in as a user and not as an account."},
	{"CMN-406", 400, "a value occurs twice", "Send each value once."},
	{
		"CMN-407", 400, "the value of a header is invalid",
		"Correct the header; X-HTTP-Method-Override and _method must agree.",
	},
	{
		"CMN-408", 403, "the user lacks a permission",
		"Give the user's role the permission that permissionName names; the app's scopes are not the cause.",
	},
	{
		"CMN-419", 403, "the user may not do this for another extension",
		"Use ~ for the extension, or a user whose role allows it. Messages cannot be sent for others.",
	},
	{
		"CMN-427", 403, "the feature is not available for this extension",
		"Use another extension, or declare the endpoint exempt.",
	},
	{"EXT-356", 400, "this member applies only to extensions of users", "Leave it out."},
	{"FPN-102", 400, "the label is already used by a forwarding number", "Choose another label."},
	{
		"FPN-103", 400, "there are as many forwarding numbers as the extension may have",
		"Delete one first, in Endpoint.Cleanup.",
	},
	{"FPN-105", 400, "the number is a direct number of the company", "Choose an external number."},
	{"FPN-106", 400, "the flip number is in use", "Choose another one."},
	{"MSG-240", 403, "the account may not send international SMS", "Send to a domestic number."},
	{"MSG-241", 403, "an SMS cannot be sent from a fax number", "Use a number with the feature SmsSender."},
	{"MSG-242", 403, "the messaging feature is not available", "Use a number with the feature SmsSender."},
	{"MSG-243", 400, "the recipient's number is blocked", "Use another recipient."},
	{
		"MSG-245", 400, "the sender's number does not belong to the user",
		"Take the sender from the list of the extension's phone numbers (listExtensionPhoneNumbers).",
	},
	{
		"MSG-246", 400, "an SMS cannot be sent to or from an extension number",
		"Use full phone numbers in E.164 form, or a pager message.",
	},
	{"MSG-247", 400, "an SMS cannot be sent to a short number", "Use full phone numbers in E.164 form."},
	{
		"MSG-304", 403, "the number does not belong to the extension",
		"Take the sender from the list of the extension's phone numbers.",
	},
	{
		"MSG-305", 429, "the rate limit of messages is exceeded",
		"Send fewer messages a minute; the limit is the account's and has no rate headers.",
	},
	{"MSG-314", 400, "the extension is of a type without messages", "Use an extension of type User."},
	{"MSG-316", 400, "the recipient of a pager message is no extension", "Use the id of an extension of the account."},
	{
		"MSG-331", 400, "the sender of a pager message is not the user",
		"Leave from out, or use the user's own extension.",
	},
	{
		"MSG-332", 400, "the sender of a pager message is not the user",
		"Leave from out, or use the user's own extension.",
	},
	{
		"MSG-333", 400, "the message store asks for a full synchronization",
		"Synchronize in full once (syncType=FSync), then use the new token.",
	},
	{"MSG-337", 400, "an attachment is too large", "Send less."},
	{"MSG-338", 400, "the message is too large", "Send less."},
	{"MSG-340", 403, "the user may not send faxes", "Use a user with the permission OutboundFaxes."},
	{"MSG-341", 403, "the user may not send faxes", "Use a user with the permission OutboundFaxes."},
	{"MSG-348", 415, "the media type of an attachment is not supported", "Use a type that the guide lists."},
	{"MSG-349", 400, "the parts of a fax are wrong", "Use gradtest.Multipart: one part of JSON, then the attachments."},
	{"MSG-350", 400, "the parts of a fax are wrong", "Use gradtest.Multipart: one part of JSON, then the attachments."},
	{"MSG-351", 400, "the parts of a fax are wrong", "Use gradtest.Multipart: one part of JSON, then the attachments."},
	{"MSG-380", 403, "MMS is not available", "Use a number with the feature MmsSender."},
	{"MSG-381", 400, "an MMS has more than 10 recipients", "Send to at most 10."},
	{"MSG-384", 403, "the account's limits are exceeded", "Wait, or raise the limits of the account."},
	{
		"OAU-106", 403, "the authorization code is wrong",
		"Use each code once, within 60 seconds, with the client id that asked for it.",
	},
	{"OAU-108", 403, "the authorization code has expired", "Exchange it within 60 seconds."},
	{
		"OAU-109", 403, "the redirect URIs do not match",
		"Send the same redirect_uri in both requests, as registered in the developer console.",
	},
	{"OAU-110", 403, "the authorization code belongs to another app", "Use the client id that asked for it."},
	{"OAU-111", 400, "a form field occurs twice", "Send each field once."},
	{
		"OAU-112", 403, "the app may not use this grant",
		"Enable the grant in the app's settings in the developer console.",
	},
	{"OAU-113", 403, "the app has no redirect URI", "Register one in the developer console."},
	{"OAU-123", 401, "the client did not authenticate", "Send client id and secret as Basic authentication."},
	{
		"OAU-125", 401, "the app may not use this grant",
		"Enable the grant in the app's settings in the developer console.",
	},
	{
		"OAU-127", 401, "the app is invalid",
		"Check that the client id belongs to this server and that the app is active.",
	},
	{
		"OAU-128", 401, "the access token has expired",
		"Log in again or refresh; gradtest's token sources do it by themselves.",
	},
	{
		"OAU-129", 401, "the access token is corrupted, or a refresh has just replaced it",
		"Use the newest token. Two programs that refresh one session replace each other's tokens.",
	},
	{"OAU-136", 401, "the state of the extension or account does not allow a login", "Enable the extension."},
	{
		"OAU-140", 401, "user name or password is wrong",
		"Check the credentials; after several failures the account is locked.",
	},
	{
		"OAU-146", 401, "the client id is unknown",
		"Check RC_APP_CLIENT_ID and that it belongs to RC_SERVER_URL: sandbox and production have different " +
			"ones.",
	},
	{"OAU-147", 400, "the account is locked after failed logins", "Wait or have it unlocked."},
	{"OAU-148", 400, "the account is locked after failed logins", "Wait or have it unlocked."},
	{
		"OAU-149", 401, "the access token is invalid",
		"Use a token of this server; tokens of sandbox and production differ.",
	},
	{
		"OAU-151", 401, "the method of authorization is not supported",
		"Send a Bearer token; Basic is for token requests only.",
	},
	{
		"OAU-153", 400, "the client id is unknown",
		"Check RC_APP_CLIENT_ID and that it belongs to RC_SERVER_URL: sandbox and production have different " +
			"ones.",
	},
	{"OAU-164", 400, "the token belongs to another app", "Revoke it with the client id that received it."},
	{
		"OAU-165", 400, "a client of the sandbox is not allowed here",
		"Set RC_SERVER_URL to the sandbox, or use the production client id.",
	},
	{"OAU-167", 403, "the account may not be accessed from this site", "Use the site (realm) of the account."},
	{"OAU-168", 401, "the login needs a second factor", "Use a JWT; passwords work only without it."},
	{
		"OAU-210", 400, "the refresh token has expired or was already used",
		"Log in again, and use each refresh token once.",
	},
	{"OAU-211", 400, "the token was revoked", "Log in again."},
	{
		"OAU-213", 401, "the token does not exist: revoked, replaced, or of another server",
		"Log in again. Five sessions a user are kept; a sixth ends the oldest.",
	},
	{"OAU-232", 400, "the extension of the login does not exist", "Create the JWT as a user who exists."},
	{"OAU-236", 400, "the extension is disabled or frozen", "Enable the extension."},
	{"OAU-250", 400, "the grant type is not supported", "Use one of the documented grants, such as the JWT grant."},
	{
		"OAU-251", 400, "the app may not use this grant",
		"Enable the grant in the app's settings in the developer console.",
	},
	{"OAU-270", 400, "an ordinary app may not use client credentials", "Use the JWT grant."},
	{"OAU-345", 400, "the signature of the JWT is invalid", "Copy the JWT again from the developer console, whole."},
	{"OAU-347", 400, "the algorithm of the JWT is not supported", "Use the JWT that the developer console created."},
	{
		"SUB-406", 403, "events of another account or extension may not be subscribed to",
		"Use ~ or extensions of the own account.",
	},
	{"SUB-505", 403, "there are as many subscriptions as allowed", "Delete old ones, in Endpoint.Cleanup."},
	{"SUB-507", 404, "the subscription has expired", "Create a new one; renew it before expiresIn ends."},
	{"SUB-508", 400, "an event filter is invalid", "Copy the filter from the documentation of the event."},
	{"SUB-516", 400, "the parameters of the reminder filter are invalid", "Set threshold and interval as documented."},
	{
		"SUB-520", 400, "the webhook did not return the Validation-Token header",
		"Answer the first request with the same header and status 200, within 3 seconds.",
	},
	{
		"SUB-521", 400, "the webhook cannot be reached",
		"Use an address that the platform can reach; a server on your machine needs a tunnel.",
	},
	{"SUB-522", 400, "the webhook answered with a wrong status", "Answer 200."},
	{"SUB-523", 400, "the webhook needs https", "Use an https address."},
	{"SUB-525", 400, "the webhook's response is invalid", "Answer at most 1024 bytes with status 200."},
	{"SUB-527", 403, "missed calls of another extension may not be subscribed to", "Use the own extension."},
	{
		"SUB-528", 403, "the app lacks the scope that the subscription's transport needs",
		"Add the scope (rcapi.ScopeSubscriptionWebhook for WebHook) to the app and to App.Scopes.",
	},
}
