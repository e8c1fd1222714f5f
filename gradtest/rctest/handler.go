package rctest

import (
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/domains"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Handler is the emulated platform, for one app. It is safe for concurrent use. It needs no closing: it has no
// goroutines except while it sends notifications. Its time is time.Now, which is virtual in a testing/synctest bubble.
type Handler struct {
	*settings
	user      *user   // the first
	users     []*user // all who can log in
	auth      *bucket // one per app: for token, revoke, authorize, userinfo and wstoken
	account   *bucket
	from      addresses
	inflight  inflight
	injected  injections
	sessions  *sessions
	codes     codes
	consents  consents
	keys      keyring
	evidence  evidence
	world     *world.World
	webhooks  webhooks
	reminders reminders
	clock     clock
	review    review
	controls  func() http.Handler // the control endpoints, created on first use; nil: none
	pages     pages
	own       atomic.Pointer[ownOperations] // operations that the catalogue lacks; nil: none
	declaring sync.Mutex                    // held while own is replaced
}

// NewHandler returns an emulator. Its error lists all mistakes in the config.
func NewHandler(cfg Config) (*Handler, error) { return newHandler(cfg, htmlPages()) }

func newHandler(cfg Config, shown pages) (*Handler, error) {
	s, err := cfg.settings()
	if err != nil {
		return nil, err
	}
	h := &Handler{settings: s, sessions: newSessions(s.rules), pages: shown}
	h.auth, h.account = newBucket(s.policies[limitAuth]), newBucket(s.policies[limitAccount])
	h.from = addresses{policy: s.policies[limitAddress], buckets: make(map[string]*bucket)}
	for _, u := range s.people {
		h.users = append(h.users, newUser(s, u, h.auth))
	}
	h.user = h.users[0]
	h.evidence.lag = s.delay
	for _, scope := range cfg.Exempt {
		h.evidence.exempt = append(h.evidence.exempt, scope.Canonical())
	}
	h.webhooks = webhooks{clock: &h.clock, transport: s.webhooks}
	begin := s.worldConfig(h.clock.now())
	begin.Validate, begin.Deliver = h.webhooks.validate, h.webhooks.deliver
	h.world = world.New(domains.Plans(), begin)
	h.Declare(cfg.Operations...)
	if err := h.build(s.world, begin.Now); err != nil {
		return nil, err
	}
	if s.controls {
		h.controls = sync.OnceValue(h.control)
	}
	return h, nil
}

// Credentials returns the credentials that an app logs in with.
func (h *Handler) Credentials() Credentials { return h.credentials }

// ServeHTTP handles one request. It never panics and never responds with 5xx, except as a [Fault] demands. A fault that
// closes the connection panics with http.ErrAbortHandler if w cannot be hijacked.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case !h.hosts.Addressed(r):
		misdirected(w)
		return
	case r.URL != nil && r.URL.Path == consentPath: // part of the OAuth flow, so it exists without controls too
		h.serveConsent(w, r)
		return
	case h.controls != nil && isControl(r):
		h.controls().ServeHTTP(w, r)
		return
	case cors(w, r):
		return
	}
	x := &exchange{h: h, w: w, r: r, at: h.clock.now()}
	if p := x.serve(); p != nil {
		x.refuse(p)
	}
}

// misdirected refuses a request that is addressed to another server. Its Host can be a name that an attacker's page was
// loaded from and that now resolves to this machine, so that the page could read the credentials.
func misdirected(w http.ResponseWriter) {
	writeControlError(w, http.StatusMisdirectedRequest, "the emulator answers only to localhost, to its own address and "+
		"to the names of Config.Hosts (gradtest emulator --host NAME): use one of them in the URL")
}

// serve checks the request in the platform's order: gateway, token, rate, route, scope, body.
func (x *exchange) serve() *problem {
	known := x.identify()
	if q := x.h.from.admit(x.r.RemoteAddr, x.at); q.refused {
		return x.limitExceeded(q, problemAddressRate)
	}
	if entry := entryPoints(x.r); entry != nil {
		return entry(x)
	}
	if !known && !knownService(x.r.URL.Path) {
		return problemRoute
	}
	if rcapi.MethodConflict(x.r) {
		return problemOverride
	}
	if !known || !x.route.open {
		if p := x.authenticate(); p != nil {
			return p
		}
	}
	if p := x.admit(); p != nil {
		return p
	}
	if p := x.beginWrite(); p != nil {
		return p
	}
	defer x.endWrite()
	if x.h.injected.live.Load() != nil {
		return x.applyFaults()
	}
	return x.run()
}

// run executes the operation and sends the response.
func (x *exchange) run() *problem {
	if x.route == nil {
		if p, served := x.serveContent(); served {
			return p
		}
		if methods := allowed(x.r.URL.EscapedPath()); len(methods) > 0 {
			return problemMethod(methods)
		}
		return problemURI
	}
	if s := x.route.op.Scope; s != "" && !x.session.scopes.permit[s] {
		return problemScope(s)
	}
	if p := x.permitted(); p != nil {
		return p
	}
	return x.route.reply(x)
}
