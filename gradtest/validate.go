package gradtest

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// validate reports all mistakes of a declaration at once, before any traffic.
func (a App) validate() error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("gradtest: "+format, args...))
	}
	if len(a.Endpoints) == 0 {
		fault("App.Endpoints is empty: register at least one endpoint, such as {Op: rcapi.ReadExtension}")
	}
	if len(a.Endpoints) > 0 && len(a.called()) == 0 {
		fault("every endpoint is exempt, so there is nothing to judge: register one that can be called, " +
			"such as {Op: rcapi.ReadExtension}")
	}
	if a.Pace < 0 {
		fault("App.Pace is %v: set calls per second, or 0 for none", float64(a.Pace))
	}
	names, held := make(map[string]bool), withIncluded(a.Scopes)
	for i, e := range a.Endpoints {
		if e.Op.Method == "" || e.Op.Path == "" {
			fault("App.Endpoints[%d] has no known operation%s", i, suggestion(e.Op.ID))
			continue
		}
		name := e.name()
		if names[name] {
			fault("two endpoints are named %s: give each its own Endpoint.Name", name)
		}
		names[name] = true
		for _, err := range e.faults() {
			fault("endpoint %s: %w", name, err)
		}
		if !e.Unchecked && e.Exempt == "" && e.Do == nil && e.Prepare == nil {
			for _, s := range scopesOfBody(e.Op, e.Body, held) {
				fault("endpoint %s: %w", name, scopeOfBodyMissing(s))
			}
		}
		if s := e.Op.Scope; s != "" && !declares(held, s) {
			fault("endpoint %s needs scope %s, which App.Scopes does not declare: add rcapi.Scope%s there and in the "+
				"developer console, or remove the endpoint", name, s, s)
		}
	}
	faults = append(faults, a.scopeFaults()...)
	return errors.Join(faults...)
}

// faults returns the mistakes of one endpoint.
func (e Endpoint) faults() (faults []error) {
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }
	if e.Calls < 0 {
		fault("field Calls is %d: set the number of successes needed, or 0 for the policy's", e.Calls)
	}
	if e.Name != "" && strings.TrimSpace(e.Name) == "" {
		fault("field Name is blank: leave it empty for the operation's id")
	}
	if e.Exempt != "" && strings.TrimSpace(e.Exempt) == "" {
		fault("field Exempt is blank: write why the endpoint cannot be called, or leave it empty")
	}
	if e.Exempt != "" { // it is never sent
		return faults
	}
	if _, once := e.Body.(io.Reader); once {
		fault("field Body is an io.Reader, which can be read only once but is sent several times: pass its bytes")
	} else if _, _, err := encode(e.Body); err != nil {
		fault("field Body: %s", strings.TrimPrefix(err.Error(), "gradtest: "))
	}
	if near, ok := misspelt(e.Op); ok && !e.Unchecked {
		fault("the path of %s is not in the catalogue; near it is rcapi.%s (%s): use that, or set Endpoint.Unchecked "+
			"if the server has both", e.Op, near.GoName(), near)
	}
	if e.Do != nil || e.Prepare != nil { // they supply what is missing at run time
		return faults
	}
	if _, err := e.Op.Expand(e.Params); err != nil {
		faults = append(faults, err)
	}
	return append(faults, e.requestFaults()...)
}

// scopeFaults finds the declared scopes that no endpoint exercises.
func (a App) scopeFaults() (faults []error) {
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("gradtest: "+format, args...))
	}
	seen := make(map[rcapi.Scope]bool)
	for _, s := range a.Scopes {
		c := s.Canonical()
		switch {
		case seen[c]:
			fault("App.Scopes lists %s twice (once perhaps under another name): remove one", c)
		case !c.Known():
			fault("scope %q is not one of the platform's: %s", s, scopeSuggestion(s))
		case !c.Exercisable():
			fault("scope %s is declared, but no operation of the platform exercises it: "+
				"remove it in the developer console and from App.Scopes", s)
		case !a.exercises(c):
			cheapest := ""
			if op, ok := rcapi.Cheapest(c); ok {
				cheapest = " such as rcapi." + op.GoName()
			}
			fault("scope %s is declared but no endpoint needs it: remove it in the developer console and from "+
				"App.Scopes, or register an endpoint%s", s, cheapest)
		}
		seen[c] = true
	}
	return faults
}

// exercises reports whether a success of some endpoint could exercise s.
func (a App) exercises(s rcapi.Scope) bool {
	return slices.ContainsFunc(a.Endpoints, func(e Endpoint) bool {
		then, _ := e.Op.At(a.Policy.OrDefault().Edition)
		return e.Op.Exercises(s) || then.Exercises(s)
	})
}

// scopeSuggestion says what to write instead of an unknown scope.
func scopeSuggestion(s rcapi.Scope) string {
	near := rcapi.NearestScopes(string(s), 3)
	if len(near) == 0 {
		return "write it as the developer console does, or use package rcapi's Scope constants"
	}
	names := make([]string, len(near))
	for i, n := range near {
		names[i] = "rcapi.Scope" + string(n)
	}
	return "near it are " + strings.Join(names, ", ")
}

// misspelt returns the operation of the catalogue that one made with rcapi.Parse probably means: the same method and
// path but for a few letters of one name.
func misspelt(op rcapi.Operation) (rcapi.Operation, bool) {
	for _, near := range rcapi.NearestPaths(op.Method, op.Path, 1) {
		return near, near.Method == op.Method && near.Path != op.Path
	}
	return rcapi.Operation{}, false
}

func suggestion(id string) string {
	near := rcapi.Nearest(id, 3)
	if id == "" || len(near) == 0 {
		return ": set Endpoint.Op to one of package rcapi's operations, or to one made with rcapi.Parse"
	}
	for i, n := range near {
		near[i] = "rcapi." + rcapi.Operation{ID: n}.GoName()
	}
	return fmt.Sprintf(": %q is not in the catalogue; near it are %s", id, strings.Join(near, ", "))
}
