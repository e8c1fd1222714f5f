package world_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/chat"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

func TestBodyAsAWholeIsNoParameter(t *testing.T) {
	s := newScene(t)
	got := s.Call("POST "+chat.Path+"/teams", `["name"]`)
	require.NotNil(t, got.Problem)
	assert.Equal(t, 400, got.Status)
	assert.Equal(t, []world.Error{{Code: "CMN-101", Message: "Request body is invalid. Expected: object"}},
		got.Problem.Errors)
}
