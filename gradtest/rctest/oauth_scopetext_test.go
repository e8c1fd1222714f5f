package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestEveryScopeHasWords(t *testing.T) {
	seen := map[string]rcapi.Scope{}
	for _, s := range rcapi.Scopes() {
		assert.Contains(t, scopeWords, s)
		assert.Empty(t, seen[inWords(s)], "%s reads as another scope does", s)
		seen[inWords(s)] = s
	}
	assert.Equal(t, "Read weather report", inWords("ReadWeatherReport"))
	assert.Equal(t, "", inWords(""))
}
