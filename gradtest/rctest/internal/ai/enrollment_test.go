package ai

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

func TestEnrollment(t *testing.T) {
	const path = "/ai/audio/v1/enrollments"
	s := newScene(t)
	body := `{"encoding":"Wav","content":"UklGRg==","speakerId":"ada"}`
	assert.Equal(t, "ada", s.Call("POST "+path, body).OK()["speakerId"], "the app chooses the id")
	assert.Equal(t, 409, s.Call("POST "+path, body).Status)
	assert.Equal(t, "ada", s.Call("GET " + path + "/ada").OK()["speakerId"])
	assert.Len(t, world.Children(s.Call("GET "+path+"?partial=true&page=1&perPage=10").OK(), "records"), 2)
	assert.Equal(t, 204, s.Call("DELETE "+path+"/ada").Status)
	assert.Equal(t, "CMN-102", s.Call("GET "+path+"/ada").Code())
}
