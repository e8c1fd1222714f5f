package domains

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/chat"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/worldtest"
)

func TestWithoutOwnExtension(t *testing.T) {
	s := worldtest.New(t, Plans())
	pin := world.Text(world.Child(s.Call("GET /rcvideo/v2/account/"+worldtest.Account+"/extension/"+worldtest.User+"/bridges/default").OK(), "pins"), "web")
	byPin := "GET /rcvideo/v2/bridges/pin/web/" + pin
	assert.Equal(t, 200, s.Call(byPin).Status)
	assert.Equal(t, 204, s.Call("DELETE "+worldtest.ExtensionPath).Status)
	assert.Equal(t, "CMN-102", s.Call(byPin).Code(), "with the bridge go its pins")
	made := s.Call("POST "+chat.Path+"/data-export", `{}`).OK()
	assert.Equal(t, worldtest.User, world.Child(made, "creator")["id"])
}
