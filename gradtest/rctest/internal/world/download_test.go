package world_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestDownloadHasADocumentedType(t *testing.T) {
	for sent, want := range map[string]string{"audio/wav": "audio/wav", "application/json": "audio/mpeg",
		"": "audio/mpeg"} {
		s := newScene(t)
		prompt := worldtest.IDOf(s.Send("POST "+worldtest.AccountPath+"/ivr-prompts",
			&world.Request{Body: world.Object{}, Parts: true, Files: []world.File{{Name: "a", Type: sent,
				Content: []byte("{")}}}).OK())
		got := s.Call("GET " + worldtest.AccountPath + "/ivr-prompts/" + prompt + "/content")
		assert.Equal(t, want, got.Reply.Type, sent)
		assert.Equal(t, "{", string(got.Reply.Body), sent)
	}
}
