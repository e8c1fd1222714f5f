package rcapi_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/internal/shape"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestAnswerAgreesWithTheSpecification compares the lists of exceptions with the responses of the specification.
func TestAnswerAgreesWithTheSpecification(t *testing.T) {
	for op := range rcapi.All() {
		want := rcapi.NoAnswer
		for _, r := range shape.Of(op.ID).Responses {
			for _, c := range r.Contents {
				switch {
				case r.Status == 207 || c.Type == "multipart/mixed":
				case !shape.IsJSON(c.Type):
					want = rcapi.AnyAnswer
				case want == rcapi.NoAnswer:
					want = rcapi.JSONAnswer
				}
			}
		}
		assert.Equal(t, want, op.Answer(), op.ID)
	}
	assert.Equal(t, rcapi.AnyAnswer, rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/new").Answer())
}

func TestDocuments(t *testing.T) {
	assert.True(t, rcapi.ReadExtension.Documents(200))
	assert.False(t, rcapi.ReadExtension.Documents(201), "not in the specification")
	assert.True(t, rcapi.ReadExtension.Documents(207))
	assert.False(t, rcapi.ReadExtension.Documents(404))
	assert.False(t, rcapi.Authorize.Documents(302), "a redirect is no success")
	assert.True(t, rcapi.MustParse("GET /restapi/v1.0/account/{accountId}/new").Documents(206))
}
