package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAnsweringRules(t *testing.T) {
	s := newScene(t)
	for _, path := range []string{extension + "/answering-rule", account + "/answering-rule"} {
		made := s.call("POST "+path, `{"type":"Custom","name":"Evenings"}`).ok()
		id := text(made, "id")
		assert.Equal(t, true, made["enabled"])
		assert.Contains(t, ids(s.call("GET "+path+"?enabledOnly=true").ok(), "records"), id)
		assert.NotContains(t, ids(s.call("GET "+path+"?type=BusinessHours").ok(), "records"), id)
		assert.Equal(t, false, s.call("PUT "+path+"/"+id, `{"type":"Custom","enabled":false}`).ok()["enabled"])
		assert.NotContains(t, ids(s.call("GET "+path+"?enabledOnly=true").ok(), "records"), id)
		assert.Equal(t, 204, s.call("DELETE "+path+"/"+id).status)
		assert.Equal(t, "CMN-102", s.call("GET "+path+"/"+id).code())
		assert.Equal(t, 403, s.call("DELETE "+path+"/business-hours-rule").status)
		assert.Equal(t, "CMN-101", s.call("POST "+path, `{"type":"AfterHours","name":"x"}`).code())
	}
	assert.Equal(t, "CMN-100", s.call("POST "+extension+"/answering-rule", `{"type":"Custom"}`).code(), "a name is required")
}
