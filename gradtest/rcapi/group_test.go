package rcapi_test

import (
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

func TestLimits(t *testing.T) {
	want := map[string]int{"light": 50, "medium": 40, "heavy": 10, "auth": 5, "sms": 40, "mms": 50}
	got := make(map[string]int)
	for _, l := range rcapi.Limits() {
		got[l.Bucket] = l.Calls
		assert.Equal(t, time.Minute, l.Per)
		assert.Equal(t, l.Bucket == "sms" || l.Bucket == "mms", l.Custom)
	}
	assert.Equal(t, want, got)
	for o := range rcapi.All() {
		for _, bucket := range o.Groups() {
			assert.Contains(t, want, bucket, o.ID)
		}
	}
}

func BenchmarkGroups(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		rcapi.CreateSMSMessage.Groups()
	}
}
