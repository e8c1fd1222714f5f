package rctest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// people makes the users complete: the one that the config's own fields are about, and those of Users.
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
				invalid("%s stands in Config and, unlike it, in the User with extension id %s: leave one out", field.name, extensionID)
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

// permissions are those of the user with an extension id; nil: all, as everybody has who does not log in.
func (s *settings) permissions(extensionID string) []string {
	for _, u := range s.people {
		if u.ExtensionID == extensionID {
			return u.Permissions
		}
	}
	return nil
}

// completeUsers makes up what users leave open.
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

// checkUsers reports users who cannot be told apart, and what makes no sense.
func checkUsers(all []User, invalid func(string, ...any)) {
	ids, jwts, logins := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, u := range all {
		login := u.Username + "*" + u.ExtensionNumber
		switch {
		case !allDigits(u.ExtensionID):
			invalid("Users has the extension id %q: use digits, or leave it empty", u.ExtensionID)
		case ids[u.ExtensionID]:
			invalid("Users has extension id %s twice: leave it empty to have one made up", u.ExtensionID)
		case jwts[u.JWT]:
			invalid("the users' JWT of extension id %s is that of another user: leave it empty to have one made up", u.ExtensionID)
		case logins[login]:
			invalid("the users' Username and ExtensionNumber of extension id %s are those of another user: change one", u.ExtensionID)
		}
		ids[u.ExtensionID], jwts[u.JWT], logins[login] = true, true, true
		if loginErrors[u.Refused] == nil && u.Refused != "" {
			invalid("Users has Refused %q: use one of %v", u.Refused, slices.Sorted(maps.Keys(loginErrors)))
		}
	}
}

// numberOf is a user's direct number: in the account's range, with the last digits of the extension number.
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

// nameOf is the name of the colleague with an extension id; empty: nobody's.
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
