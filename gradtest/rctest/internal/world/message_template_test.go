package world

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMessageTemplates(t *testing.T) {
	const company, personal = account + "/message-store-templates", extension + "/message-store-templates"
	for path, c := range map[string]struct {
		scope string
		most  int
	}{company: {"Company", companyTemplatesMost}, personal: {"Personal", personalTemplatesMost}} {
		s := newScene(t, bare)
		made := s.call("POST "+path, `{"id":"7","displayName":"A","body":{"text":"a"},"scope":"Company"}`)
		assert.Equal(t, 201, made.status)
		id := idOf(made.ok())
		assert.NotEqual(t, "7", id)
		assert.Equal(t, c.scope, made.ok()["scope"], path)
		assert.Equal(t, Object{"id": "main-site", "name": "Main Site"}, made.ok()["site"])
		assert.Equal(t, made.ok(), s.call("GET "+path+"/"+id).ok())

		changed := s.call("PUT "+path+"/"+id, `{"displayName":"B","body":{"text":"b"},"scope":"Personal"}`).ok()
		assert.Equal(t, "B", changed["displayName"])
		assert.Equal(t, "b", object(s.call("GET "+path+"/"+id).ok(), "body")["text"])
		assert.Equal(t, c.scope, changed["scope"])
		assert.Equal(t, []string{id}, idsOf(s.call("GET "+path).ok()))

		long := `{"displayName":"B","body":{"text":"` + strings.Repeat("a", 1001) + `"}}`
		assert.Equal(t, "CMN-101", s.call("POST "+path, long).code())
		assert.Equal(t, "CMN-101", s.call("PUT "+path+"/"+id, long).code())
		assert.Equal(t, "CMN-100", s.call("POST "+path, `{"displayName":"B"}`).code())
		for range c.most - 1 {
			s.call("POST "+path, `{"displayName":"A","body":{"text":"a"}}`).ok()
		}
		assert.Equal(t, 400, s.call("POST "+path, `{"displayName":"A","body":{"text":"a"}}`).status, "there is a limit")
		assert.Equal(t, 204, s.call("DELETE "+path+"/"+id).status)
		assert.Equal(t, "CMN-102", s.call("GET "+path+"/"+id).code())
	}
}

func TestTemplatesOfAUserIncludeTheCompanys(t *testing.T) {
	s := newScene(t)
	const path = extension + "/message-store-templates"
	all := idsOf(s.call("GET " + path).ok())
	assert.Len(t, all, 2)
	assert.Equal(t, all[:1], idsOf(s.call("GET "+path+"?scope=Personal").ok()))
	assert.Equal(t, all[1:], idsOf(s.call("GET "+path+"?scope=Company").ok()))
	assert.Equal(t, all, idsOf(s.call("GET "+path+"?siteIds=main-site").ok()))
	assert.Empty(t, idsOf(s.call("GET "+path+"?siteIds=other").ok()))
	assert.Equal(t, "CMN-102", s.call("GET "+path+"/"+all[1]).code(), "by itself it is found at the company")
	assert.Len(t, idsOf(s.call("GET "+otherExtension+"/message-store-templates").ok()), 1)
}
