package world

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBodyAsAWholeIsNoParameter(t *testing.T) {
	s := newScene(t)
	got := s.call("POST "+chatPath+"/teams", `["name"]`)
	require.NotNil(t, got.problem)
	assert.Equal(t, 400, got.status)
	assert.Equal(t, []Error{{Code: "CMN-101", Message: "Request body is invalid. Expected: object"}}, got.problem.Errors)
}
