package ignore

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestGraduation(t *testing.T) {
	gradtest.Run(t, gradtest.App{
		//gradtest:ignore the console adds it next week
		Scopes: []rcapi.Scope{rcapi.ScopeReadCallLog, rcapi.ScopeSMS, rcapi.ScopeFaxes},
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			//gradtest:ignore called by the mobile app
			{Op: rcapi.ListSites},
			//gradtest:ignored is another word
			{Op: rcapi.CreateFaxMessage}, // want "uncalled createFaxMessage"
		},
	})
}
