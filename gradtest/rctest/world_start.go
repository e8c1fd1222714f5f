package rctest

import (
	"strings"
	"time"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// The first user.
const (
	firstName       = "Robin"
	lastName        = "Example"
	userName        = firstName + " " + lastName
	email           = "robin@example.com"
	extensionNumber = "101"
)

// colleagues are the other extensions of the account. A user in [Config.Users] with the same id or number replaces one.
var colleagues = []world.Person{
	{ID: "62264426", Number: "102", Phone: "+16505550102", FirstName: "Sam", LastName: lastName, Email: "sam@example.com"},
	{ID: "62264427", Number: "103", Phone: "+16505550103", FirstName: "Alex", LastName: lastName, Email: "alex@example.com"},
}

// worldConfig returns the configuration of package world: the users and the colleagues.
func (s *settings) worldConfig(now time.Time) world.Config {
	cfg := world.Config{
		Seed: s.seed, Now: now, Bare: s.world.Bare, AccountID: s.credentials.AccountID, Permissions: s.permissions,
		Subscriptions: s.limits[limitSubscriptions].Calls,
	}
	taken := make(map[string]bool)
	for _, u := range s.people {
		first, last, _ := strings.Cut(u.Name, " ")
		cfg.Users = append(cfg.Users, world.Person{
			ID: u.ExtensionID, Number: u.ExtensionNumber, Phone: numberOf(u),
			FirstName: first, LastName: last, Email: emailOf(u),
		})
		taken[u.ExtensionID], taken[u.ExtensionNumber] = true, true
	}
	for _, c := range colleagues {
		if !taken[c.ID] && !taken[c.Number] {
			cfg.Users = append(cfg.Users, c)
		}
	}
	return cfg
}
