package rctest

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestRefreshTokenAfterItsEnd tells an expired refresh token from one that was never there, and from a used one.
func TestRefreshTokenAfterItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := newStranger(t, Config{Limits: Unlimited()})
		first := a.login()
		time.Sleep(time.Duration(first["refresh_token_expires_in"].(float64))*time.Second + time.Second)
		got := a.refresh(first["refresh_token"])
		assert.Equal(t, 400, got.status)
		assert.Equal(t, "invalid_grant", got.json(t)["error"])
		assert.Equal(t, "OAU-210", got.codes(t)[1])
		assert.Equal(t, "Token expired", got.json(t)["error_description"])
		assert.Equal(t, "OAU-213", a.refresh("never").codes(t)[1])
		a.login()
		assert.Equal(t, "OAU-210", a.refresh(first["refresh_token"]).codes(t)[1], "also after another login")

		used := a.login()
		a.refresh(used["refresh_token"])
		time.Sleep(time.Duration(used["refresh_token_expires_in"].(float64)) * 2 * time.Second)
		assert.Equal(t, "OAU-213", a.refresh(used["refresh_token"]).codes(t)[1], "it was exchanged")
	})
}
