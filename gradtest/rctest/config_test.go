package rctest

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestZeroConfig(t *testing.T) {
	h, err := NewHandler(Config{})
	require.NoError(t, err)
	c := h.Credentials()
	assert.Regexp(t, regexp.MustCompile(`^[\w-]{22}$`), c.ClientID)
	assert.Regexp(t, regexp.MustCompile(`^[\w-]{40,}$`), c.ClientSecret)
	assert.Len(t, strings.Split(c.JWT, "."), 3)
	algorithm, ok := jwtAlgorithm(c.JWT)
	assert.True(t, ok)
	assert.Equal(t, "RS256", algorithm)
	assert.NotEmpty(t, c.Username)
	assert.NotEmpty(t, c.Password)
	assert.Equal(t, [4]int{50, 40, 10, 5}, h.limits)
	assert.Equal(t, time.Minute, h.window)

	other, err := NewHandler(Config{})
	require.NoError(t, err)
	assert.NotEqual(t, c.ClientSecret, other.Credentials().ClientSecret)
}

func TestConfigIsTakenOver(t *testing.T) {
	h, err := NewHandler(Config{
		ClientID: "id", ClientSecret: "secret", JWT: "a.b.c", Username: "+1", Password: "p",
		Window: 2 * time.Second, Limits: map[rcapi.Group]int{"heavy": 3, rcapi.Light: 0},
	})
	require.NoError(t, err)
	assert.Equal(t, Credentials{"id", "secret", "a.b.c", "+1", "p", accountID, extensionID}, h.Credentials())
	assert.Equal(t, [4]int{0, 40, 3, 5}, h.limits, "groups that are not named keep the documented figure")
	assert.Equal(t, 2*time.Second, h.window)
}

func TestConfigFaultsAreReportedTogether(t *testing.T) {
	_, err := NewHandler(Config{
		Window: 1500 * time.Millisecond, Public: true, ClientSecret: "s3cret",
		Limits: map[rcapi.Group]int{"Feather": 1, rcapi.Light: -1}, Grants: []string{"magic"},
	})
	require.Error(t, err)
	for _, part := range []string{"1.5s", "whole seconds", `"Feather"`, "-1 for Light", `"magic"`, "public app"} {
		assert.ErrorContains(t, err, part)
	}
	assert.NotContains(t, err.Error(), "s3cret")
	for _, w := range []time.Duration{-time.Second, time.Millisecond} {
		_, err := NewHandler(Config{Window: w})
		assert.Error(t, err, w)
	}
}

func TestUnlimited(t *testing.T) {
	a := newApp(t, Config{Limits: Unlimited()})
	for range 200 {
		got := a.call(getOwn)
		require.Equal(t, 200, got.status)
		require.Empty(t, got.header.Get("X-Rate-Limit-Limit"))
	}
	for range 20 {
		a.login()
	}
}
