package gradtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// scopeError reports that the token grants other scopes than the app declares. The platform takes the granted ones from
// the app's registration, so either the registration or App.Scopes is out of date. The evidence is not affected: it is
// judged by the declaration. The verdict's notes mention the difference.
type scopeError struct {
	NotGranted  []rcapi.Scope // declared, but the token lacks them: their calls will be refused
	NotDeclared []rcapi.Scope // granted, but not declared: no endpoint exercises them
}

func (e *scopeError) Error() string {
	var parts []string
	if len(e.NotGranted) > 0 {
		parts = append(parts, fmt.Sprintf("App.Scopes declares %s, which the token does not grant: add what is used to the app in the developer console, "+
			"and remove the rest from App.Scopes", join(e.NotGranted)))
	}
	if len(e.NotDeclared) > 0 {
		parts = append(parts, fmt.Sprintf("the token grants %s, which App.Scopes does not declare: the platform asks for a call under each, so remove what "+
			"is not used from the app in the developer console (gradtest emulator --scopes), and declare the rest with an endpoint that exercises it",
			join(e.NotDeclared)))
	}
	return "The token's scopes differ from the declared ones: " + strings.Join(parts, "; and ")
}

// compareScopes returns nil when both sides hold the same scopes, under any of their names, or when the token's scopes
// are not known. A granted scope that a declared one includes is no difference, nor is one that the platform no longer
// has.
func compareScopes(declared, granted []rcapi.Scope) error {
	if granted == nil {
		return nil
	}
	included := withIncluded(declared)
	e := &scopeError{}
	for _, d := range declared {
		if !declares(granted, d) {
			e.NotGranted = append(e.NotGranted, d)
		}
	}
	for _, g := range granted {
		if g.Known() && !declares(included, g) {
			e.NotDeclared = append(e.NotDeclared, g)
		}
	}
	if len(e.NotGranted)+len(e.NotDeclared) == 0 {
		return nil
	}
	return e
}

// withIncluded returns scopes and all scopes that they include.
func withIncluded(scopes []rcapi.Scope) []rcapi.Scope {
	all := slices.Clone(scopes)
	for _, s := range scopes {
		all = append(all, s.Includes()...)
	}
	return all
}

// join lists a few scopes by name and counts the rest.
func join(scopes []rcapi.Scope) string {
	names := make([]string, len(scopes))
	for i, s := range scopes {
		names[i] = string(s)
	}
	slices.Sort(names)
	const most = 8
	if more := len(names) - most; more > 1 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// declares reports whether scopes hold s, under any of its names.
func declares(scopes []rcapi.Scope, s rcapi.Scope) bool {
	return slices.ContainsFunc(scopes, func(d rcapi.Scope) bool { return d.Canonical() == s.Canonical() })
}
