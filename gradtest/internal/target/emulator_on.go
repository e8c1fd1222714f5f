//go:build !gradtest_live

package target

import (
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest"
)

// startEmulator is the only use of the emulator, because the emulator is most of what a test binary has to compile and
// link for gradtest; tools/weight prints the figures.
func startEmulator(scopes []rcapi.Scope) (url string, c Credentials, err error) {
	server, err := rctest.Embed(rctest.Config{Scopes: scopes, Window: emulatorWindow})
	if err != nil {
		return "", Credentials{}, fmt.Errorf("gradtest: the embedded emulator does not start: %w", err)
	}
	return server.URL, Credentials{server.ClientID, server.ClientSecret, server.JWT}, nil
}
