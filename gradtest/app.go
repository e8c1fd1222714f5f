package gradtest

import (
	"log/slog"
	"net/http"
	"net/url"

	"golang.org/x/oauth2"
	"golang.org/x/time/rate"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// App declares what has to be shown: the endpoints an app uses and the app scopes it holds. It is data; one value can
// serve any number of tests at once. Only Scopes and Endpoints are required.
type App struct {
	// Name is for reports, and tells the apps of one process apart on the embedded emulator. Zero: "app".
	Name string

	// Scopes are the app scopes as the developer console lists them. Each needs an endpoint that exercises it.
	Scopes []rcapi.Scope

	// Endpoints are the operations the app uses. At least one.
	Endpoints []Endpoint

	// Policy is the set of rules to judge by. Zero: [criteria.Graduation].
	Policy criteria.Policy

	// Target is where the traffic goes. Zero: what the environment says, and without credentials the embedded emulator.
	Target Target

	// Store keeps the evidence. Nil: the Redis of GRADTEST_REDIS, else the directory .gradtest at the root of the package's
	// module (GRADTEST_DIR moves it), or memory on the embedded emulator.
	Store ledger.Store

	// Gate keeps the rate limits. Nil: that of the Store when it has one, which all its processes share, else one of
	// this process.
	Gate window.Gate

	// Pace is a courtesy on top of the platform's limits: calls per second over all groups. Zero: no such limit.
	Pace rate.Limit

	// Repeat sends the full number of calls even where the ledger already holds them. GRADTEST_REPEAT=1 does the same.
	Repeat bool

	// Progress is told after every call of a sweep, from one goroutine; it must not block. Nil: nobody.
	Progress func(Progress)

	// Log gets one line per call (debug) and one per event worth knowing (info and above), never a secret. Nil: silence.
	Log *slog.Logger
}

// Target is where an app's traffic goes. The zero value means what the environment says (see the package documentation).
type Target struct {
	// URL is the server, such as https://platform.devtest.ringcentral.com. Zero: RC_SERVER_URL.
	URL string

	// Token authorizes the calls; any source will do, those of package rcauth send their own requests through the
	// recording transport. Nil: a JWT grant from the environment's credentials.
	Token oauth2.TokenSource

	// PrivateToken keeps the access token in memory. Zero: the processes that share the evidence share one token, sealed, in
	// a file that only their user can read or in Redis, since the platform allows few token requests and few sessions.
	PrivateToken bool

	// ClientID tells the evidence of one app from that of another at the same host. Zero: the environment's client id,
	// and without one the app's name.
	ClientID string

	// Base sends the requests. Nil: a private copy of [http.DefaultTransport].
	Base http.RoundTripper

	// AllowProduction lets the traffic go to a production host, where SMS, faxes and calls are real and cost money.
	// GRADTEST_ALLOW_PRODUCTION=1 does the same.
	AllowProduction bool
}

// Endpoint is one operation that the app uses, with what a call of it needs. An operation with no path parameter
// besides the account and the extension needs nothing but Op.
type Endpoint struct {
	// Op is the operation, from the catalogue ([rcapi]) or made with [rcapi.Parse].
	Op rcapi.Operation

	// Name is the endpoint's name in test names and reports. Zero: the operation's id. Two endpoints of one operation need
	// names to tell them apart.
	Name string

	// Params fill the path's parameters. accountId and extensionId default to "~", the token's own.
	Params map[string]string

	// Query and Header are sent with each call.
	Query  url.Values
	Header http.Header

	// Body is sent with each call: nil for none, a []byte, string or [encoding/json.RawMessage] as it stands (JSON unless
	// Header says otherwise), [url.Values] as a form, [Multipart], or any other value as JSON.
	Body any

	// Prepare runs before each call and may set the call's Params, Query, Header and Body, such as ids found at run
	// time. The requests it makes through the call's client are evidence too.
	Prepare func(*Call)

	// Do makes the call itself, through c.Client() or c.Gateway(), with the app's own code. Afterwards the harness checks that
	// Op was really called. Nil: the harness makes the request.
	Do func(*Call)

	// Calls is how many successes are wanted where that is more than the policy asks. Zero: what the policy asks.
	Calls int

	// Cleanup runs after each successful call, also when the sweep was interrupted, to remove what the call created.
	Cleanup func(*Call)
}

// Progress is the state of a sweep after a call.
type Progress struct {
	Endpoint string // the endpoint called
	Counted  bool   // a success
	Err      error  // why not
	Done     int    // successes of this sweep that were wanted
	Total    int    // all that were wanted when it began
}

func (e Endpoint) name() string {
	if e.Name != "" {
		return e.Name
	}
	return e.Op.ID
}

func (a App) name() string {
	if a.Name != "" {
		return a.Name
	}
	return "app"
}
