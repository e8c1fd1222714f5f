package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPlacesAreForgotten(t *testing.T) {
	s := newScene(t)
	places := func() int {
		n := 0
		for _, k := range s.world.kinds {
			n += len(k.seeded)
		}
		return n
	}
	turn := func() {
		path := account + "/extension"
		id := idOf(s.call("POST "+path, `{"extensionNumber":"555","contact":{"firstName":"A","email":"a@example.com"}}`).ok())
		s.call("GET " + path + "/" + id + "/address-book/contact").ok()
		s.call("GET " + path + "/" + id + "/answering-rule").ok()
		assert.Equal(t, 204, s.call("DELETE "+path+"/"+id).status)
	}
	turn()
	before := places()
	turn()
	assert.Equal(t, before, places())
}
