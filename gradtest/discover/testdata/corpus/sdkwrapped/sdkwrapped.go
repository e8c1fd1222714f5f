// Package sdkwrapped keeps ringcentral-go behind a type of its own.
package sdkwrapped

import (
	"encoding/json"
	"fmt"

	"github.com/ringcentral/ringcentral-go"
)

// Phone is a phone system.
type Phone struct{ rc *ringcentral.RestClient }

func get[T any](p *Phone, format string, args ...any) (out T) {
	json.Unmarshal(p.rc.Get(fmt.Sprintf(format, args...)), &out)
	return out
}

// Calls reads calls.
func (p *Phone) Calls(ext int) map[string]any {
	return get[map[string]any](p, "/restapi/v1.0/account/~/extension/%d/call-log", ext) // want "readUserCallLog"
}

// Messages reads messages.
func (p *Phone) Messages() []string {
	return get[[]string](p, "/restapi/v1.0/account/~/extension/~/message-store") // want "listMessages"
}
