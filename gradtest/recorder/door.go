package recorder

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"

	"github.com/graduationkit/ringcentral/gradtest/wire"
)

// arrival is what is known of a request besides its record.
type arrival struct {
	order  int
	path   string // with {} for every segment that may be an id
	client string // product that sent it, such as python-requests/2.32
	grant  grant  // of a token request
}

type arrivalKey struct{}

// arrivalOf returns the arrival of a request; zero if it has none.
func arrivalOf(ctx context.Context) arrival {
	a, _ := ctx.Value(arrivalKey{}).(arrival)
	return a
}

// door takes the requests of the program.
func (r *Recorder) door(w http.ResponseWriter, req *http.Request) {
	switch {
	case req.Method == http.MethodConnect || req.URL.Host != "":
		if r.proxy != nil && !r.looped(w, req) {
			r.proxy.ServeHTTP(w, req)
			return
		}
		if r.proxy == nil {
			r.gateway.ServeHTTP(w, req) // refuses
		}
	case r.up.emulator != nil && strings.HasPrefix(req.URL.Path, controls):
		r.up.emulator.ServeHTTP(w, req)
	default:
		r.observed(r.gateway).ServeHTTP(w, req)
	}
}

// controls is the path prefix of the emulator's own endpoints, which are no calls of the platform.
const controls = "/emulator/"

// observed takes note of a request and lets next forward it.
func (r *Recorder) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if r.looped(w, req) {
			return
		}
		r.active.Add(1)
		defer r.active.Done()
		a := arrival{order: r.tally.arrive(), path: shape(req.URL.Path), client: product(req.UserAgent())}
		if req, a.grant = grantOf(req); a.grant.kind != "" {
			r.tally.login(a.grant)
		}
		next.ServeHTTP(w, req.WithContext(context.WithValue(req.Context(), arrivalKey{}, a)))
	})
}

// looped refuses a request that this recorder has sent, and would send again for ever.
func (r *Recorder) looped(w http.ResponseWriter, req *http.Request) bool {
	for _, via := range req.Header["Via"] {
		if !strings.Contains(via, r.id) {
			continue
		}
		sentence := "The upstream " + r.up.origin.String() + " leads back to this recorder (" + r.url + "), so nothing " +
			"reaches the platform: set --upstream or RC_SERVER_URL to the platform, and HTTPS_PROXY to no recorder."
		if r.tally.loop(sentence) {
			r.say(sentence)
		}
		w.Header().Set("Content-Type", "application/json;charset=utf-8")
		w.Header().Set(wire.GatewayHeader, "GatewayLoop")
		w.WriteHeader(http.StatusLoopDetected)
		_ = json.NewEncoder(w).Encode(map[string]string{"errorCode": "GatewayLoop", "message": sentence})
		return true
	}
	return false
}

var products = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9._-]{0,39}(/[A-Za-z0-9][A-Za-z0-9._+-]{0,19})?`)

// product returns the first product of a User-Agent. The rest may say more about a user than is needed.
func product(userAgent string) string { return products.FindString(userAgent) }

var words = regexp.MustCompile(`^([a-z][a-zA-Z-]{0,39}|v[0-9]+(\.[0-9]+)?)$`)

// shape returns a path of the platform without ids. The catalogue's templates have {} for all segments that it lacks,
// but those of a path that the catalogue lacks say what it is. Words of the specification begin with a small letter.
func shape(path string) string {
	segments := strings.Split(strings.Trim(path, "/"), "/")
	for i, s := range segments {
		if !words.MatchString(s) {
			segments[i] = "{}"
		}
	}
	return "/" + strings.Join(segments, "/")
}

// counter hands out numbers from 1.
type counter struct{ n atomic.Int64 }

func (c *counter) next() int { return int(c.n.Add(1)) }
