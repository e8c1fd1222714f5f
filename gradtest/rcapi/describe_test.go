package rcapi

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDescribe(t *testing.T) {
	for path, want := range map[string]string{
		"/restapi/v1.0/account/~/meeting/{}": `rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/meeting/{meetingId}")`,
		"/restapi/v1.0/glip/chats/12/{}":     `rcapi.MustParse("GET /restapi/v1.0/glip/chats/{chatId}/{id}")`,
		"/restapi/v1.0/a/{}/a/{}":            `rcapi.MustParse("GET /restapi/v1.0/a/{aId}/a/{aId2}")`,
	} {
		got, err := Describe("GET", path)
		assert.NoError(t, err)
		assert.Equal(t, want, got.GoString(), path)
	}
	_, err := Describe("GET", "/restapi/v1.0/a%2Fb")
	assert.Error(t, err, "no operation has such a segment")
}

func TestMostSimilar(t *testing.T) {
	assert.Equal(t, "readUserCallLog", MostSimilar("GET", "/restapi/v1.0/account/~/extension/~/call-logs").ID)
	assert.Equal(t, "listMessages", MostSimilar("GET", "/restapi/v1.0/account/~/extension/{}/message-stores").ID)
}
