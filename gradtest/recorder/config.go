package recorder

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
	"github.com/graduationkit/ringcentral/gradtest/internal/target"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
	"github.com/graduationkit/ringcentral/gradtest/window"
)

// Config says what to record, and where. The zero value records calls of the server in RC_SERVER_URL, or of an emulator
// if no account is configured, without delaying them.
type Config struct {
	Upstream string // base URL of the platform; empty: RC_SERVER_URL, or else an emulator
	Emulator bool   // an emulator, even if an account is configured
	ClientID string // of the app, names its evidence; empty: RC_APP_CLIENT_ID. Not needed with an emulator.

	Pace   bool          // calls wait for their slot in the rate limits
	Window time.Duration // of the emulator's rate limits, in whole seconds; zero: a minute, as the platform's
	Proxy  bool          // also be a proxy for programs whose address of the platform is fixed

	// Dir is the directory of the evidence. Empty: GRADTEST_DIR, or .gradtest in the module; of an emulator: memory.
	Dir string

	AllowProduction bool              // or GRADTEST_ALLOW_PRODUCTION=1
	Base            http.RoundTripper // sends to the upstream; nil: one of the recorder's own. Not used with an emulator.

	// Open opens the evidence of the app, such as in Redis. name is that of its ledger. Nil: a directory, see Dir. Not
	// used with an emulator.
	Open func(name string) (ledger.Store, error)

	Waiting func(window.Outlook) // called when a call waits 2 s or more for its slot; must not block; nil: not called
	Notice  func(string)         // called with what the user should see at once, a sentence; must not block; nil: no

	Getenv func(string) string // nil: os.Getenv
}

// destination is where the traffic goes.
type destination struct {
	origin   *url.URL // nil: an emulator
	clientID string
	dir      string // empty: the default, or memory for an emulator
}

// resolve decides from the config and the environment where the traffic goes.
func (c Config) resolve() (destination, error) {
	getenv := c.Getenv
	if getenv == nil {
		getenv = os.Getenv
	}
	env, err := environ.Read(getenv)
	if err != nil {
		return destination{}, plain(err)
	}
	if c.Emulator && c.Upstream != "" {
		return destination{}, fmt.Errorf(
			"recorder: both an emulator and the server %s are asked for: leave one out", c.Upstream)
	}
	raw := c.Upstream
	if raw == "" && env.Target != environ.Emulator {
		raw = env.ServerURL
	}
	var set []string
	for _, v := range env.Credentials() {
		if v.Value != "" {
			set = append(set, v.Name)
		}
	}
	switch {
	case c.Upstream != "" && env.Target == environ.Emulator:
		return destination{}, fmt.Errorf(
			"recorder: GRADTEST_TARGET=emulator contradicts the server %s: leave one out", c.Upstream)
	case c.Emulator, env.Target == environ.Emulator && raw == "":
		return destination{dir: c.Dir}, nil
	case raw == "" && env.Target == environ.Live:
		return destination{}, errors.New("recorder: GRADTEST_TARGET=live needs a server: set RC_SERVER_URL")
	case raw == "" && len(set) > 0:
		return destination{}, fmt.Errorf("recorder: %s set, but not RC_SERVER_URL: set it as well, or record on an emulator "+
			"(GRADTEST_TARGET=emulator)", strings.Join(set, ", "))
	case raw == "":
		return destination{dir: c.Dir}, nil
	}
	if c.Window != 0 {
		return destination{}, errors.New("recorder: the window of the rate limits can be set for an emulator only")
	}
	d := destination{clientID: c.ClientID, dir: c.Dir}
	if d.origin, err = target.Origin(raw, c.AllowProduction || env.AllowProduction); err != nil {
		return destination{}, plain(err)
	}
	if d.clientID == "" {
		d.clientID = env.ClientID
	}
	if d.clientID == "" {
		return destination{}, errors.New("recorder: the evidence is kept by client id, and there is none: " +
			"set RC_APP_CLIENT_ID to that of the app")
	}
	if d.dir == "" {
		d.dir = env.Dir
	}
	return d, nil
}

// plain returns an error of another package as one of this.
func plain(err error) error {
	return errors.New("recorder: " + strings.ReplaceAll(err.Error(), "gradtest: ", ""))
}
