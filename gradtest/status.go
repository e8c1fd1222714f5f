package gradtest

import (
	"fmt"
	"net/http"

	"github.com/graduationkit/ringcentral/gradtest/ledger"
)

// status renders an attempt's outcome: "403 CMN-401", "no answer (timeout)".
func status(r ledger.Record) string {
	switch {
	case r.Fault:
		return fmt.Sprintf("%d by an injected fault", r.Status)
	case r.Partial && uncounted[r.Code].what != "":
		return fmt.Sprintf("%d %s", r.Status, uncounted[r.Code].what)
	case r.Partial:
		return fmt.Sprintf("%d with inner failures", r.Status)
	case r.Status == 0:
		return "no answer (" + r.Code + ")"
	case r.Code != "":
		return fmt.Sprintf("%d %s", r.Status, r.Code)
	}
	return fmt.Sprintf("%d %s", r.Status, http.StatusText(r.Status))
}
