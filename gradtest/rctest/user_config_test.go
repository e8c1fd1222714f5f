package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheFirstUserInUsers gives a permission list to the user there is anyway.
func TestTheFirstUserInUsers(t *testing.T) {
	h, err := NewHandler(Config{Username: "a@example.com", Users: []User{
		{}, {ExtensionID: extensionID, Name: "Kim Doe", JWT: "k.i.m", Permissions: []string{}, Refused: "OAU-236"},
	}})
	require.NoError(t, err)
	require.Len(t, h.users, 2)
	first := h.users[0]
	assert.Equal(t, extensionID, first.extensionID)
	assert.Equal(t, "Kim Doe", first.Name)
	assert.Equal(t, "k.i.m", first.JWT)
	assert.Equal(t, "k.i.m", h.Credentials().JWT)
	assert.Equal(t, "a@example.com", h.Credentials().Username)
	assert.Equal(t, "101", first.ExtensionNumber)
	assert.NotNil(t, first.permit)
	assert.Equal(t, "OAU-236", first.Refused)
}

func TestMadeUpUsersAreApart(t *testing.T) {
	h, err := NewHandler(Config{Users: []User{{}, {ExtensionID: "62264426", ExtensionNumber: "103"}, {}, {}}})
	require.NoError(t, err)
	ids, numbers, phones, jwts := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, u := range h.users {
		ids[u.ExtensionID], numbers[u.ExtensionNumber], phones[u.number], jwts[u.JWT] = true, true, true, true
		assert.NotEmpty(t, u.Password)
		assert.Equal(t, u.number, u.Username)
		assert.NotEmpty(t, u.Name)
	}
	for _, m := range []map[string]bool{ids, numbers, phones, jwts} {
		assert.Len(t, m, 5)
	}
}

func TestPeopleFaults(t *testing.T) {
	for name, c := range map[string]struct {
		cfg  Config
		want string
	}{
		"id with letters":    {Config{Users: []User{{ExtensionID: "~"}}}, `"~": use digits`},
		"id twice":           {Config{Users: []User{{ExtensionID: "7"}, {ExtensionID: "7"}}}, "7 twice"},
		"JWT twice":          {Config{JWT: "j.w.t", Users: []User{{JWT: "j.w.t"}}}, "JWT of the user with extension id 62264426"},
		"login twice":        {Config{Users: []User{{Username: "k", ExtensionNumber: "7"}, {Username: "k", ExtensionNumber: "7"}}}, "Username and ExtensionNumber"},
		"refused":            {Config{Users: []User{{Refused: "OAU-1"}}}, `"OAU-1": use one of [CMN-408 OAU-136`},
		"JWT in both places": {Config{JWT: "j.w.t", Users: []User{{ExtensionID: extensionID, JWT: "k.i.m"}}}, "JWT differs between Config"},
	} {
		_, err := NewHandler(c.cfg)
		require.Error(t, err, name)
		assert.ErrorContains(t, err, c.want, name)
		assert.NotContains(t, err.Error(), "j.w.t", name)
	}
}

// TestUsersAreInTheAccount has everybody who can log in among the extensions, in the place of the colleagues there are
// otherwise.
func TestUsersAreInTheAccount(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited(), Users: []User{{}, {ExtensionID: "700", ExtensionNumber: "103", Name: "Kim van Doe"}}})
	list := a.call("GET /restapi/v1.0/account/~/extension").json(t)["records"].([]any)
	got := map[any]any{}
	for _, r := range list {
		if r := r.(map[string]any); r["type"] == "User" {
			got[r["extensionNumber"]] = r["name"]
		}
	}
	assert.Equal(t, map[any]any{"101": "Robin Example", "102": "Sam Example", "103": "Kim van Doe"}, got)
	kim := a.loginAs(a.h.Users()[2]).call(getOwn).json(t)
	assert.EqualValues(t, 700, kim["id"])
	assert.Equal(t, "van Doe", kim["contact"].(map[string]any)["lastName"])
	assert.Equal(t, "sam@example.com", a.h.users[1].email)
}
