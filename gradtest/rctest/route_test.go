package rctest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// TestOpenOperations lists what needs no token. What does is in conformance_test.go.
func TestOpenOperations(t *testing.T) {
	a := newStranger(t, Config{ClientID: "app", Limits: Unlimited()})
	var open []string
	for op := range rcapi.All() {
		params := map[string]string{}
		for _, name := range op.Missing(nil) {
			params[name] = "1"
		}
		path, err := op.Expand(params)
		require.NoError(t, err)
		if got := a.call(op.Method + " " + path); got.status != 401 {
			open = append(open, op.ID)
		}
	}
	slices.Sort(open)
	assert.Equal(t, []string{"authJwks", "authorize", "authorize2", "getToken", "readAPIVersions", "readOpenIdConfiguration", "revokeToken"}, open)
}
