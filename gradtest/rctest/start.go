package rctest

import (
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// The user's name and number within the account.
const (
	firstName       = "Robin"
	lastName        = "Example"
	userName        = firstName + " " + lastName
	email           = "robin@example.com"
	extensionNumber = "101"
)

// start is the world as it begins.
func (s *settings) start(now time.Time) world.Config {
	return world.Config{
		Seed: s.seed, Now: now, Bare: s.world.Bare, AccountID: s.credentials.AccountID, Subscriptions: s.limits[atSubscriptions].Calls,
		Users: []world.Person{
			{ID: s.credentials.ExtensionID, Number: extensionNumber, Phone: ownNumber, FirstName: firstName, LastName: lastName, Email: email},
			{ID: "62264426", Number: "102", Phone: "+16505550102", FirstName: "Sam", LastName: "Example", Email: "sam@example.com"},
			{ID: "62264427", Number: "103", Phone: "+16505550103", FirstName: "Alex", LastName: "Example", Email: "alex@example.com"},
		},
	}
}
