package rcapi_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestSearch(t *testing.T) {
	ids := func(words ...string) []string {
		var out []string
		for o := range rcapi.Search(words...) {
			out = append(out, o.ID)
		}
		return out
	}
	assert.Equal(t, []string{"createSMSMessage"}, ids("createsms"))
	assert.Equal(t, []string{"createFaxMessage"}, ids("FAXES", "post"))
	assert.Equal(t, []string{"createMMS", "createSMSMessage"}, ids("OutboundSMS", "Medium", "extensionid"))
	assert.Empty(t, ids("call-log", "nothing"))
	assert.Len(t, ids(), 646)
	assert.Len(t, ids(""), 646)
	for o := range rcapi.Search("call-log") {
		assert.Equal(t, slices.Collect(rcapi.Search("call-log"))[0], o)
		break
	}
}
