// Package environ holds every environment variable that gradtest reads: its names, what it accepts, and the check for
// misspelt ones. Variables are read when a test or a command runs, never at init.
package environ

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The names of each credential, the current one first. Many apps still set the older ones.
var (
	ServerURL    = []string{"RC_SERVER_URL", "RINGCENTRAL_SERVER_URL"}
	ClientID     = []string{"RC_APP_CLIENT_ID", "RC_CLIENT_ID", "RINGCENTRAL_CLIENT_ID"}
	ClientSecret = []string{"RC_APP_CLIENT_SECRET", "RC_CLIENT_SECRET", "RINGCENTRAL_CLIENT_SECRET"}
	JWT          = []string{"RC_USER_JWT", "RC_JWT", "RINGCENTRAL_JWT_TOKEN", "RINGCENTRAL_JWT"}
)

// gradtest's own variables. The package documentation of gradtest and docs/real-servers.md explain them to users.
const (
	Dir             = "GRADTEST_DIR"
	Redis           = "GRADTEST_REDIS"
	Target          = "GRADTEST_TARGET"
	AllowProduction = "GRADTEST_ALLOW_PRODUCTION"
	Repeat          = "GRADTEST_REPEAT"
	Record          = "GRADTEST_RECORD"
	Declare         = "GRADTEST_DECLARE"
)

// own lists gradtest's variables, in the order in which errors name them. A variable that is missing here is refused as
// misspelt.
var own = []string{Dir, Redis, Target, AllowProduction, Repeat, Record, Declare}

// CredentialNames returns the names of all variables that hold a server or a credential, the older ones too.
func CredentialNames() []string { return slices.Concat(ServerURL, ClientID, ClientSecret, JWT) }

// Values of Target.
const (
	Emulator = "emulator"
	Live     = "live"
)

// Values are the settings of one environment.
type Values struct {
	ServerURL, ClientID, ClientSecret, JWT string

	Target          string // Emulator, Live or empty
	Dir             string
	Redis           string
	AllowProduction bool
	Repeat          bool
	Record          bool
}

// Read returns the settings that getenv finds. It reports all values it cannot accept in one error.
func Read(getenv func(string) string) (Values, error) {
	first := func(names []string) string {
		for _, name := range names {
			if v := strings.TrimSpace(getenv(name)); v != "" {
				return v
			}
		}
		return ""
	}
	v := Values{
		ServerURL:    first(ServerURL),
		ClientID:     first(ClientID),
		ClientSecret: first(ClientSecret),
		JWT:          first(JWT),
		Target:       getenv(Target),
		Dir:          getenv(Dir),
		Redis:        getenv(Redis),
	}
	var faults []error
	flag := func(name string) bool {
		s := getenv(name)
		if s != "" && s != "0" && s != "1" { // treating "yes" as unset would silently ignore the user
			faults = append(faults, fmt.Errorf("gradtest: %s is %q: set it to 1, or unset it", name, s))
		}
		return s == "1"
	}
	v.AllowProduction, v.Repeat, v.Record = flag(AllowProduction), flag(Repeat), flag(Record)
	switch v.Target {
	case "", Emulator, Live:
	default:
		faults = append(faults, fmt.Errorf("gradtest: %s is %q: set it to %s or %s, or unset it", Target, v.Target, Emulator, Live))
	}
	return v, errors.Join(faults...)
}

// Misspelt returns an error for variables that start with GRADTEST_ and that gradtest does not know. Ignoring a
// GRADTEST_REDSI would let machines exceed the limits that they were meant to share.
func Misspelt(environ []string) error {
	var faults []error
	for _, v := range environ {
		name, value, _ := strings.Cut(v, "=")
		if strings.HasPrefix(name, "GRADTEST_") && value != "" && !slices.Contains(own, name) {
			faults = append(faults, fmt.Errorf("gradtest: %s is set, but there is no such variable: unset it, or write it as one of %s",
				name, strings.Join(own, ", ")))
		}
	}
	return errors.Join(faults...)
}

// Credential is one setting that a JWT grant needs.
type Credential struct{ Name, Value string }

// Credentials lists what a JWT grant needs under the current names, set or not.
func (v Values) Credentials() []Credential {
	return []Credential{
		{ServerURL[0], v.ServerURL}, {ClientID[0], v.ClientID}, {ClientSecret[0], v.ClientSecret}, {JWT[0], v.JWT},
	}
}
