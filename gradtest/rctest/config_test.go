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
	for name, calls := range map[rcapi.Group]int{
		rcapi.Light: 50, rcapi.Medium: 40, rcapi.Heavy: 10, rcapi.Auth: 5, LimitSMS: 40, LimitMMS: 50, LimitAccount: 0, LimitAddress: 0,
	} {
		assert.Equal(t, Limit{calls, time.Minute, time.Minute}, h.Limits()[name], name)
	}
	assert.Equal(t, Limit{Calls: 30}, h.Limits()[LimitSubscriptions])

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
	limits := h.Limits()
	assert.Equal(t, []int{0, 40, 3, 5}, []int{limits[rcapi.Light].Calls, limits[rcapi.Medium].Calls, limits[rcapi.Heavy].Calls, limits[rcapi.Auth].Calls},
		"groups that are not named keep the documented figure")
	assert.Equal(t, Limit{3, 2 * time.Second, 2 * time.Second}, limits[rcapi.Heavy])
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

func TestAnalyticsDelay(t *testing.T) {
	for given, want := range map[time.Duration]time.Duration{0: 5 * time.Minute, NoDelay: 0, -time.Hour: 0, time.Second: time.Second, 24 * time.Hour: 24 * time.Hour} {
		h, err := NewHandler(Config{AnalyticsDelay: given})
		require.NoError(t, err)
		assert.Equal(t, want, h.delay)
	}
	_, err := NewHandler(Config{AnalyticsDelay: 25 * time.Hour})
	assert.ErrorContains(t, err, "AnalyticsDelay is 25h0m0s: use at most 24h0m0s")
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
