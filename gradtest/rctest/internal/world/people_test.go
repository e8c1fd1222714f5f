package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAccount(t *testing.T) {
	s := newScene(t)
	got := s.call("GET " + account).ok()
	assert.EqualValues(t, 37439510, got["id"])
	assert.Equal(t, "+16505550100", got["mainNumber"])
	assert.Equal(t, "http://emulator.invalid"+account, got["uri"])
	assert.Equal(t, "CMN-102", s.call("GET /restapi/v1.0/account/1").code())
}

func TestExtensionIsMadeReadChangedAndRemoved(t *testing.T) {
	s := newScene(t)
	made := s.call("POST "+account+"/extension", `{"contact":{"firstName":"New","lastName":"Person","email":"new@example.com"},"password":"secret"}`).ok()
	id, _ := scalar(made["id"])
	path := account + "/extension/" + id
	assert.Equal(t, "New Person", made["name"])
	assert.Equal(t, "103", made["extensionNumber"], "the next free one")
	assert.NotContains(t, string(s.call("GET "+path).reply.Body), "secret")
	assert.Contains(t, ids(s.call("GET "+account+"/extension").ok(), "records"), id)
	assert.Equal(t, []string{id}, ids(s.call("GET "+account+"/extension?email=new@example.com").ok(), "records"))
	assert.Empty(t, ids(s.call("GET "+account+"/extension?email=new@example.com&status=Disabled").ok(), "records"))

	assert.Equal(t, "Other Person", s.call("PUT "+path, `{"contact":{"firstName":"Other"}}`).ok()["name"])
	assert.Equal(t, "CMN-406", s.call("PUT "+path, `{"extensionNumber":"101"}`).code())
	assert.Equal(t, "CMN-406", s.call("POST "+account+"/extension", `{"extensionNumber":"102"}`).code())

	s.call("POST "+path+"/address-book/contact", `{"firstName":"X"}`).ok()
	assert.Equal(t, 204, s.call("DELETE "+path).status)
	assert.Equal(t, "CMN-102", s.call("GET "+path).code())
	assert.Equal(t, "CMN-102", s.call("GET "+path+"/address-book/contact").code(), "what lay in it is gone with it")
}

func TestExtensionsAreRemovedInBulk(t *testing.T) {
	s := newScene(t)
	got := s.call("DELETE /restapi/v2/accounts/"+testAccount+"/extensions", `{"records":[{"id":"`+otherUser+`"},{"id":"7"}]}`).ok()
	assert.Len(t, objects(got, "records"), 2)
	assert.Equal(t, "CMN-102", s.call("GET "+account+"/extension/"+otherUser).code())
}

func TestDirectory(t *testing.T) {
	s := newScene(t)
	path := account + "/directory/entries"
	assert.Contains(t, ids(s.call("GET "+path).ok(), "records"), testUser)
	assert.Equal(t, []string{otherUser}, ids(s.call("POST "+path+"/search", `{"searchString":"sam exa"}`).ok(), "records"))
	assert.Empty(t, ids(s.call("POST "+path+"/search", `{"searchString":"nobody"}`).ok(), "records"))
	assert.NotContains(t, ids(s.call("GET "+path+"?typeGroup=NonUser").ok(), "records"), testUser)
	entry := s.call("GET " + path + "/" + otherUser).ok()
	assert.Equal(t, "sam@example.com", entry["email"])
	assert.Equal(t, "CMN-102", s.call("GET "+path+"/1").code())
}

func TestWithoutOwnExtension(t *testing.T) {
	s := newScene(t)
	pin := text(object(s.call("GET /rcvideo/v2/account/"+testAccount+"/extension/"+testUser+"/bridges/default").ok(), "pins"), "web")
	byPin := "GET /rcvideo/v2/bridges/pin/web/" + pin
	assert.Equal(t, 200, s.call(byPin).status)
	assert.Equal(t, 204, s.call("DELETE "+extension).status)
	assert.Equal(t, "CMN-102", s.call(byPin).code(), "with the bridge go its pins")
	made := s.call("POST "+chatPath+"/data-export", `{}`).ok()
	assert.Equal(t, testUser, object(made, "creator")["id"])
}
