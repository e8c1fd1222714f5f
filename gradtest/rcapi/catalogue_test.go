package rcapi_test

import (
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestCatalogueExtrasWin(t *testing.T) {
	meeting := rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/extension/{extensionId}/meeting").In(rcapi.Light)
	anything := rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/{thing}")
	renamed := rcapi.MustParse("GET /restapi/v1.0/account/{a}/extension/{b}/call-log").In(rcapi.Medium)
	faster := rcapi.ReadCompanyCallLog.In(rcapi.Light)
	earlier := rcapi.ReadCompanyCallLog.In(rcapi.Medium)
	c := rcapi.NewCatalogue(meeting, anything, renamed, earlier, faster, rcapi.Operation{})

	for _, tt := range []struct {
		method, path string
		want         rcapi.Operation
	}{
		{"GET", "/restapi/v1.0/account/~/extension/~/meeting", meeting},
		{"GET", "/restapi/v1.0/account/~/nothing", anything},
		{"GET", "/restapi/v1.0/account/~/extension", rcapi.ListExtensions}, // more specific than anything
		{"GET", "/restapi/v1.0/account/~/extension/~/call-log", renamed},
		{"DELETE", "/restapi/v1.0/account/~/extension/~/call-log", rcapi.DeleteUserCallLog},
		{"GET", "/restapi/v1.0/account/~/call-log", faster},
		{"GET", "/restapi/v1.0/account/~/nothing/else", rcapi.Operation{}},
		{"GET", "", rcapi.Operation{}},
	} {
		got, ok := c.Match(tt.method, tt.path)
		assert.Equal(t, tt.want, got, tt.path)
		assert.Equal(t, tt.want.ID != "", ok, tt.path)
		if tt.path == "" {
			continue
		}
		got, ok = c.MatchRequest(httptest.NewRequest(tt.method, tt.path, nil))
		assert.Equal(t, tt.want, got, tt.path)
		assert.Equal(t, tt.want.ID != "", ok, tt.path)
	}

	for _, o := range []rcapi.Operation{meeting, anything, renamed, faster, rcapi.ListMessages} {
		got, ok := c.Lookup(o.ID)
		assert.True(t, ok)
		assert.Equal(t, o, got)
	}
	_, ok := c.Lookup("nothing")
	assert.False(t, ok)

	plain, _ := rcapi.Match("GET", "/restapi/v1.0/account/~/call-log")
	assert.Equal(t, rcapi.Heavy, plain.Group, "the platform's catalogue is untouched")
}

func TestCatalogueWithoutExtras(t *testing.T) {
	for _, c := range []*rcapi.Catalogue{nil, {}, rcapi.NewCatalogue()} {
		o, ok := c.Match("GET", "/restapi/v1.0/account/~/extension/~/sms")
		assert.False(t, ok)
		assert.Empty(t, o.ID)
		o, ok = c.MatchRequest(httptest.NewRequest("POST", "/restapi/v1.0/account/~/extension/~/sms", nil))
		assert.True(t, ok)
		assert.Equal(t, rcapi.CreateSMSMessage, o)
		o, ok = c.Lookup("createSMSMessage")
		assert.True(t, ok)
		assert.Equal(t, rcapi.CreateSMSMessage, o)
		assert.Equal(t, "/restapi/{}", c.Template("/restapi/x"))
	}
}

func TestCatalogueFindsAllOfThePlatform(t *testing.T) {
	c := rcapi.NewCatalogue(rcapi.MustParse("PATCH /{a}/{b}/{c}/{d}/{e}/{f}/{g}"), rcapi.MustParse("GET /restapi/v1.0/{a}/{b}/{c}/{d}/{e}"))
	for o := range rcapi.All() {
		got, ok := c.Match(o.Method, concrete(o))
		assert.True(t, ok, o.ID)
		assert.Equal(t, o.ID, got.ID)
	}
}

// For the race detector: the first of several goroutines builds the index.
func TestCatalogueIsConcurrencySafe(t *testing.T) {
	c := rcapi.NewCatalogue(rcapi.MustParse("GET /meetings"))
	ops := slices.Collect(rcapi.All())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for _, o := range ops[i*10 : i*10+20] {
				_, ok := c.Match(o.Method, concrete(o))
				assert.True(t, ok)
				_, ok = rcapi.Match(o.Method, concrete(o))
				assert.True(t, ok)
				assert.NotEmpty(t, rcapi.Template(concrete(o)))
			}
		})
	}
	wg.Wait()
}
