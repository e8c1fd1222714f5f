package recorder

import (
	"context"
	"regexp"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/internal/evidence"
	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// declaredIn returns the endpoints that apps in a store declare, by method and path template; nil: nothing is declared,
// or the store does not say. Evidence that cannot be read is no reason not to record.
func declaredIn(s ledger.Store, now time.Time) map[string]bool {
	surveyor, ok := s.(ledger.Surveyor)
	if !ok {
		return nil
	}
	found, err := surveyor.Survey(context.Background(), now.Add(-evidence.Reach))
	if err != nil {
		return nil
	}
	latest := make(map[string]*ledger.Declaration)
	for _, r := range found.Declared {
		latest[r.Declared.App] = r.Declared
	}
	var declared map[string]bool
	for _, d := range latest {
		for _, e := range d.Endpoints {
			if declared == nil {
				declared = make(map[string]bool)
			}
			declared[endpoint(e.Method, e.Path)] = true
		}
	}
	return declared
}

var parameters = regexp.MustCompile(`\{[^{}]*\}`)

// endpoint is a method and path template without the names of its parameters.
func endpoint(method, path string) string {
	return method + " " + parameters.ReplaceAllString(path, "{}")
}
