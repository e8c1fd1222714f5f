// Package wrappedresponse has an error for every status, and a path in it.
package wrappedresponse

import (
	"fmt"
	"log/slog"
	"net/http"
)

const path = "/restapi/v1.0/account/~/extension/~/presence"

// Error describes GET /restapi/v1.0/account/~/sites.
type Error struct{ Path string }

func (e Error) Error() string { return "GET " + e.Path }

// Run calls.
func Run() error {
	slog.Info("GET /restapi/v1.0/account/~/call-log")
	resp, err := http.Get("https://platform.ringcentral.com" + path) // want "readUserPresenceStatus"
	if err != nil {
		return err
	}
	if resp.StatusCode > 299 {
		return fmt.Errorf("%w: see /restapi/v1.0/account/~/extension/~/call-log", Error{"/restapi/v1.0/account/~/sites"})
	}
	return nil
}
