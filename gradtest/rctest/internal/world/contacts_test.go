package world

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestContactIsMadeReadChangedAndRemoved(t *testing.T) {
	s := newScene(t)
	book := extension + "/address-book/contact"
	made := s.call("POST "+book, `{"firstName":"Ada","lastName":"Zed","mobilePhone":"+16505550999"}`).ok()
	id, _ := scalar(made["id"])
	path := book + "/" + id
	assert.Equal(t, "http://emulator.invalid"+path, made["uri"])
	assert.Equal(t, made, s.call("GET "+path).ok())
	assert.Equal(t, []string{id}, ids(s.call("GET "+book+"?startsWith=ze").ok(), "records"))
	assert.Equal(t, []string{id}, ids(s.call("GET "+book+"?phoneNumber=%2B16505550999").ok(), "records"))
	assert.Equal(t, id, ids(s.call("GET "+book+"?sortBy=FirstName").ok(), "records")[0])

	assert.Equal(t, "Ada", s.call("PATCH "+path, `{"company":"C"}`).ok()["firstName"])
	assert.Equal(t, "Eve", s.call("PUT "+path, `{"firstName":"Eve"}`).ok()["firstName"])
	assert.Equal(t, "CMN-101", s.call("PUT "+path, `{"firstName":7}`).code())

	s.user = otherUser
	assert.Equal(t, "CMN-102", s.call("GET "+account+"/extension/"+otherUser+"/address-book/contact/"+id).code(), "it is somebody else's")
	assert.Equal(t, 204, s.call("DELETE "+path).status)
	assert.Equal(t, "CMN-102", s.call("GET "+path).code())
}

func TestContactsSynchronize(t *testing.T) {
	s := newScene(t)
	book := extension + "/address-book/contact"
	full := s.call("GET " + extension + "/address-book-sync?syncType=FSync").ok()
	assert.Len(t, objects(full, "records"), 2)
	token := url.QueryEscape(text(object(full, "syncInfo"), "syncToken"))

	s.at = s.at.Add(time.Second)
	made, _ := scalar(s.call("POST "+book, `{"firstName":"A"}`).ok()["id"])
	gone := ids(full, "records")[0]
	s.call("DELETE " + book + "/" + gone).ok()
	s.at = s.at.Add(time.Second)
	part := s.call("GET " + extension + "/address-book-sync?syncType=ISync&syncToken=" + token).ok()
	assert.Equal(t, []string{made, gone}, ids(part, "records"))
	assert.Equal(t, "Deleted", objects(part, "records")[1]["availability"])
	assert.Equal(t, "ISync", object(part, "syncInfo")["syncType"])

	assert.Equal(t, "CMN-100", s.call("GET "+extension+"/address-book-sync?syncType=ISync").code())
	assert.Equal(t, "CMN-101", s.call("GET "+extension+"/address-book-sync?syncType=ISync&syncToken=x").code())
}
