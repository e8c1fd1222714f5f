package unresolvedcall

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestGraduation(t *testing.T) {
	gradtest.Run(t, gradtest.App{
		Scopes: rcapi.Scopes(),
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: rcapi.ListMessages}, // the unresolved call could be it
			{Op: rcapi.DeleteMessage},
			{Op: rcapi.CreateFaxMessage},   // want "uncalled createFaxMessage"
			{Op: rcapi.ReadCompanyCallLog}, // want "uncalled readCompanyCallLog"
		},
	})
}
