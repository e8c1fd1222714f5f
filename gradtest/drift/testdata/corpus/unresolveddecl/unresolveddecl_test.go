package unresolveddecl

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/graduationkit/ringcentral/gradtest"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

func TestGraduation(t *testing.T) {
	app := gradtest.App{
		Scopes: []rcapi.Scope{rcapi.Scope(os.Getenv("SCOPE"))}, // want "unresolved"
		Endpoints: []gradtest.Endpoint{
			{Op: rcapi.ReadExtension},
			{Op: rcapi.ListMessages}, // want "uncalled listMessages"
		},
	}
	op, ok := rcapi.Lookup(os.Getenv("OP"))
	if ok {
		app.Endpoints = append(app.Endpoints, gradtest.Endpoint{Op: op}) // want "unresolved"
	}
	var more []gradtest.Endpoint
	json.Unmarshal([]byte(os.Getenv("MORE")), &more) // want "unresolved"
	app.Endpoints = append(app.Endpoints, more...)
	gradtest.Run(t, app)
}
