package generics

import (
	"iter"
	"maps"
	"slices"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func mapped[A, B any](list []A, f func(A) B) []B {
	out := make([]B, 0, len(list))
	for _, a := range list {
		out = append(out, f(a))
	}
	return out
}

func seq(ops ...rcapi.Operation) iter.Seq[gradtest.Endpoint] {
	return func(yield func(gradtest.Endpoint) bool) {
		for _, op := range ops {
			if !yield(gradtest.Endpoint{Op: op}) {
				return
			}
		}
	}
}

func TestGraduation(t *testing.T) {
	ops := []rcapi.Operation{
		rcapi.ReadExtension,
		rcapi.CreateSMSMessage, // want "uncalled createSMSMessage"
	}
	first := mapped(ops, func(op rcapi.Operation) gradtest.Endpoint { return gradtest.Endpoint{Op: op} })
	second := slices.Clone([]gradtest.Endpoint{{Op: rcapi.ReadUserCallLog}})
	third := slices.Collect(maps.Values(map[int]gradtest.Endpoint{
		1: {Op: rcapi.ListMessages},
		2: {Op: rcapi.ListContacts}, // want "uncalled listContacts"
	}))
	var fourth []gradtest.Endpoint
	for e := range seq(rcapi.ListSites) {
		fourth = append(fourth, e)
	}
	gradtest.Run(t, gradtest.App{
		Scopes:    rcapi.Scopes(),
		Endpoints: slices.Concat(first, second, third, fourth),
	})
}
