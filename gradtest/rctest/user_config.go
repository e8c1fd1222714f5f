package rctest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// people returns all users with every field filled in: first the one that the config's own fields describe, then those
// of Users.
func (cfg Config) people(invalid func(string, ...any)) (own Credentials, all []User) {
	first := User{ExtensionID: extensionID, ExtensionNumber: extensionNumber, Name: userName}
	for _, u := range cfg.Users {
		if u.ExtensionID != extensionID {
			continue
		}
		for _, field := range []struct {
			name      string
			mine, his *string
		}{{"JWT", &cfg.JWT, &u.JWT}, {"Username", &cfg.Username, &u.Username}, {"Password", &cfg.Password, &u.Password}} {
			if *field.mine != "" && *field.his != "" && *field.mine != *field.his {
				invalid("%s differs between Config and the User with extension id %s: set only one of them",
					field.name, extensionID)
			}
			*field.mine = cmp.Or(*field.mine, *field.his)
		}
		first = u
		first.Name, first.ExtensionNumber = cmp.Or(u.Name, userName), cmp.Or(u.ExtensionNumber, extensionNumber)
	}
	own = cfg.complete()
	first.JWT, first.Username, first.Password = own.JWT, own.Username, own.Password
	all = append(all, first)
	for _, u := range cfg.Users {
		if u.ExtensionID != extensionID {
			all = append(all, u)
		}
	}
	completeUsers(all)
	checkUsers(all, invalid)
	return own, all
}

// permissions returns the permissions of an extension; nil means all, which extensions that cannot log in have.
func (s *settings) permissions(extensionID string) []string {
	for _, u := range s.people {
		if u.ExtensionID == extensionID {
			return u.Permissions
		}
	}
	return nil
}

// completeUsers generates the fields that users leave empty.
func completeUsers(all []User) {
	ids, numbers := map[string]bool{}, map[string]bool{}
	for _, u := range all {
		ids[u.ExtensionID], numbers[u.ExtensionNumber] = true, true
	}
	free := func(taken map[string]bool, from int) string {
		for ; taken[strconv.Itoa(from)]; from++ {
		}
		taken[strconv.Itoa(from)] = true
		return strconv.Itoa(from)
	}
	firstID, _ := strconv.Atoi(extensionID)
	firstNumber, _ := strconv.Atoi(extensionNumber)
	for i := range all {
		u := &all[i]
		if u.ExtensionID == "" {
			u.ExtensionID = free(ids, firstID)
		}
		if u.ExtensionNumber == "" {
			u.ExtensionNumber = free(numbers, firstNumber)
		}
		u.Name = cmp.Or(u.Name, nameOf(u.ExtensionID), "User "+u.ExtensionNumber)
		u.JWT = cmp.Or(u.JWT, newJWT(u.ExtensionID))
		u.Username = cmp.Or(u.Username, numberOf(*u))
		u.Password = cmp.Or(u.Password, randomText(12))
	}
}

// checkUsers reports invalid fields and users that cannot be distinguished.
func checkUsers(all []User, invalid func(string, ...any)) {
	ids, jwts, logins := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, u := range all {
		login := u.Username + "*" + u.ExtensionNumber
		switch {
		case !allDigits(u.ExtensionID):
			invalid("Users has the extension id %q: use digits, or leave it empty", u.ExtensionID)
		case ids[u.ExtensionID]:
			invalid("Users has extension id %s twice: change one, or leave it empty to generate one", u.ExtensionID)
		case jwts[u.JWT]:
			invalid("the JWT of the user with extension id %s is also another user's: "+
				"change one, or leave it empty to generate one", u.ExtensionID)
		case logins[login]:
			invalid("the user with extension id %s has the same Username and ExtensionNumber as another user: change one",
				u.ExtensionID)
		}
		ids[u.ExtensionID], jwts[u.JWT], logins[login] = true, true, true
		if loginErrors[u.Refused] == nil && u.Refused != "" {
			invalid("Users has Refused %q: use one of %v", u.Refused, slices.Sorted(maps.Keys(loginErrors)))
		}
	}
}

// numberOf returns a user's direct number: the account's range with the last digits of the extension number.
func numberOf(u User) string {
	if u.ExtensionID == extensionID {
		return ownNumber
	}
	n, _ := strconv.Atoi(u.ExtensionNumber)
	return fmt.Sprintf("+1650555%04d", n%10_000)
}

func emailOf(u User) string {
	switch first, _, _ := strings.Cut(u.Name, " "); {
	case strings.Contains(u.Username, "@"):
		return u.Username
	case u.Name == userName || u.Name == nameOf(u.ExtensionID):
		return strings.ToLower(first) + "@example.com"
	}
	return "ext" + u.ExtensionNumber + "@example.com"
}

// nameOf returns the name of the colleague with an extension id, or an empty string if there is none.
func nameOf(extensionID string) string {
	for _, c := range colleagues {
		if c.ID == extensionID {
			return c.FirstName + " " + c.LastName
		}
	}
	return ""
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
