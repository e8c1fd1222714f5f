package shape_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
)

func TestIsWord(t *testing.T) {
	for word, want := range map[string]bool{
		"SMS": true, "Inbound": true, "Voicemail": true, "openid": true, "": false, "Jane": false, "sms": false, "16505550101": false,
	} {
		assert.Equal(t, want, shape.IsWord(word), word)
	}
}

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"phoneNumber": true, "perPage": true, "messageId": true, "schemas": true, "": false, "jane": false, "query perPage": false,
	} {
		assert.Equal(t, want, shape.IsName(name), name)
	}
}
