package messages

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestMessageTemplates(t *testing.T) {
	const company, personal = worldtest.AccountPath + "/message-store-templates",
		worldtest.ExtensionPath + "/message-store-templates"
	for path, c := range map[string]struct {
		scope string
		most  int
	}{company: {"Company", companyTemplatesMost}, personal: {"Personal", personalTemplatesMost}} {
		s := newScene(t, worldtest.Bare)
		made := s.Call("POST "+path, `{"id":"7","displayName":"A","body":{"text":"a"},"scope":"Company"}`)
		assert.Equal(t, 201, made.Status)
		id := worldtest.IDOf(made.OK())
		assert.NotEqual(t, "7", id)
		assert.Equal(t, c.scope, made.OK()["scope"], path)
		assert.Equal(t, world.Object{"id": "main-site", "name": "Main Site"}, made.OK()["site"])
		assert.Equal(t, made.OK(), s.Call("GET "+path+"/"+id).OK())

		changed := s.Call("PUT "+path+"/"+id, `{"displayName":"B","body":{"text":"b"},"scope":"Personal"}`).OK()
		assert.Equal(t, "B", changed["displayName"])
		assert.Equal(t, "b", world.Child(s.Call("GET "+path+"/"+id).OK(), "body")["text"])
		assert.Equal(t, c.scope, changed["scope"])
		assert.Equal(t, []string{id}, worldtest.IDsOf(s.Call("GET "+path).OK()))

		long := `{"displayName":"B","body":{"text":"` + strings.Repeat("a", 1001) + `"}}`
		assert.Equal(t, "CMN-101", s.Call("POST "+path, long).Code())
		assert.Equal(t, "CMN-101", s.Call("PUT "+path+"/"+id, long).Code())
		assert.Equal(t, "CMN-100", s.Call("POST "+path, `{"displayName":"B"}`).Code())
		for range c.most - 1 {
			s.Call("POST "+path, `{"displayName":"A","body":{"text":"a"}}`).OK()
		}
		assert.Equal(t, 400, s.Call("POST "+path, `{"displayName":"A","body":{"text":"a"}}`).Status, "there is a limit")
		assert.Equal(t, 204, s.Call("DELETE "+path+"/"+id).Status)
		assert.Equal(t, "CMN-102", s.Call("GET "+path+"/"+id).Code())
	}
}

func TestTemplatesOfAUserIncludeTheCompanys(t *testing.T) {
	s := newScene(t)
	const path = worldtest.ExtensionPath + "/message-store-templates"
	all := worldtest.IDsOf(s.Call("GET " + path).OK())
	assert.Len(t, all, 2)
	assert.Equal(t, all[:1], worldtest.IDsOf(s.Call("GET "+path+"?scope=Personal").OK()))
	assert.Equal(t, all[1:], worldtest.IDsOf(s.Call("GET "+path+"?scope=Company").OK()))
	assert.Equal(t, all, worldtest.IDsOf(s.Call("GET "+path+"?siteIds=main-site").OK()))
	assert.Empty(t, worldtest.IDsOf(s.Call("GET "+path+"?siteIds=other").OK()))
	assert.Equal(t, "CMN-102", s.Call("GET "+path+"/"+all[1]).Code(), "by itself it is found at the company")
	assert.Len(t, worldtest.IDsOf(s.Call("GET "+otherExtension+"/message-store-templates").OK()), 1)
}
