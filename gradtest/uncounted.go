package gradtest

import "github.com/graduationkit/ringcentral/gradtest/wire"

// uncounted says, by the code of its record, why an answer 2xx is no success, and what to do about it.
var uncounted = map[string]struct{ what, fix string }{
	wire.CodePage: {
		"with a web page", "check that RC_SERVER_URL names the platform and not a proxy, a sign-in page or a web site",
	},
	wire.CodeProtocol: {
		"in an unknown version of HTTP", "check that RC_SERVER_URL names the platform and not another service",
	},
	wire.CodeStatus: {
		"which is not documented for it",
		"only a documented status counts: check the request, and what is between the app and the platform",
	},
	wire.CodeType: {
		"without the documented content type",
		"only JSON counts: check the Accept header, and what is between the app and the platform",
	},
	wire.CodeEmpty: {
		"without a body", "only an answer with its documented body counts: check what is between the app and the platform",
	},
	wire.CodeJSON: {"with a body that is not JSON", "check what is between the app and the platform"},
	wire.CodeCut: {
		"with a body that was not read to its end", "read the body to its end before the context ends, and check the network",
	},
}
