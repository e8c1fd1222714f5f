package people

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestContactIsMadeReadChangedAndRemoved(t *testing.T) {
	s := newScene(t)
	book := worldtest.ExtensionPath + "/address-book/contact"
	made := s.Call("POST "+book, `{"firstName":"Ada","lastName":"Zed","mobilePhone":"+16505550999"}`).OK()
	id, _ := world.Scalar(made["id"])
	path := book + "/" + id
	assert.Equal(t, "http://emulator.invalid"+path, made["uri"])
	assert.Equal(t, made, s.Call("GET "+path).OK())
	assert.Equal(t, []string{id}, worldtest.Values(s.Call("GET "+book+"?startsWith=ze").OK(), "records"))
	assert.Equal(t, []string{id}, worldtest.Values(s.Call("GET "+book+"?phoneNumber=%2B16505550999").OK(), "records"))
	assert.Equal(t, id, worldtest.Values(s.Call("GET "+book+"?sortBy=FirstName").OK(), "records")[0])

	assert.Equal(t, "Ada", s.Call("PATCH "+path, `{"company":"C"}`).OK()["firstName"])
	assert.Equal(t, "Eve", s.Call("PUT "+path, `{"firstName":"Eve"}`).OK()["firstName"])
	assert.Equal(t, "CMN-101", s.Call("PUT "+path, `{"firstName":{}}`).Code())

	s.User = worldtest.OtherUser
	assert.Equal(t, "CMN-102",
		s.Call("GET "+worldtest.AccountPath+"/extension/"+worldtest.OtherUser+"/address-book/contact/"+id).Code(),
		"it is somebody else's")
	assert.Equal(t, 204, s.Call("DELETE "+path).Status)
	assert.Equal(t, "CMN-102", s.Call("GET "+path).Code())
}

func TestContactsSynchronize(t *testing.T) {
	s := newScene(t)
	book := worldtest.ExtensionPath + "/address-book/contact"
	full := s.Call("GET " + worldtest.ExtensionPath + "/address-book-sync?syncType=FSync").OK()
	assert.Len(t, world.Children(full, "records"), 2)
	token := url.QueryEscape(world.Text(world.Child(full, "syncInfo"), "syncToken"))

	s.At = s.At.Add(time.Second)
	made, _ := world.Scalar(s.Call("POST "+book, `{"firstName":"A"}`).OK()["id"])
	gone := worldtest.Values(full, "records")[0]
	s.Call("DELETE " + book + "/" + gone).OK()
	s.At = s.At.Add(time.Second)
	part := s.Call("GET " + worldtest.ExtensionPath + "/address-book-sync?syncType=ISync&syncToken=" + token).OK()
	assert.Equal(t, []string{made, gone}, worldtest.Values(part, "records"))
	assert.Equal(t, "Deleted", world.Children(part, "records")[1]["availability"])
	assert.Equal(t, "ISync", world.Child(part, "syncInfo")["syncType"])

	assert.Equal(t, "CMN-100", s.Call("GET "+worldtest.ExtensionPath+"/address-book-sync?syncType=ISync").Code())
	assert.Equal(t, "CMN-101",
		s.Call("GET "+worldtest.ExtensionPath+"/address-book-sync?syncType=ISync&syncToken=x").Code())
}
