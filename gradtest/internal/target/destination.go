package target

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/internal/environ"
)

// destination is the server that receives the traffic.
type destination struct {
	emulator bool
	origin   *url.URL
	clientID string
}

// resolve decides from the declaration and the environment where the traffic goes. It is pure.
func resolve(cfg Config, env environ.Values) (destination, error) {
	var set, unset []string
	for _, c := range env.Credentials() {
		if c.Value != "" {
			set = append(set, c.Name)
		} else {
			unset = append(unset, c.Name)
		}
	}
	explicit := cfg.URL != "" || cfg.Token != nil
	switch {
	case env.Target == environ.Emulator && explicit:
		return destination{}, errors.New("gradtest: GRADTEST_TARGET=emulator contradicts App.Target: unset one of them")
	case env.Target == environ.Emulator, env.Target == "" && !explicit && len(set) == 0:
		return destination{emulator: true}, nil
	}
	raw := cfg.URL
	if raw == "" {
		raw = env.ServerURL
	}
	serverURL := environ.ServerURL[0]
	missing := unset
	if cfg.URL != "" {
		missing = slices.DeleteFunc(missing, func(name string) bool { return name == serverURL })
	}
	if cfg.Token != nil { // then only the server's URL is needed
		missing = nil
		if raw == "" {
			missing = []string{serverURL}
		}
	}
	if len(missing) > 0 {
		return destination{}, incomplete(env, set, missing)
	}
	origin, err := Origin(raw, cfg.AllowProduction || env.AllowProduction)
	if err != nil {
		return destination{}, err
	}
	d := destination{origin: origin, clientID: cfg.ClientID}
	if d.clientID == "" {
		d.clientID = env.ClientID
	}
	if d.clientID == "" {
		d.clientID = cfg.Name
	}
	return d, nil
}

func incomplete(env environ.Values, set, missing []string) error {
	names := strings.Join(missing, ", ")
	if env.Target == environ.Live {
		return fmt.Errorf("gradtest: GRADTEST_TARGET=live needs credentials: set %s "+
			"(they are on the app's Credentials page of the developer console)", names)
	}
	found := "App.Target asks for a server"
	if len(set) > 0 {
		found = strings.Join(set, ", ") + " set"
	}
	return fmt.Errorf("gradtest: %s, but not %s: set the rest as well, or set GRADTEST_TARGET=emulator to use the embedded emulator",
		found, names)
}

// Origin returns scheme and host of a server's base URL. A host on which messages and calls are real is refused unless
// it is allowed.
func Origin(raw string, allowProduction bool) (*url.URL, error) {
	origin, err := parseOrigin(raw)
	if err != nil {
		return nil, err
	}
	if production(origin.Hostname()) && !allowProduction {
		return nil, fmt.Errorf("gradtest: %s is a production host, where messages, faxes and calls are real and cost money: "+
			"point RC_SERVER_URL at another server, or allow it by App.Target.AllowProduction or GRADTEST_ALLOW_PRODUCTION=1", origin.Host)
	}
	return origin, nil
}

func parseOrigin(raw string) (*url.URL, error) {
	const fix = "write it like https://platform.devtest.ringcentral.com"
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return nil, fmt.Errorf("gradtest: the server's URL cannot be read: %s", fix) // err would repeat a password in it
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		return nil, fmt.Errorf("gradtest: the server's URL needs http:// or https:// and a host: %s", fix)
	case u.User != nil:
		return nil, fmt.Errorf("gradtest: the server's URL holds a user name: %s", fix)
	case u.Scheme == "http" && !Local(u.Hostname()):
		return nil, fmt.Errorf("gradtest: %s would get the client secret unencrypted: use https:// (http:// is for local hosts)", u.Host)
	case strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("gradtest: the server's URL ends in a path or query: leave only scheme and host, %s", fix)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

// production reports whether host is one on which messages and calls are real: every host of the platform but the
// sandbox's.
func production(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	return strings.HasSuffix("."+host, ".ringcentral.com") && !strings.Contains(host, ".devtest.")
}

// Local reports whether host is reached without crossing the open network: loopback, private addresses, and names
// without a dot, such as those of containers side by side. Names under .invalid lead nowhere (RFC 2606); in-memory
// servers use them.
func Local(host string) bool {
	if ip := net.ParseIP(host); ip != nil {
		return ip.IsLoopback() || ip.IsPrivate()
	}
	return !strings.Contains(host, ".") || strings.HasSuffix(host, ".localhost") || strings.HasSuffix(host, ".invalid")
}
