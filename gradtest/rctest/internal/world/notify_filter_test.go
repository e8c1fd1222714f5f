package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFilterFits(t *testing.T) {
	w := newTestWorld()
	e := Event{Filter: "/restapi/v1.0/account/" + testAccount + "/extension/" + testUser + "/message-store/instant",
		Attributes: []Param{{"type", "SMS"}, {"direction", "Inbound"}}}
	for text, want := range map[string]bool{
		"/restapi/v1.0/account/~/extension/~/message-store/instant?type=SMS":                   true,
		"/restapi/v1.0/account/~/extension/~/message-store/instant?type=Fax":                   false,
		"/restapi/v1.0/account/~/extension/~/message-store/instant?direction=Inbound&type=SMS": true,
		"/restapi/v1.0/account/~/extension/~/message-store":                                    false,
	} {
		f, ok := w.newEventFilter(text, testUser)
		require.True(t, ok)
		assert.Equal(t, want, f.matches(e), text)
	}
}
