package derivedscopes

import (
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestGraduation(t *testing.T) {
	endpoints := []gradtest.Endpoint{
		{Op: rcapi.ReadExtension},
		{Op: rcapi.ReadUserCallLog},
		{Op: rcapi.ListMessages}, // want "uncalled listMessages"
	}
	app := gradtest.App{Endpoints: endpoints}
	for _, e := range endpoints {
		if e.Op.Scope != "" {
			app.Scopes = append(app.Scopes, e.Op.Scope)
		}
	}
	gradtest.Run(t, app)
}
