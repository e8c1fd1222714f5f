package world_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestPlacesAreForgotten(t *testing.T) {
	s := newScene(t)
	places := s.World.SeededPlaces
	turn := func() {
		path := worldtest.AccountPath + "/extension"
		id := worldtest.IDOf(s.Call("POST "+path,
			`{"extensionNumber":"555","contact":{"firstName":"A","email":"a@example.com"}}`).OK())
		s.Call("GET " + path + "/" + id + "/address-book/contact").OK()
		s.Call("GET " + path + "/" + id + "/answering-rule").OK()
		assert.Equal(t, 204, s.Call("DELETE "+path+"/"+id).Status)
	}
	turn()
	before := places()
	turn()
	assert.Equal(t, before, places())
}
