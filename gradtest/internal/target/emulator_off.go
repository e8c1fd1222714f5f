//go:build gradtest_live

package target

import (
	"errors"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

var errNoEmulator = errors.New("gradtest: this program was built with the tag gradtest_live, so without the embedded " +
	"emulator: set RC_SERVER_URL, RC_APP_CLIENT_ID, RC_APP_CLIENT_SECRET and RC_USER_JWT, or build it without the tag")

func startEmulator([]rcapi.Scope) (served, error) { return served{}, errNoEmulator }
