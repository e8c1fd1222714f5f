package cli

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// handler creates the emulator. It reports all mistakes in the flags at once.
func (e *emulator) handler() (*rctest.Handler, error) {
	cfg := e.config
	cfg.Window = e.window
	var faults []error
	if e.window == 0 {
		faults = append(faults, errors.New("--window 0s: use 1s or more, or --limits off"))
	}
	faults = append(faults, e.limit(&cfg), e.scope(&cfg), e.grant(&cfg), e.start(&cfg), e.login(&cfg))
	var injected []rctest.Fault
	for _, spec := range e.faults {
		f, err := rctest.ParseFault(spec)
		if err != nil {
			faults = append(faults, fmt.Errorf("--fail %s: %s", spec, plainly(err)))
			continue
		}
		injected = append(injected, f)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	h, err := rctest.NewHandler(cfg)
	if err != nil {
		return nil, err
	}
	for _, f := range injected {
		if _, err := h.Fail(f); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// plainly returns an error of the emulator on one line, without its package's name.
func plainly(err error) string {
	return strings.ReplaceAll(strings.ReplaceAll(err.Error(), "rctest: ", ""), "\n", "; ")
}

// limit reads --limits.
func (e *emulator) limit(cfg *rctest.Config) error {
	switch e.limits {
	case "on":
		return nil
	case "off":
		cfg.Limits = rctest.Unlimited()
		return nil
	}
	cfg.Limits, cfg.Windows = make(map[rcapi.Group]int), make(map[rcapi.Group]time.Duration)
	for part := range strings.SplitSeq(e.limits, ",") {
		name, value, found := strings.Cut(strings.TrimSpace(part), "=")
		calls, window, windowed := strings.Cut(value, "/")
		n, err := strconv.Atoi(calls)
		if !found || err != nil {
			return fmt.Errorf("--limits %q: use on, off, or a list such as heavy=3,light=100/10s", e.limits)
		}
		cfg.Limits[rcapi.Group(name)] = n
		if windowed {
			d, err := time.ParseDuration(window)
			if err != nil || d <= 0 {
				return fmt.Errorf("--limits %s: %q is not a duration: use one such as 10s", part, window)
			}
			cfg.Windows[rcapi.Group(name)] = d
		}
	}
	return nil
}

// scope reads --scopes.
func (e *emulator) scope(cfg *rctest.Config) error {
	var faults []error
	for _, s := range e.scopes {
		scope := rcapi.Scope(strings.TrimSpace(s))
		if !scope.Known() {
			act := "see gradtest ops for those of all operations"
			if near := like(string(scope)); len(near) > 0 {
				act = "did you mean " + strings.Join(near, " or ") + "?"
			}
			faults = append(faults, fmt.Errorf("--scopes: no app scope is named %q: %s", scope, act))
			continue
		}
		cfg.Scopes = append(cfg.Scopes, scope)
	}
	return errors.Join(faults...)
}

// grantTypes are what --grants takes.
var grantTypes = map[string]string{
	"jwt": rctest.GrantJWT, "code": rctest.GrantCode, "refresh": rctest.GrantRefresh, "password": rctest.GrantPassword,
}

// grant reads --grants.
func (e *emulator) grant(cfg *rctest.Config) error {
	for _, name := range e.grants {
		grant, ok := grantTypes[strings.TrimSpace(name)]
		if !ok {
			return fmt.Errorf("--grants: there is no %q: use jwt, code, refresh or password", name)
		}
		cfg.Grants = append(cfg.Grants, grant)
	}
	return nil
}

// start reads --world and --user.
func (e *emulator) start(cfg *rctest.Config) error {
	for _, name := range e.users {
		cfg.Users = append(cfg.Users, rctest.User{Name: name})
	}
	if e.world == "" {
		return nil
	}
	file, err := os.Open(e.world)
	if err != nil {
		return fmt.Errorf("--world: %w: name a file like the one that gradtest emulator --help shows", err)
	}
	defer file.Close()
	if cfg.World, err = rctest.ReadWorld(file); err != nil {
		return fmt.Errorf("--world %s: %s", e.world, plainly(err))
	}
	return nil
}
