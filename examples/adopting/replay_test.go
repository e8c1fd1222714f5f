package adopting

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	crm "github.com/graduationkit/ringcentral/examples/unittests"
	"github.com/graduationkit/ringcentral/gradtest/replay"
)

func TestReplay(t *testing.T) { // GRADTEST_RECORD=1 go test -count=1 -run TestReplay records
	r := replay.Start(t, app, "testdata/owner.yaml")
	name, err := crm.New(r.Client(), r.URL()).Owner(t.Context())
	require.NoError(t, err)
	assert.NotEmpty(t, name)
}
