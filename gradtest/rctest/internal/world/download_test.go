package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDownloadHasADocumentedType(t *testing.T) {
	for sent, want := range map[string]string{"audio/wav": "audio/wav", "application/json": "audio/mpeg", "": "audio/mpeg"} {
		s := newScene(t)
		prompt := idOf(s.send("POST "+account+"/ivr-prompts", &Request{Body: Object{}, Parts: true, Files: []File{{Name: "a", Type: sent, Content: []byte("{")}}}).ok())
		got := s.call("GET " + account + "/ivr-prompts/" + prompt + "/content")
		assert.Equal(t, want, got.reply.Type, sent)
		assert.Equal(t, "{", string(got.reply.Body), sent)
	}
}
