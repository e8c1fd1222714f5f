package gradtest

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"
)

// environ is what the environment says, read inside the test or program and never before.
type environ struct {
	url, id, secret, jwt string
	target               string // emulator, live or empty
	dir                  string
	redis                string
	allowProduction      bool
	repeat               bool
}

// The names of each setting, the current one first; the older ones are still found in many apps.
var (
	namesURL    = []string{"RC_SERVER_URL", "RINGCENTRAL_SERVER_URL"}
	namesID     = []string{"RC_APP_CLIENT_ID", "RC_CLIENT_ID", "RINGCENTRAL_CLIENT_ID"}
	namesSecret = []string{"RC_APP_CLIENT_SECRET", "RC_CLIENT_SECRET", "RINGCENTRAL_CLIENT_SECRET"}
	namesJWT    = []string{"RC_USER_JWT", "RC_JWT", "RINGCENTRAL_JWT_TOKEN", "RINGCENTRAL_JWT"}
)

const (
	targetEmulator = "emulator"
	targetLive     = "live"
)

func readEnviron(getenv func(string) string) (environ, error) {
	first := func(names []string) string {
		for _, name := range names {
			if v := strings.TrimSpace(getenv(name)); v != "" {
				return v
			}
		}
		return ""
	}
	e := environ{
		url:    first(namesURL),
		id:     first(namesID),
		secret: first(namesSecret),
		jwt:    first(namesJWT),
		target: getenv("GRADTEST_TARGET"),
		dir:    getenv("GRADTEST_DIR"),
		redis:  getenv("GRADTEST_REDIS"),
	}
	var faults []error
	flag := func(name string) bool {
		v := getenv(name)
		if v != "" && v != "0" && v != "1" { // such as "yes": taken for no, it would be a wish that nobody hears
			faults = append(faults, fmt.Errorf("gradtest: %s is %q: set it to 1, or unset it", name, v))
		}
		return v == "1"
	}
	e.allowProduction, e.repeat = flag("GRADTEST_ALLOW_PRODUCTION"), flag("GRADTEST_REPEAT")
	switch e.target {
	case "", targetEmulator, targetLive:
	default:
		faults = append(faults, fmt.Errorf("gradtest: GRADTEST_TARGET is %q: set it to %s or %s, or unset it", e.target, targetEmulator, targetLive))
	}
	return e, errors.Join(faults...)
}

// misspelt names the variables of an environment that look like gradtest's own and are not. Passed over in silence, a
// GRADTEST_REDSI would have machines share nothing, and the platform would refuse them.
func misspelt(environ []string) error {
	known := []string{"GRADTEST_DIR", "GRADTEST_REDIS", "GRADTEST_TARGET", "GRADTEST_ALLOW_PRODUCTION", "GRADTEST_REPEAT"}
	var faults []error
	for _, v := range environ {
		name, value, _ := strings.Cut(v, "=")
		if strings.HasPrefix(name, "GRADTEST_") && value != "" && !slices.Contains(known, name) {
			faults = append(faults, fmt.Errorf("gradtest: %s is set, but there is no such variable: unset it, or write it as one of %s", name, strings.Join(known, ", ")))
		}
	}
	return errors.Join(faults...)
}

// credentials are what a JWT grant needs, one row a setting.
func (e environ) credentials() []struct{ name, value string } {
	return []struct{ name, value string }{
		{namesURL[0], e.url}, {namesID[0], e.id}, {namesSecret[0], e.secret}, {namesJWT[0], e.jwt},
	}
}

// destination is where the traffic goes once Target and environment are put together.
type destination struct {
	emulator bool
	origin   *url.URL
	clientID string
}

// resolve decides where the traffic of t goes. It is a pure function of its arguments.
func resolve(t Target, e environ, appName string) (destination, error) {
	var set, unset []string
	for _, c := range e.credentials() {
		if c.value != "" {
			set = append(set, c.name)
		} else {
			unset = append(unset, c.name)
		}
	}
	explicit := t.URL != "" || t.Token != nil
	switch {
	case e.target == targetEmulator && explicit:
		return destination{}, errors.New("gradtest: GRADTEST_TARGET=emulator contradicts App.Target: unset one of them")
	case e.target == targetEmulator, e.target == "" && !explicit && len(set) == 0:
		return destination{emulator: true}, nil
	}
	raw := t.URL
	if raw == "" {
		raw = e.url
	}
	missing := unset
	if t.URL != "" {
		missing = without(missing, namesURL[0])
	}
	if t.Token != nil { // only the server's URL is needed besides
		missing = nil
		if raw == "" {
			missing = []string{namesURL[0]}
		}
	}
	if len(missing) > 0 {
		return destination{}, incomplete(e, set, missing)
	}
	origin, err := parseOrigin(raw)
	if err != nil {
		return destination{}, err
	}
	if production(origin.Hostname()) && !t.AllowProduction && !e.allowProduction {
		return destination{}, fmt.Errorf("gradtest: %s is a production host, where messages, faxes and calls are real and cost money: "+
			"point RC_SERVER_URL at another server, or allow it by App.Target.AllowProduction or GRADTEST_ALLOW_PRODUCTION=1", origin.Host)
	}
	d := destination{origin: origin, clientID: t.ClientID}
	if d.clientID == "" {
		d.clientID = e.id
	}
	if d.clientID == "" {
		d.clientID = appName
	}
	return d, nil
}

func incomplete(e environ, set, missing []string) error {
	names := strings.Join(missing, ", ")
	if e.target == targetLive {
		return fmt.Errorf("gradtest: GRADTEST_TARGET=live needs credentials: set %s (they are on the app's Credentials page of the developer console)", names)
	}
	found := "App.Target asks for a server"
	if len(set) > 0 {
		found = strings.Join(set, ", ") + " set"
	}
	return fmt.Errorf("gradtest: %s, but not %s: set the rest as well, or set GRADTEST_TARGET=emulator to use the embedded emulator", found, names)
}

func parseOrigin(raw string) (*url.URL, error) {
	const act = "write it like https://platform.devtest.ringcentral.com"
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, fmt.Errorf("gradtest: the server's URL cannot be read: %s", act) // err would repeat what may hold a password
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return nil, fmt.Errorf("gradtest: the server's URL needs http:// or https:// and a host: %s", act)
	case u.User != nil:
		return nil, fmt.Errorf("gradtest: the server's URL holds a user name: %s", act)
	case u.Scheme == "http" && !local(u.Hostname()):
		return nil, fmt.Errorf("gradtest: %s would get the client secret unencrypted: use https:// (http:// is for local hosts)", u.Host)
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("gradtest: the server's URL ends in a path or query: leave only scheme and host, %s", act)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

// production tells the hosts on which acts are real: every host of the platform but the sandbox's.
func production(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return strings.HasSuffix("."+host, ".ringcentral.com") && !strings.Contains(host, ".devtest.")
}

// local tells hosts that are not reached over the open network: loopback, private addresses, and names without a dot
// such as those of containers side by side. Names under .invalid lead nowhere (RFC 2606); in-memory servers use them.
func local(host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		return ip.IsLoopback() || ip.IsPrivate()
	}
	return !strings.Contains(host, ".") || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".invalid")
}

func without(list []string, name string) []string {
	var out []string
	for _, s := range list {
		if s != name {
			out = append(out, s)
		}
	}
	return out
}
