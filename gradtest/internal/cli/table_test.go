package cli

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTable(t *testing.T) {
	var b strings.Builder
	require.NoError(t, table(&b, [][]string{{"ENDPOINT", "GOT", ""}, {"通話記録", "1", "x\x1b[31m"}, {"inbox"}, {"", "12", ""}}))
	assert.Equal(t, "ENDPOINT  GOT\n通話記録  1    x\ufffd[31m\ninbox\n          12\n", b.String())
}
