package suitegen

import (
	"slices"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// scopesOf returns the scopes that the endpoints need, in alphabetical order, without those that others include.
func scopesOf(endpoints []*endpoint) (scopes []rcapi.Scope) {
	add := func(s rcapi.Scope) {
		if s = s.Canonical(); s != "" && !slices.Contains(scopes, s) {
			scopes = append(scopes, s)
		}
	}
	for _, e := range endpoints {
		add(e.Op.Scope)
		if e.body != nil && e.Op.BodyDecides() {
			for _, s := range e.Op.Exercised([]byte(e.body.json)) {
				add(s)
			}
		}
	}
	all := slices.Clone(scopes)
	scopes = slices.DeleteFunc(scopes, func(s rcapi.Scope) bool {
		return slices.ContainsFunc(all, func(o rcapi.Scope) bool { return o != s && slices.Contains(o.Includes(), s) })
	})
	slices.Sort(scopes)
	return scopes
}
