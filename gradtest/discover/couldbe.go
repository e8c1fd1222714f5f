package discover

import (
	"slices"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rcapi"
)

// CouldBe reports whether the call can be one of an operation, by what is known of it.
func (u Unresolved) CouldBe(op rcapi.Operation) bool {
	switch {
	case u.Method != "" && u.Method != op.Method:
		return false
	case slices.Contains(u.Could, op.ID) || strings.Trim(u.Path, "{}/") == "":
		return true
	}
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	vague := strings.HasSuffix(u.Path, "}")
	template := strings.Split(op.Path[1:], "/")
	if prefixes()[segments[0]] {
		return agree(template, segments, vague)
	}
	for i := range template { // behind a base that is not known
		if agree(template[i:], segments, vague) {
			return true
		}
	}
	return false
}
