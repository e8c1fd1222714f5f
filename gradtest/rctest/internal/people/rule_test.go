package people

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestAnsweringRules(t *testing.T) {
	s := newScene(t)
	for _, path := range []string{worldtest.ExtensionPath + "/answering-rule", worldtest.AccountPath + "/answering-rule"} {
		made := s.Call("POST "+path, `{"type":"Custom","name":"Evenings"}`).OK()
		id := world.Text(made, "id")
		assert.Equal(t, true, made["enabled"])
		assert.Contains(t, worldtest.Values(s.Call("GET "+path+"?enabledOnly=true").OK(), "records"), id)
		assert.NotContains(t, worldtest.Values(s.Call("GET "+path+"?type=BusinessHours").OK(), "records"), id)
		assert.Equal(t, false, s.Call("PUT "+path+"/"+id, `{"type":"Custom","enabled":false}`).OK()["enabled"])
		assert.NotContains(t, worldtest.Values(s.Call("GET "+path+"?enabledOnly=true").OK(), "records"), id)
		assert.Equal(t, 204, s.Call("DELETE "+path+"/"+id).Status)
		assert.Equal(t, "CMN-102", s.Call("GET "+path+"/"+id).Code())
		assert.Equal(t, 403, s.Call("DELETE "+path+"/business-hours-rule").Status)
		assert.Equal(t, "CMN-101", s.Call("POST "+path, `{"type":"AfterHours","name":"x"}`).Code())
	}
	assert.Equal(t, "CMN-100", s.Call("POST "+worldtest.ExtensionPath+"/answering-rule", `{"type":"Custom"}`).Code(),
		"a name is required")
}
