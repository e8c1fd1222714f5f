package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUsersByControl(t *testing.T) {
	a := newStranger(t, Config{Users: []User{{Name: "Kim Doe", Permissions: []string{"ReadCallLog"}, Refused: "OAU-168"}}})
	rows := a.call("GET /emulator/v1/users").json(t)["users"].([]any)
	require.Len(t, rows, 2)
	for i, c := range a.h.Users() {
		row := rows[i].(map[string]any)
		assert.Equal(t, c.JWT, row["jwt"])
		assert.Equal(t, c.Username, row["username"])
		assert.Equal(t, c.Password, row["password"])
		assert.Equal(t, c.ExtensionID, row["extensionId"])
	}
	assert.NotContains(t, rows[0], "permissions")
	kim := rows[1].(map[string]any)
	assert.Equal(t, "Kim Doe", kim["name"])
	assert.Equal(t, []any{"ReadCallLog"}, kim["permissions"])
	assert.Equal(t, "OAU-168", kim["refused"])
}

func TestLogOutByControl(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited(), Users: []User{{}}})
	control := func(body string) answer { return a.call("POST /emulator/v1/logout", body) }
	assert.Equal(t, 404, control(`{"extensionId": "1"}`).status)
	assert.Equal(t, 400, control(`{"extension": "1"}`).status)
	assert.EqualValues(t, 0, control(`{"extensionId": "62264426"}`).json(t)["ended"])
	assert.Equal(t, 200, a.call(getOwn).status)
	assert.EqualValues(t, 1, control(`{"extensionId": "` + extensionID + `"}`).json(t)["ended"])
	assert.Equal(t, 401, a.call(getOwn).status)
}
