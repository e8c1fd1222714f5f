package world

import (
	"mime"
	"strings"
)

// readContent is GET of an attachment's content, of messages and of messages in threads.
func readContent(_ *World, q *Request) (Reply, *Problem) {
	if len(q.thing.files) == 0 {
		return Reply{}, unknown("attachmentId", q.thing.id)
	}
	f := q.thing.files[0]
	r, p := content(q, f)
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
