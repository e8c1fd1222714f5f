package people

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestAccount(t *testing.T) {
	s := newScene(t)
	got := s.Call("GET " + worldtest.AccountPath).OK()
	assert.EqualValues(t, 37439510, got["id"])
	assert.Equal(t, "+16505550100", got["mainNumber"])
	assert.Equal(t, "http://emulator.invalid"+worldtest.AccountPath, got["uri"])
	assert.Equal(t, "CMN-102", s.Call("GET /restapi/v1.0/account/1").Code())
}

func TestExtensionIsMadeReadChangedAndRemoved(t *testing.T) {
	s := newScene(t)
	made := s.Call("POST "+worldtest.AccountPath+"/extension",
		`{"contact":{"firstName":"New","lastName":"Person","email":"new@example.com"},"password":"secret"}`).OK()
	id, _ := world.Scalar(made["id"])
	path := worldtest.AccountPath + "/extension/" + id
	assert.Equal(t, "New Person", made["name"])
	assert.Equal(t, "103", made["extensionNumber"], "the next free one")
	assert.NotContains(t, string(s.Call("GET "+path).Reply.Body), "secret")
	assert.Contains(t, worldtest.Values(s.Call("GET "+worldtest.AccountPath+"/extension").OK(), "records"), id)
	assert.Equal(t, []string{id},
		worldtest.Values(s.Call("GET "+worldtest.AccountPath+"/extension?email=new@example.com").OK(), "records"))
	assert.Empty(t,
		worldtest.Values(s.Call("GET "+worldtest.AccountPath+"/extension?email=new@example.com&status=Disabled").OK(),
			"records"))

	assert.Equal(t, "Other Person", s.Call("PUT "+path, `{"contact":{"firstName":"Other"}}`).OK()["name"])
	assert.Equal(t, "CMN-406", s.Call("PUT "+path, `{"extensionNumber":"101"}`).Code())
	assert.Equal(t, "CMN-406", s.Call("POST "+worldtest.AccountPath+"/extension", `{"extensionNumber":"102"}`).Code())

	s.Call("POST "+path+"/address-book/contact", `{"firstName":"X"}`).OK()
	assert.Equal(t, 204, s.Call("DELETE "+path).Status)
	assert.Equal(t, "CMN-102", s.Call("GET "+path).Code())
	assert.Equal(t, "CMN-102", s.Call("GET "+path+"/address-book/contact").Code(), "what lay in it is gone with it")
}

func TestExtensionsAreRemovedInBulk(t *testing.T) {
	s := newScene(t)
	got := s.Call("DELETE /restapi/v2/accounts/"+worldtest.Account+"/extensions",
		`{"records":[{"id":"`+worldtest.OtherUser+`"},{"id":"7"}]}`).OK()
	assert.Len(t, world.Children(got, "records"), 2)
	assert.Equal(t, "CMN-102", s.Call("GET "+worldtest.AccountPath+"/extension/"+worldtest.OtherUser).Code())
}

func TestDirectory(t *testing.T) {
	s := newScene(t)
	path := worldtest.AccountPath + "/directory/entries"
	assert.Contains(t, worldtest.Values(s.Call("GET "+path).OK(), "records"), worldtest.User)
	assert.Equal(t, []string{worldtest.OtherUser}, worldtest.Values(s.Call("POST "+path+"/search",
		`{"searchString":"sam exa"}`).OK(), "records"))
	assert.Empty(t, worldtest.Values(s.Call("POST "+path+"/search", `{"searchString":"nobody"}`).OK(), "records"))
	assert.NotContains(t, worldtest.Values(s.Call("GET "+path+"?typeGroup=NonUser").OK(), "records"), worldtest.User)
	entry := s.Call("GET " + path + "/" + worldtest.OtherUser).OK()
	assert.Equal(t, "sam@example.com", entry["email"])
	assert.Equal(t, "CMN-102", s.Call("GET "+path+"/1").Code())
}
