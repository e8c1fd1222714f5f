package messages

import (
	"mime"
	"strings"

	"github.com/graduationkit/ringcentral/gradtest/rctest/internal/world"
)

// readContent is GET of an attachment's content, of messages and of messages in threads.
func readContent(_ *world.World, q *world.Request) (world.Reply, *world.Problem) {
	if len(q.Resource.Files) == 0 {
		return world.Reply{}, world.NotFound("attachmentId", q.Resource.ID)
	}
	f := q.Resource.Files[0]
	r, p := world.ReplyFile(q, f)
	if p != nil {
		return r, p
	}
	disposition, name := strings.ToLower(q.Query.Get("contentDisposition")), q.Query.Get("contentDispositionFilename")
	if disposition == "" && name != "" {
		disposition = "attachment"
	}
	if name == "" {
		name = f.Name
	}
	if disposition != "" {
		params := map[string]string{}
		if name != "" {
			params["filename"] = name
		}
		r.Header["Content-Disposition"] = []string{mime.FormatMediaType(disposition, params)}
	}
	return r, nil
}
