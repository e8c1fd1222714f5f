package gradtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// ScopeError says that the scopes which the token grants are not those which the app declares. The platform takes the
// granted ones from the app's registration, so either the registration or App.Scopes is out of date.
type ScopeError struct {
	NotGranted  []rcapi.Scope // declared, but the token lacks them: their calls will be refused
	NotDeclared []rcapi.Scope // granted, but not declared: nothing shows that the app uses them
}

func (e *ScopeError) Error() string {
	var parts []string
	if len(e.NotGranted) > 0 {
		parts = append(parts, fmt.Sprintf("App.Scopes declares %s, which the token does not grant: add it to the app in the developer console, or remove it "+
			"from App.Scopes", join(e.NotGranted)))
	}
	if len(e.NotDeclared) > 0 {
		parts = append(parts, fmt.Sprintf("the token grants %s, which App.Scopes does not declare: remove it from the app in the developer console, or "+
			"declare it and register an endpoint that exercises it", join(e.NotDeclared)))
	}
	return "gradtest: the token's scopes differ from the declared ones: " + strings.Join(parts, "; and ")
}

// compareScopes is nil when both sides hold the same scopes, under whatever names, or the token's are not known.
func compareScopes(declared, granted []rcapi.Scope) error {
	if granted == nil {
		return nil
	}
	lacking := func(in, from []rcapi.Scope) (out []rcapi.Scope) {
		for _, s := range in {
			if !declares(from, s) {
				out = append(out, s)
			}
		}
		return out
	}
	e := &ScopeError{NotGranted: lacking(declared, granted), NotDeclared: lacking(granted, declared)}
	if len(e.NotGranted)+len(e.NotDeclared) == 0 {
		return nil
	}
	return e
}

func join(scopes []rcapi.Scope) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = string(s)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
