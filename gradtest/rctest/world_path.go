package rctest

import (
	"fmt"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// Path returns a path of the operation whose ids all exist in the emulator, such as that of a message which can be
// read. It fails for operations that the catalogue lacks, and when there is nothing yet that the path could name.
func (h *Handler) Path(op rcapi.Operation) (string, error) {
	plan := world.PlanOf(op.ID)
	if plan == nil {
		return "", fmt.Errorf("rctest: path of %s: the catalogue has no such operation: use one of package rcapi", op)
	}
	path, ok := h.world.Example(plan, h.credentials.ExtensionID)
	if !ok {
		return "", fmt.Errorf("rctest: path of %s: nothing that it could name exists: make it first", op)
	}
	return path, nil
}
