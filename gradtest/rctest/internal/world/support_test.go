package world

import "time"

// The account of the tests of this package, and the time at which its worlds begin.
const (
	testAccount = "37439510"
	testUser    = "62264425"
)

var testNow = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// newTestWorld has one user and the domains given.
func newTestWorld(domains ...Domain) *World {
	return New(NewPlans(domains...), Config{Now: testNow, AccountID: testAccount,
		Users: []Person{{ID: testUser, Number: "101"}}})
}
