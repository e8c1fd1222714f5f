package rctest

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestEveryScopeHasWords(t *testing.T) {
	seen := map[string]rcapi.Scope{}
	for _, s := range rcapi.Scopes() {
		assert.Contains(t, scopeTexts, s)
		assert.Empty(t, seen[scopeText(s)], "%s reads as another scope does", s)
		seen[scopeText(s)] = s
	}
	assert.Equal(t, "Read weather report", scopeText("ReadWeatherReport"))
	assert.Equal(t, "", scopeText(""))
}
