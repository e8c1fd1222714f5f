package gradtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestCredentialsShowNoSecret(t *testing.T) {
	c := Credentials{ClientID: "id", ClientSecret: "hush", JWT: "a.b.c"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		text := fmt.Sprintf(verb, c)
		assert.NotContains(t, text, "hush")
		assert.NotContains(t, text, "a.b.c")
		assert.Contains(t, text, "id")
	}
}

func TestPlanRefusesMisspeltVariables(t *testing.T) {
	t.Setenv("GRADTEST_REPAET", "1")
	_, err := Plan(App{Scopes: []rcapi.Scope{rcapi.ScopeReadAccounts}, Endpoints: []Endpoint{{Op: rcapi.ReadExtension}}})
	require.ErrorContains(t, err, "GRADTEST_REPAET is set, but there is no such variable: unset it, or write it as one of GRADTEST_DIR,")
}
