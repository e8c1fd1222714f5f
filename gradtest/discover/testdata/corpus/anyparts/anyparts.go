// Package anyparts prints parts of any type.
package anyparts

import (
	"fmt"
	"net/http"
	"strings"
)

type client struct{ base string }

func (c *client) url(parts ...any) string {
	s := make([]string, 0, len(parts))
	for _, p := range parts {
		s = append(s, fmt.Sprint(p))
	}
	return c.base + "/" + strings.Join(s, "/")
}

func (c *client) sprint(parts ...any) string { return c.base + fmt.Sprint(parts...) }

// Run calls.
func Run(id int) {
	c := &client{base: "https://platform.ringcentral.com/restapi/v1.0"}
	http.Get(c.sprint("/account/~/recording/", id))             // want "readCallRecording"
	http.Get(c.url("account", "~", "recording", id, "content")) // want "readCallRecordingContent"
}
