package rcapi_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestGroups(t *testing.T) {
	for _, tt := range []struct {
		op   rcapi.Operation
		want []string
	}{
		{rcapi.ReadExtension, []string{"light"}},
		{rcapi.ListExtensions, []string{"medium"}},
		{rcapi.ReadUserCallLog, []string{"heavy"}},
		{rcapi.GetToken, []string{"auth"}},
		{rcapi.ReadOpenIdConfiguration, nil},
		{rcapi.ReadExtension.In("NOTHROTTLING"), nil},
		{rcapi.CreateSMSMessage, []string{"medium", "sms"}},
		{rcapi.CreateMMS, []string{"medium", "mms"}},
		{rcapi.CreateSMSMessage.In(rcapi.Light), []string{"light", "sms"}},
		{rcapi.CreateMMS.In(""), []string{"heavy", "medium", "light", "mms"}},
		{rcapi.MustParse("POST " + rcapi.CreateSMSMessage.Path), []string{"heavy", "medium", "light", "sms"}},
		{rcapi.MustParse("GET " + rcapi.CreateSMSMessage.Path).In(rcapi.Medium), []string{"medium"}},
		{rcapi.ReadExtension.In("SuperLight"), []string{"superlight"}},
		{rcapi.Operation{}, []string{"heavy", "medium", "light"}},
	} {
		assert.Equal(t, tt.want, tt.op.Groups(), tt.op)
	}
	assert.Equal(t, []string{"light"}, rcapi.ReadExtension.Groups(), "appending to a shared slice must not write into it")
}

func TestGroupsAllocateNothing(t *testing.T) {
	assert.Zero(t, testing.AllocsPerRun(10, func() {
		for o := range rcapi.All() {
			o.Groups()
		}
		rcapi.Operation{}.Groups()
	}))
}

func TestGroupTable(t *testing.T) {
	want := map[string]int{"nothrottling": 0, "light": 50, "medium": 40, "heavy": 10, "auth": 5, "sms": 40, "mms": 50}
	got := make(map[string]int)
	for i, g := range rcapi.Groups() {
		got[g.Header] = g.Calls
		assert.Equal(t, time.Minute, g.Window)
		assert.Equal(t, time.Minute, g.Penalty)
		assert.Equal(t, g.Header == "sms" || g.Header == "mms", g.Service)
		assert.Equal(t, g.Group.Header(), g.Header)
		assert.Equal(t, i, g.Group.Cost())
		assert.Equal(t, "rcapi."+string(g.Group), fmt.Sprintf("%#v", g.Group))
	}
	assert.Equal(t, want, got)
	for o := range rcapi.All() {
		for _, group := range o.Groups() {
			assert.Contains(t, want, group, o.ID)
		}
	}
	rcapi.Groups()[0].Header = "changed"
	assert.Equal(t, "nothrottling", rcapi.Groups()[0].Header, "the slice is the caller's")
}

// The paths in the table are literals, since a variable of the catalogue would make it dynamic.
func TestServicesLimitTheOperationsOfTheCatalogue(t *testing.T) {
	assert.Contains(t, rcapi.CreateSMSMessage.Groups(), rcapi.SMS.Header())
	assert.Contains(t, rcapi.CreateMMS.Groups(), rcapi.MMS.Header())
}

func TestCost(t *testing.T) {
	order := []rcapi.Group{rcapi.NoThrottling, rcapi.Light, rcapi.Medium, rcapi.Heavy, rcapi.Auth, ""}
	assert.True(t, slices.IsSortedFunc(order, func(a, b rcapi.Group) int { return a.Cost() - b.Cost() }))
	assert.Equal(t, rcapi.Light.Cost(), rcapi.Group("LIGHT").Cost())
	assert.Equal(t, rcapi.Group("").Cost(), rcapi.Group("Feather").Cost())
	assert.Greater(t, rcapi.Group("Feather").Cost(), rcapi.Auth.Cost())
}

func BenchmarkGroups(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		rcapi.CreateSMSMessage.Groups()
	}
}
