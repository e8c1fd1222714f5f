package cli

import (
	"fmt"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/discover"
	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// goneText lists the calls of operations that today's platform lacks; empty: none.
func goneText(calls []discover.Call) string {
	var b strings.Builder
	for _, c := range calls {
		editions := c.Operation.Editions()
		if _, today := c.Operation.At(rcapi.Newest); today || len(editions) == 0 {
			continue
		}
		fix := "nothing replaces it"
		if by := replacement(c.Operation); by != "" {
			fix = "use " + by
		}
		fmt.Fprintf(&b, "  %s: %s, last in the edition of %s: %s\n", at(c.Place), c.Operation.ID, editions[len(editions)-1], fix)
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nNo longer on the platform:\n" + b.String()
}

// replacement returns the id of the operation that replaces one that is gone; empty: there is none, or it is not gone.
func replacement(op rcapi.Operation) string {
	by, _ := op.Replacement(rcapi.Newest)
	return by.ID
}
