// Package paths has the paths.
package paths

import "fmt"

// Roots.
const (
	API      = "/restapi/v1.0"
	Account  = API + "/account/%s"
	Ext      = Account + "/extension/%s"
	Messages = Ext + "/message-store"
)

// Of fills a path with ids.
func Of(format string, ids ...string) string {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return fmt.Sprintf(format, args...)
}

// Mine fills a path with the ids of the user.
func Mine(format string) string { return fmt.Sprintf(format, "~", "~") }
