package rcapi_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestPaid(t *testing.T) {
	count := 0
	for op := range rcapi.All() {
		if op.Paid() {
			count++
			assert.Equal(t, "POST", op.Method, op.ID)
		}
	}
	assert.True(t, rcapi.CreateSMSMessage.Paid())
	assert.True(t, rcapi.CreateFaxMessage.Paid())
	assert.False(t, rcapi.CreateInternalTextMessage.Paid(), "pager messages are free")
	assert.False(t, rcapi.ReadMessage.Paid())
	assert.Equal(t, 9, count, "every name is that of an operation")
}
