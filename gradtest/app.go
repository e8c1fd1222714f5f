package gradtest

import (
	"log/slog"
	"net/http"
	"net/url"
	"slices"

	"golang.org/x/oauth2"
	"golang.org/x/time/rate"

	"github.com/graduationkit/ringcentral/gradtest/criteria"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// App declares an app: the endpoints it uses and the app scopes it holds. It is data; any number of tests can use one
// value at once. Only Scopes and Endpoints are required.
type App struct {
	// Name appears in reports and keeps the apps of one process apart on the embedded emulator. Zero: "app".
	Name string

	// Scopes are the app scopes that the developer console lists. Each needs an endpoint that exercises it.
	Scopes []rcapi.Scope

	// Endpoints are the operations the app uses. At least one.
	Endpoints []Endpoint

	// Policy is the set of rules. Zero: [criteria.Graduation].
	Policy criteria.Policy

	// Target is where the traffic goes. Zero: the environment decides; without credentials, the embedded emulator.
	Target Target

	// Store keeps the evidence. Nil: the Redis of GRADTEST_REDIS, else the directory .gradtest at the root of the
	// package's module (GRADTEST_DIR moves it), or memory on the embedded emulator. With a Store that is no
	// [ledger.Claimer], processes that run at the same time may send more calls than are missing; the log says so.
	Store ledger.Store

	// Gate keeps the rate limits. Nil: the Store's when it is a [ledger.Gater], which all processes on it share, else one
	// for this session alone.
	Gate window.Gate

	// Pace limits the calls per second over all groups, on top of the platform's limits. Zero: no such limit.
	Pace rate.Limit

	// Repeat sends the full number of calls even where the ledger already holds them. GRADTEST_REPEAT=1 does the same.
	Repeat bool

	// Progress is called after every call of a sweep, when calls begin to wait for 2 s or more, and every ten seconds;
	// never concurrently. It must not block. Nil: not called.
	Progress func(Progress)

	// Log receives one line per call (debug) and one per notable event (info and above), never a secret. Nil: no log.
	Log *slog.Logger
}

// Target is where an app's traffic goes. With the zero value the environment decides; see the package documentation.
type Target struct {
	// URL is the server, such as https://platform.devtest.ringcentral.com. Zero: RC_SERVER_URL.
	URL string

	// Token authorizes the calls. Any source works; those of package rcauth send their own requests through the recording
	// transport. Nil: a JWT grant from the environment's credentials.
	Token oauth2.TokenSource

	// PrivateToken keeps the access token in memory. Zero: the processes that share the evidence share one encrypted
	// token, in a file that only their user can read or in Redis, because the platform allows few token requests and few
	// login sessions.
	PrivateToken bool

	// ClientID keeps the evidence of apps at the same host apart. Zero: the environment's client id, and without one the
	// app's name.
	ClientID string

	// Base sends the requests. Nil: a private copy of [http.DefaultTransport].
	Base http.RoundTripper

	// AllowProduction lets the traffic go to a production host, where SMS, faxes and calls are real and cost money.
	// GRADTEST_ALLOW_PRODUCTION=1 does the same.
	AllowProduction bool
}

// Endpoint is one operation that the app uses, with what a call needs. An operation whose path has no parameters
// besides the account and the extension needs nothing but Op.
type Endpoint struct {
	// Op is the operation, from the catalogue ([rcapi]) or made with [rcapi.Parse].
	Op rcapi.Operation

	// Name is the endpoint's name in test names and reports. Zero: the operation's id. Two endpoints of one operation need
	// different names.
	Name string

	// Params fill the path's parameters. accountId and extensionId default to "~", the token's own.
	Params map[string]string

	// Query and Header are sent with each call.
	Query  url.Values
	Header http.Header

	// Body is sent with each call: nil for none, a []byte, string or [encoding/json.RawMessage] unchanged (as JSON unless
	// Header says otherwise), [url.Values] as a form, [Multipart], or any other value encoded as JSON.
	Body any

	// Prepare runs before each call and may set the call's Params, Query, Header and Body, such as ids found at run
	// time. The requests it makes through the call's client are evidence too.
	Prepare func(*Call)

	// Do makes the call with the app's own code, through c.Client() or c.Gateway(). Afterwards gradtest checks that Op was
	// really called. Nil: gradtest makes the request.
	Do func(*Call)

	// Unchecked sends requests that must fail by the platform's specification: without a required body, query parameter or
	// member, with a content type or a value that the operation does not take. Set it for a server that knows better than
	// the catalogue. False: such a mistake is an error of the declaration, or of the call if Prepare made it, and nothing
	// is sent.
	Unchecked bool

	// Exempt says why the endpoint cannot be called where the suite runs, such as "needs a caller". It is then never
	// called and not judged; report, plan and command show it with the reason. A scope that only exempt endpoints exercise
	// is not judged either. Calls of the operation that other code makes count and are judged as usual. Empty: it is
	// called.
	Exempt string

	// Calls is the number of successes needed, if more than the policy's. Zero: the policy's number.
	Calls int

	// Cleanup runs after each successful call, also when the sweep is interrupted, to remove what the call created.
	Cleanup func(*Call)
}

func (e Endpoint) name() string {
	if e.Name != "" {
		return e.Name
	}
	return e.Op.ID
}

// called returns the endpoints that are not exempt.
func (a App) called() []Endpoint {
	return slices.DeleteFunc(slices.Clone(a.Endpoints), func(e Endpoint) bool { return e.Exempt != "" })
}

func (a App) name() string {
	if a.Name != "" {
		return a.Name
	}
	return "app"
}
