package rctest

import (
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/domains"
)

// Path returns a path of the operation whose ids exist in the emulator, for example of a message that can be read. It
// fails if the catalogue lacks the operation or if no resource for the path exists yet.
func (h *Handler) Path(op rcapi.Operation) (string, error) {
	plan := domains.Plans().Of(op.ID)
	if plan == nil {
		return "", fmt.Errorf("rctest: path of %s: the catalogue has no such operation: use one of package rcapi", op)
	}
	path, ok := h.world.Example(plan, h.credentials.ExtensionID)
	if !ok {
		return "", fmt.Errorf("rctest: path of %s: no such resource exists yet: create one first", op)
	}
	return path, nil
}
