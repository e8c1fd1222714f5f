package suitegen

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// exempted is how a suite declares a ring-out that the removal's Prepare makes.
const exempted = `Exempt: "deleteRingOutCall calls it in Prepare, and more calls would cost more money"`

// A ring-out costs money, so no endpoint makes one that another endpoint makes anyway.
func TestPaidCallsAreMadeOnce(t *testing.T) {
	both := generate(t, rcapi.CreateRingOutCall, rcapi.DeleteRingOutCall)
	assert.Contains(t, both, exempted)
	assert.Contains(t, both, "gradtest.FromNew(rcapi.CreateRingOutCall,")
	assert.Equal(t, 1, strings.Count(both, "TODO"), both)

	alone := generate(t, rcapi.CreateRingOutCall)
	assert.NotContains(t, alone, "Exempt")
	assert.NotContains(t, alone, "Op: rcapi.DeleteRingOutCall", "its Cleanup calls it as often as needed")
	assert.Contains(t, alone, "gradtest.Delete(rcapi.DeleteRingOutCall,")
}

func TestMergeMakesPaidCallsOnce(t *testing.T) {
	m := merge(t, generate(t, rcapi.CreateRingOutCall), rcapi.CreateRingOutCall, rcapi.DeleteRingOutCall)
	assert.Equal(t, []string{"deleteRingOutCall"}, m.Added)
	assert.Contains(t, string(m.Source), "set Exempt of createRingOutCall: it needs no calls but these")

	m = merge(t, generate(t, rcapi.ReadExtension), rcapi.CreateRingOutCall, rcapi.DeleteRingOutCall)
	assert.Contains(t, string(m.Source), exempted)

	removed := "//gradtest:init readExtension deleteRingOutCall\n"
	edited := strings.Replace(generate(t, rcapi.ReadExtension), "//gradtest:init readExtension\n", removed, 1)
	m = merge(t, edited, rcapi.CreateRingOutCall, rcapi.DeleteRingOutCall)
	assert.Equal(t, []string{"deleteRingOutCall"}, m.Removed)
	assert.NotContains(t, string(m.Source), "Exempt", "the endpoint that would make its calls was removed")

	// The file's endpoint takes a batch from the list, so it makes none.
	m = merge(t, generate(t, rcapi.ReadA2PBatch), rcapi.ReadA2PBatch, rcapi.CreateA2PSMS)
	assert.Contains(t, m.Added, "createA2PSMS")
	assert.NotContains(t, string(m.Source), "Exempt")
}

func TestRemovalsOfWhatIsThereAreSaid(t *testing.T) {
	const own = "TODO: this removes data of the user or account"
	assert.Contains(t, generate(t, rcapi.DeleteMessage), own)
	assert.Contains(t, generate(t, rcapi.ReplacePhoneNumberV2), "TODO: this changes numbers of the account")
	assert.NotContains(t, generate(t, rcapi.DeleteContact), own)
}
